using System.Runtime.CompilerServices;

namespace CircuitSim.Circuit.Crossbars;

/// <summary>Port currents and end voltages from solved node voltages.</summary>
/// <remarks>
/// A current is taken from the branches in which least of it cancels. An end in ground: from what leads into it, all of which stands against
/// 0 V. A source: from its feed where the line's devices conduct more than the feed, and from the devices otherwise, so that an error in volts
/// counts with the smaller of the two conductances.
/// </remarks>
internal static class CrossbarCurrents
{
    /// <summary>Fills the port quantities of a state.</summary>
    /// <param name="state">Receives source currents, end currents and last voltages; its currents through shorts are read.</param>
    /// <param name="boundary">Wires of the crossbar.</param>
    /// <param name="opens">Its open segments.</param>
    /// <param name="shorts">Its shorts, as far as they are part of the solved equations, in the order of the state's currents.</param>
    /// <param name="n">Bit lines.</param>
    /// <param name="g">Device conductances, siemens, row-major.</param>
    /// <param name="drive">What drives the crossbar.</param>
    /// <param name="x">Word-line deviations from the source, volts, row-major.</param>
    /// <param name="b">Bit-line voltages, volts, row-major.</param>
    internal static void Fill(
        CrossbarState state, in CrossbarBoundary boundary, LineOpens opens, IReadOnlyList<LineFault> shorts, int n, ReadOnlySpan<double> g,
        in CrossbarDrive drive, ReadOnlySpan<double> x, ReadOnlySpan<double> b)
    {
        int m = g.Length / n;
        b.Slice((m - 1) * n, n).CopyTo(state.LastVolts);
        for (int i = 0; i < m; i++)
            if (!opens.Word(i, 0)) state.WordLineAmps[i] = SourceAmps(state, boundary, opens, shorts, i, n, g, drive, x, b);
        if (double.IsPositiveInfinity(boundary.EndSiemens)) FillGroundedNodes(state, boundary, opens, shorts, n, g, drive, x, b);
        else
            for (int j = 0; j < n; j++) state.EndAmps[j] = opens.Bit(m - 1, j) ? 0 : boundary.EndSiemens * state.LastVolts[j];
    }

    // What leaves the source through the line up to its first open, or through the first wire.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double SourceAmps(
        CrossbarState state, in CrossbarBoundary boundary, LineOpens opens, IReadOnlyList<LineFault> shorts, int i, int n, ReadOnlySpan<double> g,
        in CrossbarDrive drive, ReadOnlySpan<double> x, ReadOnlySpan<double> b)
    {
        int first = i * n, length = 1;
        while (length < n && !opens.Word(i, length)) length++;
        (double amps, double siemens) = Taken(state, shorts, first, length, g, drive, x, b);
        bool isFeedMerged = double.IsPositiveInfinity(boundary.FeedSiemens);
        if (!isFeedMerged) return siemens > boundary.FeedSiemens ? -boundary.FeedSiemens * x[first] : amps;

        // The first cross-point is the source, whose own branches are known; behind it the wire may be the better witness.
        if (length == 1 || double.IsPositiveInfinity(boundary.WordSegmentSiemens)) return amps;
        (double own, double ownSiemens) = Taken(state, shorts, first, 1, g, drive, x, b);
        return siemens - ownSiemens > boundary.WordSegmentSiemens ? own - boundary.WordSegmentSiemens * x[first + 1] : amps;
    }

    // What devices, shorts and pushed currents take from a run of cross-points of a word line, and how much conducts.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (double Amps, double Siemens) Taken(
        CrossbarState state, IReadOnlyList<LineFault> shorts, int first, int length, ReadOnlySpan<double> g, in CrossbarDrive drive,
        ReadOnlySpan<double> x, ReadOnlySpan<double> b)
    {
        int n = g.Length / drive.SourceVolts.Length;
        double amps = 0, siemens = 0, source = drive.SourceVolts[first / n];
        for (int at = first; at < first + length; at++)
        {
            amps += g[at] * (source - b[at] + x[at]);
            siemens += g[at];
            if (!drive.WordNodeAmps.IsEmpty) amps -= drive.WordNodeAmps[at];
        }

        for (int k = 0; k < shorts.Count; k++)
        {
            double sign = Sign(Branch.OfShort(shorts[k], n), true, first, first + length, n);
            amps += sign * state.ShortAmps[k];
            siemens += Math.Abs(sign) / shorts[k].Ohms;
        }

        return (amps, siemens);
    }

    // The last cross-points are ground: every branch into one has its whole voltage at the other side.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FillGroundedNodes(
        CrossbarState state, in CrossbarBoundary boundary, LineOpens opens, IReadOnlyList<LineFault> shorts, int n, ReadOnlySpan<double> g,
        in CrossbarDrive drive, ReadOnlySpan<double> x, ReadOnlySpan<double> b)
    {
        int m = g.Length / n, top = double.IsPositiveInfinity(boundary.BitSegmentSiemens) ? 0 : m - 1;
        for (int i = top; i < m; i++)
            for (int at = i * n; at < i * n + n; at++)
            {
                double amps = g[at] * (drive.SourceVolts[i] + x[at]);
                state.EndAmps[at - i * n] += drive.BitNodeAmps.IsEmpty ? amps : amps + drive.BitNodeAmps[at];
            }

        for (int j = 0; j < n; j++)
        {
            if (!drive.EndAmps.IsEmpty) state.EndAmps[j] += drive.EndAmps[j];
            if (top > 0 && !opens.Bit(top - 1, j)) state.EndAmps[j] += boundary.BitSegmentSiemens * b[(top - 1) * n + j];
            for (int k = 0; k < shorts.Count; k++)
                state.EndAmps[j] -= Sign(Branch.OfShort(shorts[k], n), false, top * n, m * n, n, j) * state.ShortAmps[k];
            if (opens.Bit(m - 1, j)) state.EndAmps[j] = 0;
        }
    }

    // 1 when a short begins at one of some nodes of lines, −1 when it ends there, 0 when it does neither or both.
    private static double Sign(Branch branch, bool isWord, int first, int end, int n, int bitLine = -1)
    {
        return (branch.FromWord == isWord && IsOwn(branch.From) ? 1 : 0) - (branch.ToWord == isWord && IsOwn(branch.To) ? 1 : 0);

        bool IsOwn(int at) => at >= first && at < end && (bitLine < 0 || at % n == bitLine);
    }
}
