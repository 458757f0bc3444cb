using System.Globalization;
using System.Text.Json;
using CircuitSim.Circuit.Errors;
using CircuitSim.Export.Reports;
using CircuitSim.Mapping.Files;
using CircuitSim.Training.InSitu;

namespace CircuitSim.Export.InSitu;

/// <summary>A network trained in situ on disk: <c>model.json</c>, and the conductances of each array in a NumPy file beside it.</summary>
internal static class InSituNetworkFile
{
    private const int SchemaVersion = 1;

    internal static void Write(string path, InSituNetwork network)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!, stem = Path.GetFileNameWithoutExtension(path);
        var layers = new List<LayerEntry>();
        for (int l = 0; l < network.Layers.Count; l++)
        {
            InSituLayer layer = network.Layers[l];
            var digits = new List<DigitEntry>();
            for (int d = 0; d < layer.Digits.Count; d++)
            {
                string place = string.Create(CultureInfo.InvariantCulture, $"{stem}.layer{l + 1}{(layer.Digits.Count > 1 ? $".digit{d + 1}" : "")}");
                digits.Add(new DigitEntry(layer.Digits[d].WeightPerSiemens, layer.Digits[d].HasReference, $"{place}.positive.npy", $"{place}.negative.npy"));
                Save(Path.Combine(folder, digits[^1].PositiveSiemensFile), layer.Digits[d].PositiveSiemens.Span, layer);
                Save(Path.Combine(folder, digits[^1].NegativeSiemensFile), layer.Digits[d].NegativeSiemens.Span, layer);
            }

            layers.Add(new LayerEntry(layer.InputCount, layer.OutputCount, layer.WeightLimit, digits));
        }

        var entry = new NetworkEntry(SchemaVersion, InSituExperiment.Method, network.Output, network.HasBias, network.UnitSiemens, layers);
        AtomicFile.Write(path, s => JsonSerializer.Serialize(s, entry, FidelityJson.Options));
    }

    internal static InSituNetwork Read(string path)
    {
        NetworkEntry entry = JsonInput.Read<NetworkEntry>(path, "a network trained in situ", "Train again.", FidelityJson.Options);
        if (entry.SchemaVersion != SchemaVersion || entry.Method != InSituExperiment.Method || entry.Layers.Count == 0)
            throw new InputFileException(path, $"holds a network of method '{entry.Method}', version {entry.SchemaVersion}; '{InSituExperiment.Method}', version {SchemaVersion}, is needed. Train again.");
        bool isSound = entry.Layers.All(l => l is { InputCount: > 0, OutputCount: > 0, Digits.Count: > 0 } && (long)l.InputCount * l.OutputCount <= int.MaxValue) && entry.UnitSiemens > 0;
        if (!isSound) throw new InputFileException(path, "holds a layer without inputs, outputs or arrays, or a unit of conductance that is not positive. Train again.");
        return new InSituNetwork([.. entry.Layers.Select(l => Layer(l, path))], entry.Output, entry.HasBias, entry.UnitSiemens);
    }

    private static void Save(string path, ReadOnlySpan<double> siemens, InSituLayer layer)
    {
        double[] values = siemens.ToArray();
        AtomicFile.Write(path, s => NpyFile.Write(s, values, layer.OutputCount, layer.InputCount));
    }

    private static InSituLayer Layer(LayerEntry entry, string path)
    {
        InSituDigit[] digits = [.. entry.Digits.Select(d => new InSituDigit
        {
            PositiveSiemens = Load(InnerPath.Of(path, d.PositiveSiemensFile), entry),
            NegativeSiemens = Load(InnerPath.Of(path, d.NegativeSiemensFile), entry),
            WeightPerSiemens = d.WeightPerSiemens,
            HasReference = d.HasReference,
        })];
        var weights = new double[entry.OutputCount * entry.InputCount];
        foreach (InSituDigit digit in digits)
            for (int k = 0; k < weights.Length; k++) weights[k] += digit.WeightPerSiemens * (digit.PositiveSiemens.Span[k] - digit.NegativeSiemens.Span[k]);
        return new InSituLayer { OutputCount = entry.OutputCount, InputCount = entry.InputCount, Weights = weights, WeightLimit = entry.WeightLimit, Digits = digits };
    }

    private static double[] Load(string path, LayerEntry entry)
    {
        (double[] values, int rows, int columns) = NpyFile.Read(path);
        return rows == entry.OutputCount && columns == entry.InputCount
            ? values
            : throw new InputFileException(path, $"holds {rows} x {columns} conductances; {entry.OutputCount} outputs x {entry.InputCount} inputs are needed. Train again.");
    }

    private sealed record NetworkEntry(int SchemaVersion, string Method, OutputKind Output, bool HasBias, double UnitSiemens, IReadOnlyList<LayerEntry> Layers);

    private sealed record LayerEntry(int InputCount, int OutputCount, double WeightLimit, IReadOnlyList<DigitEntry> Digits);

    private sealed record DigitEntry(double WeightPerSiemens, bool HasReference, string PositiveSiemensFile, string NegativeSiemensFile);
}
