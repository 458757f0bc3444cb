using System.Globalization;
using System.Text.Json;
using CircuitSim.Circuit.Networks;
using CircuitSim.Export.Reports;
using CircuitSim.Mapping;
using CircuitSim.Mapping.Files;

namespace CircuitSim.Export.Runs;

/// <summary>What mapping leaves in a run folder: a summary by layer, and a table of every memristor.</summary>
internal static class MappingFiles
{
    private const string Header = "name,layer,word_line,bit_line,sign,target_siemens,programmed_siemens,ohms,word_line_node,bit_line_node\n";

    internal static void Write(RunFolder folder, MappedNetwork mapped, bool isReal)
    {
        AtomicFile.WriteText(folder.Devices, writer => WriteDevices(writer, mapped));
        AtomicFile.Write(folder.Mapping, stream => JsonSerializer.Serialize(stream, new
        {
            schemaVersion = 1,
            scheme = "phax",
            card = mapped.Card.Name,
            cardSource = mapped.Card.Source,
            minimumSiemens = mapped.Card.MinimumSiemens,
            maximumSiemens = mapped.Card.MaximumSiemens,
            deviceCount = mapped.DeviceCount,
            clippedCount = mapped.ClippedCount,
            layers = Summaries(mapped, isReal),
        }, FidelityJson.Options));
    }

    internal static IReadOnlyList<LayerMapping> Summaries(MappedNetwork mapped, bool isReal) => [.. mapped.Layers.Select((layer, i) =>
    {
        double[] g = layer.ProgrammedSiemens.ToArray();
        return new LayerMapping
        {
            Layer = i + 1,
            WordLineCount = layer.WordLineCount,
            BitLineCount = layer.BitLineCount,
            MinimumSiemens = g.Min(),
            MeanSiemens = g.Average(),
            MaximumSiemens = g.Max(),
            ClippedCount = layer.ClippedCount,
            Programming = isReal ? Programming(layer, mapped.Circuit.Layers[i]) : null,
        };
    })];

    private static LayerProgramming Programming(MappedLayer layer, LayerCircuit circuit) => new()
    {
        Pulses = layer.Programming.Pulses,
        EnergyJoules = layer.Programming.EnergyJoules,
        GaveUpCount = layer.Programming.GaveUpCount,
        StuckCount = layer.Programming.StuckLow + layer.Programming.StuckHigh + layer.Programming.StuckAnywhere,
        LineFaultCount = circuit.Crossbar.Faults.Count,
        RmsErrorSiemens = layer.Programming.RmsErrorSiemens,
        ExpectedRmsErrorSiemens = layer.Programming.ExpectedRmsErrorSiemens,
        LargestScale = layer.ScaleOverLowest.ToArray().Max(),
    };

    // Lines count from 1, as in names. The sign is that of the line's voltage: + for x, n and +Vdd/2, - for -x, p and -Vdd/2.
    private static void WriteDevices(TextWriter writer, MappedNetwork mapped)
    {
        writer.Write(Header);
        for (int l = 0; l < mapped.Layers.Count; l++)
        {
            MappedLayer layer = mapped.Layers[l];
            ReadOnlySpan<double> target = layer.TargetSiemens.Span, programmed = layer.ProgrammedSiemens.Span;
            for (int i = 0; i < layer.WordLineCount; i++)
            {
                for (int j = 0; j < layer.BitLineCount; j++)
                {
                    int k = i * layer.BitLineCount + j;
                    (string word, string bit) = Elaborator.CrossPointNodes(mapped.Circuit, l, i, j);
                    writer.Write(string.Create(CultureInfo.InvariantCulture,
                        $"{NodeNames.Device(l, i, j)},{l + 1},{i + 1},{j + 1},{(i % 2 == 0 ? '+' : '-')},{target[k]:R},{programmed[k]:R},{1 / programmed[k]:R},{word},{bit}\n"));
                }
            }
        }
    }
}
