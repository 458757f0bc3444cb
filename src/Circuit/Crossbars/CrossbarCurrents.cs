using System.Runtime.CompilerServices;

namespace CircuitSim.Circuit.Crossbars;

/// <summary>Port currents and end voltages from solved node voltages.</summary>
internal static class CrossbarCurrents
{
    /// <summary>Fills the port quantities of a state.</summary>
    /// <remarks>Currents are sums over devices: an error in volts then counts with a device's conductance, not with that of a wire.</remarks>
    /// <param name="state">Receives source currents, end currents and last voltages.</param>
    /// <param name="boundary">Wires of the crossbar.</param>
    /// <param name="n">Bit lines.</param>
    /// <param name="g">Device conductances, siemens, row-major.</param>
    /// <param name="drive">What drives the crossbar.</param>
    /// <param name="x">Word-line deviations from the source, volts, row-major.</param>
    /// <param name="b">Bit-line voltages, volts, row-major.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Fill(
        CrossbarState state, in CrossbarBoundary boundary, int n, ReadOnlySpan<double> g, in CrossbarDrive drive,
        ReadOnlySpan<double> x, ReadOnlySpan<double> b)
    {
        int m = g.Length / n;
        bool hasGround = boundary.EndSiemens > 0;
        if (hasGround && !drive.EndAmps.IsEmpty) drive.EndAmps.CopyTo(state.EndAmps);
        for (int i = 0; i < m; i++)
            for (int j = 0; j < n; j++)
            {
                int at = i * n + j;
                double amps = g[at] * (drive.SourceVolts[i] - b[at] + x[at]);
                state.WordLineAmps[i] += drive.WordNodeAmps.IsEmpty ? amps : amps - drive.WordNodeAmps[at];
                if (hasGround) state.EndAmps[j] += drive.BitNodeAmps.IsEmpty ? amps : amps + drive.BitNodeAmps[at];
            }

        b.Slice((m - 1) * n, n).CopyTo(state.LastVolts);
    }
}
