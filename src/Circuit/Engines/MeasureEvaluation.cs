using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Expressions;
using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Circuit.Engines;

/// <summary>Takes the numbers that a netlist measures from the results of its analyses, whatever engine made them.</summary>
internal static class MeasureEvaluation
{
    /// <summary>The netlist with every measured vector among those asked for.</summary>
    public static Netlist WithMeasured(Netlist netlist) => netlist.SavedVectors.Count == 0
        ? netlist
        : netlist with { SavedVectors = [.. netlist.SavedVectors.Concat(netlist.Measures.SelectMany(m => m.Required).Where(r => r != $"v({Netlist.Ground})")).Distinct()] };

    /// <summary>Adds the measures of an analysis to its result and drops vectors that only measures asked for.</summary>
    /// <exception cref="InvalidDesignException">A measure names a vector that the circuit lacks, or is taken from a sweep of two sources.</exception>
    public static AnalysisResult Apply(Netlist netlist, Analysis analysis, AnalysisResult result)
    {
        MeasuredAnalysis? kind = analysis switch
        {
            DcSweepAnalysis => MeasuredAnalysis.Dc,
            TransientAnalysis => MeasuredAnalysis.Tran,
            AcAnalysis => MeasuredAnalysis.Ac,
            _ => null,
        };
        Measure[] measures = [.. netlist.Measures.Where(m => m.Analysis == kind)];
        if (measures.Length > 0)
        {
            if (analysis is DcSweepAnalysis { Outer: not null })
                throw Invalid(netlist, $".measure dc {measures[0].Name} is taken from a sweep of two sources; sweep one source a deck.");
            var values = new Dictionary<string, double?>();
            foreach (Measure measure in measures) values[measure.Name] = measure.Kind == MeasureKind.Expression ? Formula(measure, values) : new MeasuredCurves(netlist, result).Evaluate(measure);
            result = result with { Measures = values };
        }

        return netlist.SavedVectors.Count == 0 || netlist.Measures.Count == 0 ? result : Saved(netlist, result);
    }

    /// <summary>Value of an expression of the measures before it; null when one of them was not found, or the value is not finite.</summary>
    private static double? Formula(Measure measure, Dictionary<string, double?> values)
    {
        Expression formula = measure.Value!;
        if (!formula.FreeNames.All(n => values.GetValueOrDefault(n) is not null)) return null;
        double value = CompiledExpression.Compile(formula.WithNames(n => values.TryGetValue(n, out double? v) ? v : null)).Evaluate([], []);
        return double.IsFinite(value) ? value : null;
    }

    /// <summary>The error for a measure that cannot be taken.</summary>
    public static InvalidDesignException Invalid(Netlist netlist, string violation) => new($"Netlist '{netlist.Title}'", [violation]);

    private static AnalysisResult Saved(Netlist netlist, AnalysisResult result)
    {
        var saved = netlist.SavedVectors.ToHashSet();
        return result switch
        {
            OperatingPoint p => p with { NodeVolts = Kept(p.NodeVolts, 'v'), BranchAmps = Kept(p.BranchAmps, 'i') },
            DcSweepResult d => d with { NodeVolts = Kept(d.NodeVolts, 'v'), BranchAmps = Kept(d.BranchAmps, 'i') },
            TransientResult t => t with { NodeVolts = Kept(t.NodeVolts, 'v'), BranchAmps = Kept(t.BranchAmps, 'i') },
            AcResult a => a with { NodeVolts = Kept(a.NodeVolts, 'v'), BranchAmps = Kept(a.BranchAmps, 'i') },
            _ => result,
        };

        Dictionary<string, T> Kept<T>(IReadOnlyDictionary<string, T> vectors, char letter)
            => vectors.Where(v => saved.Contains($"{letter}({v.Key})")).ToDictionary(v => v.Key, v => v.Value);
    }
}
