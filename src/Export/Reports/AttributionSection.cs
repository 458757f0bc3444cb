using CircuitSim.Export.Attribution;
using CircuitSim.Export.Figures;

namespace CircuitSim.Export.Reports;

/// <summary>The ladder from the trained network to the programmed circuit, and the way back.</summary>
internal static class AttributionSection
{
    public static void Write(FidelityDocument document, ReportPage page)
    {
        if (document.Attribution.Count == 0)
        {
            ReportFigures.Paragraph(page, "The error was not attributed.");
            return;
        }

        ReportFigures.Paragraph(
            page,
            "Each step switches one more effect on and solves the network again. Differences are those of the network's outputs: from the "
            + "first step, and from the step before. Rms values of single steps do not add up, because effects may cancel; shares of the whole departure do.");
        if (document.Attribution.Any(s => s.OutputRmsMillivolts is not null)) WriteLadder(document.Attribution, page);
        ReportTable.Write(
            page,
            "Attribution ladder",
            ["Step", "Accuracy (%)", "Rms (mV)", "Worst (mV)", "Rms change (mV)", "Worst change (mV)", "Share (%)", "Classes changed"],
            [.. document.Attribution.Select(Row)]);
        ReportFigures.List(page, "notes", document.Attribution.Select(s => $"{s.Name}: {s.Description}"));
        if (document.AttributionClosureVolts is double closure)
        {
            ReportFigures.Paragraph(
                page,
                $"The last step and the circuit that netlists are written from, solved by itself, agree {(closure == 0 ? "exactly" : $"within {FigureText.Short(closure, 2)} V")} at every gate and output.");
        }

        WriteLayers(document.Attribution, page);
        if (document.ReverseAttribution.Count > 0) WriteReverse(document.ReverseAttribution, page);
        (CircuitEffect Effect, string Reason)[] skipped = [.. document.SkippedEffects.Where(e => e.Effect is not null).Select(e => (e.Effect!.Value, e.Reason))];
        if (skipped.Length == 0) return;

        page.TextElement("h3", "What was left out");
        ReportFigures.List(page, "notes", skipped.Select(e => $"{EffectName(e.Effect)}: {e.Reason}"));
    }

    private static ReportCell[] Row(AttributionStep step) =>
    [
        ReportCell.Words(step.Name),
        ReportCell.Fixed(step.AccuracyPercent, 1),
        ReportCell.Short(step.OutputRmsMillivolts),
        ReportCell.Short(step.OutputWorstMillivolts),
        OrNone(step.RmsChangeMillivolts),
        OrNone(step.WorstChangeMillivolts),
        OrNone(step.SharePercent),
        OrNone(step.ChangedClassCount),
    ];

    private static ReportCell OrNone(double? value) => value is null ? new("–", "number", "") : ReportCell.Short(value);

    private static ReportCell OrNone(int? value) => value is null ? new("–", "number", "") : ReportCell.Whole(value);

    private static string EffectName(CircuitEffect effect) => effect switch
    {
        CircuitEffect.DeviceEquations => "Device equations",
        CircuitEffect.Loading => "Loading",
        CircuitEffect.Wires => "Wires",
        CircuitEffect.Quantisation => "Quantisation",
        CircuitEffect.Programming => "Programming",
        CircuitEffect.Faults => "Faults",
        CircuitEffect.Transistors => "Transistors",
        _ => throw new ArgumentOutOfRangeException(nameof(effect), effect, "unknown effect"),
    };

    private static void WriteLayers(IReadOnlyList<AttributionStep> steps, ReportPage page)
    {
        (string Step, LayerChange Change)[] rows = [.. steps.SelectMany(s => s.Layers.Select(l => (s.Name, l)))];
        if (rows.Length == 0) return;

        page.Open("details");
        page.TextElement("summary", "The same layer by layer");
        ReportTable.Write(
            page,
            "Differences of inverter outputs, layer by layer",
            ["Step", "Layer", "Rms (mV)", "Rms change (mV)", "Worst change (mV)"],
            [
                .. rows.Select(r => (ReportCell[])
                [
                    ReportCell.Words(r.Step), ReportCell.Whole(r.Change.Layer), ReportCell.Short(r.Change.RmsMillivolts), ReportCell.Short(r.Change.RmsChangeMillivolts),
                    ReportCell.Short(r.Change.WorstChangeMillivolts),
                ]),
            ]);
        page.Close();
    }

    private static void WriteReverse(IReadOnlyList<RemovedEffect> effects, ReportPage page)
    {
        page.TextElement("h3", "The reverse ladder");
        ReportFigures.Paragraph(
            page,
            "The full circuit with one effect switched off. Where switching an effect off changes the outputs as much as switching it on did, it acts by itself; the interaction says how far it does not.");
        page.Figure("attribution-reverse", new IntervalChart
        {
            Heading = new()
            {
                Title = "Rms change of the outputs by each effect, switched on in the ladder and off in the full circuit",
                Description = string.Join("; ", effects.Select(e =>
                    $"{EffectName(e.Effect)}: on {FigureText.Short(e.LadderRmsMillivolts)} mV, off {FigureText.Short(e.RmsChangeMillivolts)} mV")),
                WidthPixels = 420,
            },
            ValueAxis = new() { Label = "Rms change of outputs", Unit = "mV" },
            Bars =
            [
                .. effects.SelectMany(e => (IntervalBar[])
                [
                    Bar($"{EffectName(e.Effect)}, on", e.LadderRmsMillivolts, 0), Bar($"{EffectName(e.Effect)}, off", e.RmsChangeMillivolts, 1),
                ]),
            ],
        });
        ReportTable.Write(
            page,
            "Reverse ladder",
            ["Without", "Accuracy (%)", "Rms change (mV)", "Worst change (mV)", "Classes changed", "Rms change in the ladder (mV)", "Interaction (mV)"],
            [
                .. effects.Select(e => (ReportCell[])
                [
                    ReportCell.Words(e.Name), ReportCell.Fixed(e.AccuracyPercent, 1), ReportCell.Short(e.RmsChangeMillivolts), ReportCell.Short(e.WorstChangeMillivolts),
                    ReportCell.Whole(e.ChangedClassCount), ReportCell.Short(e.LadderRmsMillivolts), ReportCell.Short(e.InteractionRmsMillivolts),
                ]),
            ]);
        ReportFigures.List(page, "notes", effects.Select(e => $"{e.Name}: {e.Description}"));
    }

    private static IntervalBar Bar(string name, double millivolts, int colour) =>
        new() { Name = name, Value = millivolts, ValueText = $"{FigureText.Short(millivolts)} mV", ColourIndex = colour };

    private static void WriteLadder(IReadOnlyList<AttributionStep> steps, ReportPage page)
    {
        AttributionStep[] shown = [.. steps.Where(s => s.OutputRmsMillivolts is not null)];
        var chart = new IntervalChart
        {
            Heading = new()
            {
                Title = "Rms difference of the outputs from the first step",
                Description = string.Join("; ", shown.Select(s => $"{s.Name}: {FigureText.Short(s.OutputRmsMillivolts!.Value)} mV")),
                WidthPixels = 420,
            },
            ValueAxis = new() { Label = "Rms difference of outputs", Unit = "mV" },
            Bars =
            [
                .. shown.Select(s => Bar(s.Name, s.OutputRmsMillivolts!.Value, 0)),
            ],
        };
        page.Figure("attribution", chart);
    }
}
