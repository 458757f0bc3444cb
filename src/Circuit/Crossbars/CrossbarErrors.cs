using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Networks;

namespace CircuitSim.Circuit.Crossbars;

/// <summary>Errors that the crossbar cores share.</summary>
internal static class CrossbarErrors
{
    internal static ConvergenceException NotConverged(int iterations, double errorVolts, int wordLine, int bitLine, double deviationVolts) =>
        new("Conjugate gradients on a crossbar", iterations, errorVolts, "V", NodeNames.WordLineNode(0, wordLine, bitLine),
            deviationVolts, deviationVolts,
            "Both voltages are deviations from the word line's source. Choose CrossbarMethod.Cholesky in CrossbarSolverOptions, or allow more iterations or a looser tolerance.");

    /// <summary>Refuses bit lines, and parts of broken lines, that no device connects to a source or to ground.</summary>
    /// <exception cref="TopologyException">A bit line with an open end has no device, or a part of a line floats.</exception>
    internal static void RefuseFloatingBitLines(CrossbarSpec spec)
    {
        if (spec.HasOpenLines)
        {
            RefuseFloating(spec, LineParts.Floating(spec), "no device connects them to a source, so no voltage is defined. Give each a device above 0 S, or remove the open.");
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

    private static void RefuseFloating(CrossbarSpec spec, List<string> floating, string why)
    {
        if (floating.Count == 0) return;
        throw new TopologyException(
            $"Crossbar of {spec.WordLineCount} x {spec.BitLineCount}: {string.Join(", ", floating.Take(10))}{(floating.Count > 10 ? ", …" : "")} float: {why}",
            floating);
    }
}
