using CsvHelper;

namespace CircuitSim.Export.Figures;

/// <summary>A sketch of an inverter network: crossbars in series, each bit line ending in two inverters that drive the next crossbar.</summary>
public sealed record CircuitSketch : Figure
{
    /// <summary>Most crossbars that fit into one sketch.</summary>
    public const int MaximumLayerCount = 4;

    /// <summary>Crossbars from input to output, 1 to <see cref="MaximumLayerCount"/> of them.</summary>
    public required IReadOnlyList<SketchedCrossbar> Layers { get; init; }

    internal override void Draw(MarkupWriter svg, bool isStandalone) => SketchDrawing.Draw(this, svg, isStandalone);

    internal override void WriteData(CsvWriter table)
    {
        table.WriteRecord(["layer", "word lines", "bit lines"]);
        for (int i = 0; i < Layers.Count; i++)
        {
            table.WriteField(i + 1);
            table.WriteField(Layers[i].WordLineCount);
            table.WriteField(Layers[i].BitLineCount);
            table.EndRecord();
        }
    }
}
