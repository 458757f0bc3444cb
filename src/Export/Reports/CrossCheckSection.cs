using CircuitSim.Export.CrossCheck;
using CircuitSim.Export.Figures;

namespace CircuitSim.Export.Reports;

/// <summary>Engines as columns, signals as rows, samples as depth: who agrees with whom, how far, and where they part first.</summary>
internal static class CrossCheckSection
{
    public static void Write(FidelityDocument document, ReportPage page) => Write(document.CrossCheck, document.DataSet.ClassNames, page);

    public static void Write(CrossCheckTable? crossCheck, IReadOnlyList<string> classNames, ReportPage page)
    {
        if (crossCheck is not { Comparisons.Count: > 0 } table)
        {
            ReportFigures.Paragraph(page, "No engine was held against another.");
            return;
        }

        ReportFigures.Paragraph(
            page,
            "Every engine is held against our circuit solution. Between two solvers of the same circuit only rounding may remain; the trained network "
            + "departs from its circuit by the physics that it does not model.");
        WriteEngines(table, page);
        WriteSignals(table, page);
        WriteDivergences(table, page);
        WriteSamples(table, classNames, page);
        WriteBudgets(table, page);
    }

    public static string ScopeName(ComparisonScope scope) => scope switch
    {
        ComparisonScope.WholeNetwork => "whole network",
        ComparisonScope.IdealWires => "ideal wires",
        ComparisonScope.Excerpt => "excerpts",
        _ => throw new ArgumentOutOfRangeException(nameof(scope), scope, "unknown scope"),
    };

    private static string Column(EngineComparison comparison) => $"{comparison.Engine}, {ScopeName(comparison.Scope)}";

    private static void WriteEngines(CrossCheckTable table, ReportPage page) => ReportTable.Write(
        page,
        "Engines held against our circuit solution",
        ["Engine and circuit", "Decks", "Samples", "Same class", "Worst (V)", "Beyond budget", "What was compared"],
        [
            .. table.Comparisons.Select(c => (ReportCell[])
            [
                ReportCell.Words(Column(c)),
                ReportCell.Whole(c.DeckCount),
                ReportCell.Whole(c.SampleCount),
                c.Classes is { } classes ? ReportCell.Number(classes.AgreeingCount, n => $"{FigureText.Whole((long)n)} of {FigureText.Whole(classes.SampleCount)}") : new("–", "number", ""),
                c.Signals.Count == 0 ? new("not compared", "number missing", "") : ReportCell.Short(c.Signals.Where(s => s.Unit == "V").Select(s => (double?)s.Worst).Max()),
                c.Signals.Count == 0 ? new("–", "number", "") : ReportCell.Whole(c.Signals.Sum(s => (long)s.BeyondCount)),
                ReportCell.Words(c.Description),
            ]),
        ],
        rowEngines: [.. table.Comparisons.Select(c => ReportEngine.Of(c.Engine))]);

    private static void WriteSignals(CrossCheckTable table, ReportPage page)
    {
        (int Layer, SignalKind Signal, string Unit)[] rows =
            [.. table.Comparisons.SelectMany(c => c.Signals).Select(s => (s.Layer, s.Signal, s.Unit)).Distinct().OrderBy(s => s.Layer).ThenBy(s => Place(s.Signal))];
        if (rows.Length == 0) return;

        ReportTable.Write(
            page,
            "Largest difference from our circuit solution, engine by engine and signal by signal",
            ["Layer and signal", "Unit", .. table.Comparisons.Select(Column)],
            [
                .. rows.Select(row => (ReportCell[])
                [
                    ReportCell.Words(Name(row.Layer, row.Signal)),
                    ReportCell.Words(row.Unit),
                    .. table.Comparisons.Select(c => Worst(c.Signals.FirstOrDefault(s => (s.Layer, s.Signal, s.Unit) == row))),
                ]),
            ],
            columnEngines: [null, null, .. table.Comparisons.Select(c => ReportEngine.Of(c.Engine))]);
        page.Open("details");
        page.TextElement("summary", "Every signal with rms, node, sample and budget");
        (EngineComparison Comparison, SignalDifference Signal)[] all = [.. table.Comparisons.SelectMany(c => c.Signals.Select(s => (c, s)))];
        ReportTable.Write(
            page,
            "Differences from our circuit solution",
            ["Engine and circuit", "Signal", "Compared", "Rms", "Worst", "Unit", "Node", "Sample", "Budget", "Beyond"],
            [
                .. all.Select(a => (ReportCell[])
                [
                    ReportCell.Words(Column(a.Comparison)),
                    ReportCell.Words(Name(a.Signal.Layer, a.Signal.Signal)),
                    ReportCell.Whole(a.Signal.Count),
                    ReportCell.Short(a.Signal.Rms),
                    ReportCell.Short(a.Signal.Worst),
                    ReportCell.Words(a.Signal.Unit),
                    ReportCell.Code(a.Signal.WorstName),
                    ReportCell.Whole(a.Signal.WorstSample),
                    ReportCell.Number(a.Signal.Budget, FigureText.Plain),
                    ReportCell.Whole(a.Signal.BeyondCount),
                ]),
            ],
            rowEngines: [.. all.Select(a => ReportEngine.Of(a.Comparison.Engine))]);
        page.Close();
    }

