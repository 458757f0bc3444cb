using CircuitSim.Circuit.Crossbars;

namespace CircuitSim.Samples;

/// <summary>Solves a crossbar with all its wires.</summary>
public static class SolveCrossbar
{
    /// <summary>Prints what wires of 2.5 ohm cost a 64 x 64 crossbar of 10 kΩ devices.</summary>
    /// <param name="output">Receives the text.</param>
    public static void Run(TextWriter output)
    {
        const int lines = 64;
        double[] siemens = new double[lines * lines];
        Array.Fill(siemens, 1e-4);
        double[] volts = new double[lines];
        Array.Fill(volts, 0.2);

        var spec = new CrossbarSpec(lines, lines, siemens, wordLineSegmentOhms: 2.5, bitLineSegmentOhms: 2.5, sourceOhms: 100);
        CrossbarSolver solver = CrossbarSolver.Factorize(spec);
        CrossbarOperatingPoint point = solver.Solve(volts, hasNodeVolts: true);

        double ideal = lines * 1e-4 * 0.2;
        output.Write($"bit line 1:  {1e3 * point.BitLineEndAmps.Span[0]:F4} mA, ideal {1e3 * ideal:F4} mA\n");
        output.Write($"bit line 64: {1e3 * point.BitLineEndAmps.Span[^1]:F4} mA\n");
        output.Write($"last cross-point of word line 1: {1e3 * point.WordLineNodeVolts.Span[lines - 1]:F3} mV of 200 mV\n");
    }
}
