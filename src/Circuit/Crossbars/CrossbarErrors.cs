using System.Globalization;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Linear;
using CircuitSim.Circuit.Networks;

namespace CircuitSim.Circuit.Crossbars;

/// <summary>Errors that the crossbar cores share.</summary>
internal static class CrossbarErrors
{
    internal static ConvergenceException NotConverged(int iterations, double errorVolts, int wordLine, int bitLine, double deviationVolts) =>
        new("Conjugate gradients on a crossbar", iterations, errorVolts, "V", NodeNames.WordLineNode(0, wordLine, bitLine),
            deviationVolts, deviationVolts,
            "Both voltages are deviations from the word line's source. Choose CrossbarMethod.Cholesky in CrossbarSolverOptions, or allow more iterations or a looser tolerance.");

    /// <summary>Refuses bit lines, and parts of broken lines, that neither devices nor shorts connect to a source or to ground.</summary>
    /// <exception cref="TopologyException">A bit line with an open end has no device, or a part of a line floats.</exception>
    internal static void RefuseFloatingBitLines(CrossbarSpec spec)
    {
        if (spec.Faults.Count > 0)
        {
            RefuseFloating(spec, LineParts.Floating(spec),
                "no device or short connects them to a source, so no voltage is defined. Give each a device above 0 S, or remove the open.");
            return;
        }

        if (spec.BitLineEnd == BitLineEnd.Ground) return;

        ReadOnlySpan<double> g = spec.ConductanceSiemens.Span;
        var floating = new List<string>();
        for (int j = 0; j < spec.BitLineCount; j++)
        {
            bool hasDevice = false;
            for (int i = 0; i < spec.WordLineCount && !hasDevice; i++) hasDevice = g[i * spec.BitLineCount + j] > 0;
            if (!hasDevice) floating.Add($"bit line {j + 1}");
        }

        RefuseFloating(spec, floating, "every device is absent (0 S) and the end is open, so no voltage is defined. Give each at least one device above 0 S, or end the bit lines in ground.");
    }

    /// <summary>Refuses a solution in which a product or a sum has left the range of a double.</summary>
    /// <exception cref="SingularSystemException">A current, voltage or error is not finite; the message names the device that is the likely reason.</exception>
    internal static void RefuseOverflow(CrossbarSpec spec, ReadOnlySpan<double> sourceVolts, CrossbarState state, double errorVolts)
    {
        bool isFinite = double.IsFinite(errorVolts);
        foreach (double[] values in new[] { state.EndAmps, state.WordLineAmps, state.LastVolts, state.WordDeviationVolts, state.BitVolts })
            isFinite = isFinite && DenseKernels.IndexOfNotFinite(values) < 0;
        for (int j = 0; j < spec.BitLineCount; j++) isFinite = isFinite && double.IsFinite(spec.TerminalOhms * state.EndAmps[j]);
        if (isFinite) return;

        double largest = 0;
        foreach (double volts in sourceVolts) largest = Math.Max(largest, Math.Abs(volts));
        throw OutOfRange(spec, string.Create(CultureInfo.InvariantCulture, $"with sources of up to {largest:R} V a current or voltage"));
    }

    /// <summary>The error of a crossbar whose numbers leave the range of a double, which names the device furthest from 1 S.</summary>
    internal static SingularSystemException OutOfRange(CrossbarSpec spec, string what)
    {
        ReadOnlySpan<double> g = spec.ConductanceSiemens.Span;
        int worst = 0;
        for (int at = 1; at < g.Length; at++)
            if (Distance(g[at]) > Distance(g[worst])) worst = at;
        string device = NodeNames.Device(0, worst / spec.BitLineCount, worst % spec.BitLineCount);
        string place = $"word line {worst / spec.BitLineCount + 1}, bit line {worst % spec.BitLineCount + 1}";
        return new SingularSystemException(device, string.Create(CultureInfo.InvariantCulture,
            $"Crossbar of {spec.WordLineCount} x {spec.BitLineCount}: {what} is above or below the range of a double. ")
            + string.Create(CultureInfo.InvariantCulture, $"The device at {place} has {g[worst]:R} S; use conductances between about 1E-100 and 1E+100 S, ")
            + "wires and sources likewise, and absent devices (0 S) in place of smaller ones.");
    }

    private static double Distance(double siemens) => siemens > 0 ? Math.Abs(Math.Log(siemens)) : 0;

    private static void RefuseFloating(CrossbarSpec spec, List<string> floating, string why)
    {
        if (floating.Count == 0) return;
        throw new TopologyException(
            $"Crossbar of {spec.WordLineCount} x {spec.BitLineCount}: {string.Join(", ", floating.Take(10))}{(floating.Count > 10 ? ", …" : "")} float: {why}",
            floating);
    }
}
