using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Engines.Native;
using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Samples;

/// <summary>Reads a SPICE deck and solves its analyses.</summary>
public static class SolveDeck
{
    /// <summary>Prints the operating point of a loaded divider.</summary>
    /// <param name="output">Receives the text.</param>
    public static void Run(TextWriter output)
    {
        SpiceDeck deck = SpiceParser.Parse("""
            divider with a diode
            .param top=1k
            v1 in 0 1
            r1 in out {top}
            r2 out 0 2k
            d1 out 0 dm
            .model dm d is=1e-14 n=1
            .op
            .end
            """, "divider.cir");
        EngineResult result = new NativeEngine().Solve(deck.Netlist, EngineOptions.Tight);
        var point = (OperatingPoint)result.Analyses[0];
        foreach ((string node, double volts) in point.NodeVolts) output.Write($"v({node}) = {volts:F6} V\n");
        output.Write($"i(v1) = {1e3 * point.BranchAmps["v1"]:F6} mA\n");
    }
}
