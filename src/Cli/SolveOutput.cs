using System.Globalization;
using System.Numerics;
using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Cli;

/// <summary>Prints the results of a deck: one JSON document, or text with one line a node or one row a point.</summary>
internal static class SolveOutput
{
    private static readonly (ConvergenceAid Aid, string Name)[] AidNames =
    [
        (ConvergenceAid.UndampedNewton, "undamped Newton"),
        (ConvergenceAid.LimitedNewton, "limited Newton"),
        (ConvergenceAid.GminStepping, "gmin stepping"),
        (ConvergenceAid.SourceStepping, "source stepping"),
        (ConvergenceAid.PseudoTransient, "pseudo-transient"),
    ];

    /// <summary>Prints the document of a solve.</summary>
    /// <param name="output">Receives it.</param>
    /// <param name="result">What the engine found.</param>
    /// <param name="warnings">Remarks on the deck.</param>
    /// <param name="leftOut">Parts of the deck that the result does not show.</param>
    /// <param name="cancellationToken">Ends the output early.</param>
    internal static void WriteJson(
        TextWriter output, EngineResult result, IEnumerable<DeckDiagnostic> warnings, IEnumerable<DeckDiagnostic> leftOut,
        CancellationToken cancellationToken) => JsonOutput.Write(output, new
        {
            schemaVersion = 1,
            engine = result.Engine,
            seconds = result.Seconds,
            warnings = warnings.Select(Remark),
            leftOut = leftOut.Select(Remark),
            analyses = result.Analyses.Select(ToJson),
        }, cancellationToken);

    /// <summary>Says which points of sweeps were lost; a result without them is no complete one.</summary>
    /// <returns>True when there were any.</returns>
    internal static bool TellLostPoints(TextWriter error, EngineResult result)
    {
        LostPoint[] lost = [.. result.Analyses.OfType<DcSweepResult>().SelectMany(s => s.LostPoints)];
        foreach (LostPoint point in lost)
        {
            string outer = point.OuterLevel is { } level ? string.Create(CultureInfo.InvariantCulture, $" and {level:R}") : "";
            error.Write(string.Create(CultureInfo.InvariantCulture, $"error: the dc sweep has no point at {point.Level:R}{outer}: {point.Problem}\n"));
        }

        return lost.Length > 0;
    }

    internal static void WriteText(TextWriter output, EngineResult result, CancellationToken cancellationToken)
    {
        foreach (AnalysisResult analysis in result.Analyses)
        {
            switch (analysis)
            {
                case OperatingPoint point:
                    WritePoint(output, result.Engine, point);
                    break;
                case DcSweepResult sweep:
                    WriteTable(output, $"dc sweep ({result.Engine}{Helped(sweep)})", sweep.Source, sweep.Levels, sweep.NodeVolts, sweep.BranchAmps, cancellationToken);
                    break;
                case TransientResult transient:
                    WriteTable(output, $"transient ({result.Engine}{Helped(transient)})", "time", transient.TimesSeconds, transient.NodeVolts, transient.BranchAmps, cancellationToken);
                    break;
                case AcResult ac:
                    WriteTable(output, $"ac magnitudes ({result.Engine}{Helped(ac)})", "frequency", ac.FrequenciesHertz, Magnitudes(ac.NodeVolts), Magnitudes(ac.BranchAmps), cancellationToken);
                    break;
                default:
                    throw new InvalidOperationException($"Result of type {analysis.GetType().Name} has no text.");
            }

            foreach ((string name, double? value) in analysis.Measures)
                output.Write(string.Create(CultureInfo.InvariantCulture, $"{name} = {(value is { } v ? v.ToString("R", CultureInfo.InvariantCulture) : "not found")}\n"));
        }
    }

