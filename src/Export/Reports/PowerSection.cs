using CircuitSim.Export.Figures;

namespace CircuitSim.Export.Reports;

/// <summary>Where power goes and where it comes from, at rest.</summary>
internal static class PowerSection
{
    public static void Write(FidelityDocument document, ReportPage page)
    {
        if (document.Power.Count == 0)
        {
            ReportFigures.Paragraph(page, "Power was not computed.");
            return;
        }

        if (document.PowerBalance is { } balance)
        {
            ReportFigures.Paragraph(
                page,
                $"Sources deliver {FigureText.Short(balance.DeliveredMilliwatts)} mW, mean over {FigureText.Whole(balance.SampleCount)} samples; {FigureText.Short(balance.DissipatedMilliwatts)} mW "
                + $"become heat. Both are computed by themselves and agree within {FigureText.Short(balance.WorstRelativeImbalance, 2)} of what is delivered (Tellegen's theorem).");
        }

        WriteChart(document.Power, page);
        WriteTable(page, "Heat per layer, mean over samples, in milliwatts", document.Power,
            ("Memristors", p => p.DevicesMilliwatts), ("Inverters", p => p.InvertersMilliwatts), ("Word-line wires", p => p.WordLineWiresMilliwatts),
            ("Bit-line wires", p => p.BitLineWiresMilliwatts), ("Source resistances", p => p.SourceResistancesMilliwatts));
        if (document.Power.All(p => p.DriverMilliwatts is null && p.RailsMilliwatts is null)) return;

        WriteTable(page, "What is delivered per layer, mean over samples", document.Power,
            ("Drivers into the crossbar (mW)", p => p.DriverMilliwatts), ("Bias pair (mW)", p => p.BiasMilliwatts), ("Rails into inverters (mW)", p => p.RailsMilliwatts),
            ("Outputs to the next crossbar (mW)", p => p.OutputMilliwatts), ("Positive rail (µA)", p => p.PositiveRailMicroamps), ("Negative rail (µA)", p => p.NegativeRailMicroamps));
    }

    private static void WriteTable(ReportPage page, string caption, IReadOnlyList<LayerPower> layers, params (string Name, Func<LayerPower, double?> Value)[] columns) => ReportTable.Write(
        page,
        caption,
        ["Layer", .. columns.Select(c => c.Name)],
        [.. layers.Select(p => (ReportCell[])[ReportCell.Words($"Layer {p.Layer}"), .. columns.Select(c => ReportCell.Short(c.Value(p)))])],
        [ReportCell.Words("All layers"), .. columns.Select(c => ReportCell.Short(Sum(layers.Select(c.Value))))]);

    private static void WriteChart(IReadOnlyList<LayerPower> layers, ReportPage page)
    {
        (string Name, Func<LayerPower, double?> Value)[] kinds =
            [("memristors", p => p.DevicesMilliwatts), ("inverters", p => p.InvertersMilliwatts), ("wires", p => p.WordLineWiresMilliwatts + p.BitLineWiresMilliwatts)];
        IntervalBar[] bars =
        [
            .. layers.SelectMany(layer => kinds.Select((kind, i) => (layer.Layer, kind.Name, Milliwatts: kind.Value(layer), Colour: i)))
                .Where(b => b.Milliwatts is not null)
                .Select(b => new IntervalBar
                {
                    Name = $"Layer {b.Layer}, {b.Name}", Value = b.Milliwatts!.Value, ValueText = $"{FigureText.Short(b.Milliwatts!.Value)} mW", ColourIndex = b.Colour,
                }),
        ];
        if (bars.Length == 0) return;

        page.Figure("power", new IntervalChart
        {
            Heading = new() { Title = "Where static power becomes heat", Description = string.Join("; ", bars.Select(b => $"{b.Name}: {b.ValueText}")), WidthPixels = 420 },
            ValueAxis = new() { Label = "Heat", Unit = "mW" },
            Bars = bars,
        });
    }

    /// <summary>The sum, or null when a summand is missing.</summary>
    private static double? Sum(IEnumerable<double?> values) => values.Aggregate((double?)0, (sum, value) => sum + value);
}
