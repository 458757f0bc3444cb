using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Circuit.Engines.Ngspice;

/// <summary>Turns plots of ngspice into results with our names.</summary>
internal static class NgspiceResult
{
    /// <summary>Result of an analysis that was asked for, with every expected vector.</summary>
    /// <exception cref="EngineException">The plot is of another kind, or a vector is missing.</exception>
    public static AnalysisResult Convert(RawPlot plot, Analysis analysis, ExpectedVectors expected)
    {
        Dictionary<string, int> index = Index(plot);
        if (analysis is not OperatingPointAnalysis || plot.Name != "Operating Point" || plot.PointCount != 1)
            throw new EngineException(NgspiceEngine.EngineName, $"asked for {analysis}, but got '{plot.Name}' with {plot.PointCount} points; the run failed on the way.");
        var volts = new Dictionary<string, double>(expected.Nodes.Count);
        foreach (string name in expected.Nodes)
        {
            string[] nodes = name.Split(',');
            volts[name] = Volts(nodes[0]) - (nodes.Length > 1 ? Volts(nodes[1]) : 0);
        }

        var amps = new Dictionary<string, double>(expected.Branches.Count);
        foreach (string name in expected.Branches) amps[name] = Value($"i({ExpectedVectors.NgspiceElement(name)})");
        return new OperatingPoint(0, volts, amps);

        double Volts(string node) => node == Netlist.Ground ? 0 : Value($"v({node})");

        double Value(string vector) => index.TryGetValue(vector, out int variable)
            ? plot.Real(variable, 0)
            : throw new EngineException(NgspiceEngine.EngineName, $"the result lacks {vector}; it has {plot.Variables.Count} vectors.");
    }

    /// <summary>Result of whatever a deck ran.</summary>
    /// <exception cref="EngineException">The plot is of a kind that has no result type.</exception>
    public static AnalysisResult Convert(RawPlot plot)
    {
        if (plot.Name != "Operating Point")
            throw new EngineException(NgspiceEngine.EngineName, $"the plot '{plot.Name}' has no result type here; ask for an operating point.");
        var volts = new Dictionary<string, double>();
        var amps = new Dictionary<string, double>();
        for (int i = 0; i < plot.Variables.Count; i++)
        {
            string name = plot.Variables[i].Name;
            if (name.StartsWith("v(", StringComparison.Ordinal)) volts[name[2..^1]] = plot.Real(i, 0);
            else if (name.StartsWith("i(", StringComparison.Ordinal)) amps[OwnElement(name[2..^1])] = plot.Real(i, 0);
        }

        return new OperatingPoint(0, volts, amps);
    }

    private static Dictionary<string, int> Index(RawPlot plot)
    {
        var index = new Dictionary<string, int>(plot.Variables.Count);
        for (int i = 0; i < plot.Variables.Count; i++) index.TryAdd(plot.Variables[i].Name, i);
        return index;
    }

    private static string OwnElement(string name) => name.Length > 3 && name[1] == '.' && name[2] == 'x' ? name[2..] : name;
}