    private static ReportCell Worst(SignalDifference? difference) => difference is null
        ? new("–", "number", "")
        : ReportCell.Number(difference.Worst, v => FigureText.Short(v) + (difference.BeyondCount > 0 ? " ✗" : ""));

    private static void WriteDivergences(CrossCheckTable table, ReportPage page)
    {
        page.TextElement("h3", "Where engines part first");
        ReportFigures.Paragraph(
            page,
            "The earliest layer and signal beyond the budget, and in it the node that differs most. What lies behind it follows from it. ✗ marks a signal beyond its budget.");
        page.Open("ul", ("class", "notes"));
        foreach (EngineComparison comparison in table.Comparisons)
        {
            page.Open("li", ReportEngine.Mark(ReportEngine.Of(comparison.Engine)));
            page.TextElement("strong", Column(comparison) + ": ");
            if (comparison.Signals.Count == 0)
            {
                page.Words("nothing was compared.");
            }
            else if (comparison.FirstDivergence is not { } first)
            {
                page.Words("agrees within every budget.");
            }
            else
            {
                page.Words($"{Name(first.Layer, first.Signal)}, node ");
                page.TextElement("code", first.Name);
                page.Words($", sample {FigureText.Whole(first.Sample)}: {FigureText.Short(first.EngineValue, 4)} {first.Unit} against our {FigureText.Short(first.CircuitValue, 4)} {first.Unit}, "
                    + $"budget {FigureText.Plain(first.Budget)} {first.Unit}.");
            }

            page.Close();
        }

        page.Close();
    }

    private static void WriteSamples(CrossCheckTable table, IReadOnlyList<string> classes, ReportPage page)
    {
        if (table.Samples.Count == 0) return;

        SampleComparison[] unlike = [.. table.Samples.Where(s => s.Classes.OfType<int>().Distinct().Count() > 1)];
        page.TextElement("h3", "Samples that engines classify differently");
        if (unlike.Length == 0) ReportFigures.Paragraph(page, "None.");
        else WriteSamples(table, unlike, classes, "Samples whose class depends on the engine", page);
        page.Open("details");
        page.TextElement("summary", $"All {FigureText.Whole(table.Samples.Count)} samples");
        WriteSamples(table, table.Samples, classes, "Class that each engine chose, and its largest difference from our circuit solution", page);
        page.Close();
    }

    private static void WriteSamples(CrossCheckTable table, IReadOnlyList<SampleComparison> samples, IReadOnlyList<string> classes, string caption, ReportPage page) => ReportTable.Write(
        page,
        caption,
        ["Sample", "True class", .. table.Engines, .. table.Engines.Select(e => e + ", worst (V)")],
        [
            .. samples.Select(s => (ReportCell[])
            [
                ReportCell.Whole(s.Sample),
                ReportCell.Words(classes[s.Label]),
                .. s.Classes.Select(c => ReportCell.Words(c is not int chosen ? "–" : classes[chosen] + (chosen == s.Label ? "" : " ✗"))),
                .. s.WorstVolts.Select(v => v is null ? new("–", "number", "") : ReportCell.Number(v, d => FigureText.Short(d, 2))),
            ]),
        ],
        columnEngines: [null, null, .. table.Engines.Select(ReportEngine.Of), .. table.Engines.Select(ReportEngine.Of)]);

    private static void WriteBudgets(CrossCheckTable table, ReportPage page)
    {
        if (table.Budgets.Count == 0) return;

        page.Open("details");
        page.TextElement("summary", "What counts as agreement");
        ReportTable.Write(
            page,
            "Error budgets",
            ["Between", "Signal", "Largest difference (V or A)", "Why"],
            [
                .. table.Budgets.Select(b => (ReportCell[])
                [
                    ReportCell.Words(b.IsSameCircuit ? "solvers of one circuit" : "network and circuit"),
                    ReportCell.Words(ReportFigures.SignalName(b.Signal)),
                    ReportCell.Number(b.Budget, FigureText.Plain),
                    ReportCell.Words(b.Reason),
                ]),
            ]);
        page.Close();
    }

    private static string Name(int layer, SignalKind signal) => layer == 0 ? ReportFigures.SignalName(signal) : $"Layer {layer}, {ReportFigures.SignalName(signal)}";

    // The way of a signal through a layer.
    private static int Place(SignalKind signal) => Array.IndexOf(
        [SignalKind.Source, SignalKind.WordLine, SignalKind.BitLine, SignalKind.BitLineCurrent, SignalKind.Gate, SignalKind.InvertedOutput, SignalKind.RestoredOutput, SignalKind.DigitalNeuron],
        signal);
}
