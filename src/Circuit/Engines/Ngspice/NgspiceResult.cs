using System.Numerics;
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
        string kind = analysis switch
        {
            OperatingPointAnalysis => "Operating Point",
            DcSweepAnalysis => "DC transfer characteristic",
            TransientAnalysis => "Transient Analysis",
            AcAnalysis => "AC Analysis",
            _ => "",
        };
        if (plot.Name != kind || plot.PointCount == 0)
            throw new EngineException(NgspiceEngine.EngineName, $"asked for {analysis}, but got '{plot.Name}' with {plot.PointCount} points; the run failed on the way.");

        var index = new Dictionary<string, int>(plot.Variables.Count);
        // In a DC sweep the first vector is the level; it must not hide a node of the same name.
        for (int i = HasAxis(plot) ? 1 : 0; i < plot.Variables.Count; i++) index.TryAdd(plot.Variables[i].Name, i);
        var volts = new Dictionary<string, Complex[]>(expected.Nodes.Count);
        foreach (string name in expected.Nodes)
        {
            string[] nodes = name.Split(',');
            Complex[] plus = Values($"v({nodes[0]})", nodes[0] == Netlist.Ground);
            volts[name] = nodes.Length == 1 ? plus : [.. plus.Zip(Values($"v({nodes[1]})", nodes[1] == Netlist.Ground), (a, b) => a - b)];
        }

        var amps = new Dictionary<string, Complex[]>(expected.Branches.Count);
        foreach (string name in expected.Branches)
        {
            string vector = $"i({ExpectedVectors.NgspiceElement(name)})";
            // ngspice builds some elements from others, which have the current: a controlled source of several inputs, for example.
            if (expected.IsAskedFor || index.ContainsKey(vector)) amps[name] = Values(vector, false);
        }

        return Result(plot, (analysis as DcSweepAnalysis)?.Inner.Source, volts, amps);

        Complex[] Values(string vector, bool isGround)
        {
            if (isGround) return new Complex[plot.PointCount];
            return index.TryGetValue(vector, out int variable)
                ? All(plot, variable)
                : throw new EngineException(NgspiceEngine.EngineName, $"the result lacks {vector}; it has {plot.Variables.Count} vectors.");
        }
    }

    /// <summary>Result of whatever a deck ran.</summary>
    /// <exception cref="EngineException">The plot is of a kind that has no result type.</exception>
    public static AnalysisResult Convert(RawPlot plot)
    {
        var volts = new Dictionary<string, Complex[]>();
        var amps = new Dictionary<string, Complex[]>();
        for (int i = HasAxis(plot) ? 1 : 0; i < plot.Variables.Count; i++)
        {
            string name = plot.Variables[i].Name;
            if (name.Contains('#', StringComparison.Ordinal)) continue;
            if (name.StartsWith("v(", StringComparison.Ordinal)) volts[name[2..^1]] = All(plot, i);
            else if (name.StartsWith("i(", StringComparison.Ordinal)) amps[OwnElement(name[2..^1])] = All(plot, i);
        }

        string axis = plot.Variables[0].Name;
        return Result(plot, axis.StartsWith("v(", StringComparison.Ordinal) ? axis[2..^1] : axis, volts, amps);
    }

    private static AnalysisResult Result(RawPlot plot, string? source, Dictionary<string, Complex[]> volts, Dictionary<string, Complex[]> amps) => plot.Name switch
    {
        "Operating Point" => new OperatingPoint(0, volts.ToDictionary(v => v.Key, v => v.Value[0].Real), amps.ToDictionary(a => a.Key, a => a.Value[0].Real)),
        "DC transfer characteristic" => new DcSweepResult(source ?? "", plot.RealParts(0), Real(volts), Real(amps)),
        "Transient Analysis" => new TransientResult(plot.RealParts(0), Real(volts), Real(amps)),
        "AC Analysis" => new AcResult(plot.RealParts(0), Lists(volts), Lists(amps)),
        _ => throw new EngineException(NgspiceEngine.EngineName, $"the plot '{plot.Name}' has no result type here; ask for .op, .dc, .tran or .ac."),
    };

    private static bool HasAxis(RawPlot plot) => plot.Name != "Operating Point";

    private static Complex[] All(RawPlot plot, int variable)
        => [.. Enumerable.Range(0, plot.PointCount).Select(p => new Complex(plot.Real(variable, p), plot.Imaginary(variable, p)))];

    private static Dictionary<string, IReadOnlyList<double>> Real(Dictionary<string, Complex[]> vectors)
        => vectors.ToDictionary(v => v.Key, v => (IReadOnlyList<double>)[.. v.Value.Select(c => c.Real)]);

    private static Dictionary<string, IReadOnlyList<Complex>> Lists(Dictionary<string, Complex[]> vectors)
        => vectors.ToDictionary(v => v.Key, v => (IReadOnlyList<Complex>)v.Value);

    private static string OwnElement(string name) => name.Length > 3 && name[1] == '.' && name[2] == 'x' ? name[2..] : name;
}