    private static object ToJson(AnalysisResult analysis) => analysis switch
    {
        OperatingPoint p => new { analysis = "op", iterations = p.Iterations, aids = Aids(p), nodeVolts = p.NodeVolts, branchAmps = p.BranchAmps, measures = p.Measures },
        DcSweepResult d => new
        {
            analysis = "dc",
            axis = Axis(d.Source, d.Source[d.Source.LastIndexOf('.') + 1] == 'i' ? "amperes" : "volts", d.Levels),
            aids = Aids(d),
            nodeVolts = d.NodeVolts,
            branchAmps = d.BranchAmps,
            lostPoints = d.LostPoints,
            measures = d.Measures,
        },
        TransientResult t => new { analysis = "tran", axis = Axis("time", "seconds", t.TimesSeconds), aids = Aids(t), nodeVolts = t.NodeVolts, branchAmps = t.BranchAmps, measures = t.Measures },
        AcResult a => new { analysis = "ac", axis = Axis("frequency", "hertz", a.FrequenciesHertz), aids = Aids(a), nodeVolts = Parts(a.NodeVolts), branchAmps = Parts(a.BranchAmps), measures = a.Measures },
        _ => throw new InvalidOperationException($"Result of type {analysis.GetType().Name} has no JSON."),
    };

    private static object Remark(DeckDiagnostic remark) => new { file = remark.Path, line = remark.Line, column = remark.Column, what = remark.Message };

    /// <summary>What helped to converge, in words; empty when plain Newton steps sufficed.</summary>
    private static string[] Aids(AnalysisResult analysis) => [.. AidNames.Where(a => analysis.Aids.HasFlag(a.Aid)).Select(a => a.Name)];

    private static string Helped(AnalysisResult analysis) => string.Concat(Aids(analysis).Select(a => $", {a}"));

    private static object Axis(string name, string unit, IReadOnlyList<double> values) => new { name, unit, values };

    private static Dictionary<string, object> Parts(IReadOnlyDictionary<string, IReadOnlyList<Complex>> phasors) =>
        phasors.ToDictionary(p => p.Key, p => (object)new { re = p.Value.Select(c => c.Real), im = p.Value.Select(c => c.Imaginary) });

    private static Dictionary<string, IReadOnlyList<double>> Magnitudes(IReadOnlyDictionary<string, IReadOnlyList<Complex>> phasors) =>
        phasors.ToDictionary(p => p.Key, p => (IReadOnlyList<double>)[.. p.Value.Select(Complex.Abs)]);

    private static void WritePoint(TextWriter output, string engine, OperatingPoint point)
    {
        string iterations = point.Iterations > 0 ? $", {point.Iterations} iterations" : "";
        output.Write($"operating point ({engine}{iterations}{Helped(point)})\n");
        foreach ((string node, double volts) in point.NodeVolts)
            output.Write(string.Create(CultureInfo.InvariantCulture, $"v({node}) = {volts:R} V\n"));
        foreach ((string branch, double amps) in point.BranchAmps)
            output.Write(string.Create(CultureInfo.InvariantCulture, $"i({branch}) = {amps:R} A\n"));
    }

    private static void WriteTable(
        TextWriter output, string title, string axis, IReadOnlyList<double> values,
        IReadOnlyDictionary<string, IReadOnlyList<double>> nodeVolts, IReadOnlyDictionary<string, IReadOnlyList<double>> branchAmps, CancellationToken cancellationToken)
    {
        (string Name, IReadOnlyList<double> Values)[] columns =
        [
            (axis, values),
            .. nodeVolts.Select(n => ($"v({n.Key})", n.Value)),
            .. branchAmps.Select(b => ($"i({b.Key})", b.Value)),
        ];
        output.Write($"{title}, {values.Count} points\n");
        output.Write(string.Join('\t', columns.Select(c => c.Name)) + "\n");
        for (int i = 0; i < values.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            output.Write(string.Join('\t', columns.Select(c => c.Values[i].ToString("R", CultureInfo.InvariantCulture))) + "\n");
        }
    }
}
