using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CircuitSim.Export.Reports;
using CircuitSim.Export.Runs;
using CircuitSim.Mapping.Files;
using CircuitSim.Mapping.Tiles;
using CircuitSim.Training.ArchitectureAware;
using CircuitSim.Training.Data;
using CircuitSim.Training.Layers;

namespace CircuitSim.Export.ArchitectureAware;

/// <summary>Measures the points of all figures. Each is kept in a journal, a line a point, so that an interrupted run goes on with the next one.</summary>
internal sealed class ArrayPoints(
    ArraySettings settings, ImageSplit images, string imagesFingerprint, Func<string, TrainedImageNetwork> trained, string journal, RunServices services, int threads)
{
    private static readonly JsonSerializerOptions Line = new(FidelityJson.Options) { WriteIndented = false };

    internal List<ArrayPoint> Measure(Action<double, string> progress, CancellationToken cancellationToken)
    {
        (ArrayEvaluationSettings Evaluation, ArrayTraining Training, ArrayModel Arrays)[] wanted = [.. settings.Evaluations.SelectMany(Expand)];
        Dictionary<string, Entry> kept = Read();
        var points = new List<ArrayPoint>();
        foreach ((ArrayEvaluationSettings evaluation, ArrayTraining training, ArrayModel arrays) in wanted)
        {
            ArrayModel? model = TrainingLevels.Of(arrays, evaluation.Level);
            string key = RunStages.Fingerprint(services.Program, imagesFingerprint, Numbers(trained(training.Name)), training.Name, evaluation.Figure, Key(model), evaluation.Chips.ToString(CultureInfo.InvariantCulture), Math.Min(evaluation.Images, images.Test.Count).ToString(CultureInfo.InvariantCulture));
            progress((double)points.Count / wanted.Length, $"figure {evaluation.Figure}, {training.Name}");
            ArrayPoint point;
            if (kept.TryGetValue(key, out Entry? entry))
            {
                if (entry.VectorUnits != services.VectorUnits && !services.MixesVectorUnits)
                    throw new VectorUnitsException($"A point of '{journal}'", entry.VectorUnits, services.VectorUnits);
                point = entry.Point;
            }
            else
            {
                point = Measure(evaluation, training, model, cancellationToken);
                AtomicFile.Append(journal, JsonSerializer.Serialize(new Entry(key, services.VectorUnits, point), Line) + "\n");
            }

            points.Add(point);
        }

        return points;
    }

    internal static IReadOnlyList<ArrayComparison> Compare(IReadOnlyList<ArrayPoint> points)
    {
        var all = new List<ArrayComparison>();
        foreach (IGrouping<(string Figure, double Variation, int Chips), ArrayPoint> group in points.Where(p => p.Percent.Count >= 5).GroupBy(p => (p.Figure, p.Variation, p.Percent.Count)))
        {
            ArrayPoint[] members = [.. group];
            for (int i = 0; i < members.Length; i++)
            {
                for (int j = i + 1; j < members.Length; j++)
                {
                    ArrayPoint a = members[i], b = members[j];
                    all.Add(new ArrayComparison(
                        group.Key.Figure, a.Training, b.Training, group.Key.Variation, b.MedianPercent - a.MedianPercent, SignedRankTest.Probability(a.Percent, b.Percent),
                        a.SpreadPercent > 0 ? b.SpreadPercent / a.SpreadPercent : 0, SignedRankTest.Probability(Distances(a), Distances(b))));
                }
            }
        }

        return all;
    }

    private static double[] Distances(ArrayPoint point) => [.. point.Percent.Select(v => Math.Abs(v - point.MedianPercent))];

    private static string Numbers(TrainedImageNetwork network) =>
        Convert.ToHexStringLower(SHA256.HashData([.. MemoryMarshal.AsBytes(network.Parameters.Span), .. MemoryMarshal.AsBytes(network.State.Span), .. MemoryMarshal.AsBytes<float>([.. network.Ranges?.Shares ?? []])]));

    private static string Key(ArrayModel? model) => model is null ? "floating point" : string.Create(CultureInfo.InvariantCulture,
        $"{model.WeightBits} {model.InputBits} {model.OnOffRatio:R} {model.Offset} {model.Variation:R} {model.Tiles}");

    private IEnumerable<(ArrayEvaluationSettings, ArrayTraining, ArrayModel)> Expand(ArrayEvaluationSettings evaluation) =>
        from name in evaluation.Of
        let training = settings.Trainings.First(t => t.Name == name)
        from model in evaluation.Models(training, settings.Arrays)
        select (evaluation, training, model);

    private ArrayPoint Measure(ArrayEvaluationSettings evaluation, ArrayTraining training, ArrayModel? model, CancellationToken cancellationToken)
    {
        LabelledImages test = images.Test.First(evaluation.Images);
        ArrayEvaluator evaluator = ArrayEvaluator.Create(trained(training.Name), model, images.Training, threads);
        var percent = new List<double>();
        long conversions = 0, clipped = 0;
        for (int chip = 1; chip <= (model is { Variation: > 0 } ? evaluation.Chips : 1); chip++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ArrayEvaluation judged = evaluator.Evaluate(test, model is { Variation: > 0 } ? settings.Training.Seed * 1_000_003 + (ulong)chip : null, cancellationToken);
            percent.Add(100 * judged.Accuracy);
            (conversions, clipped) = (conversions + judged.ConversionCount, clipped + judged.ClippedCount);
        }

        return new ArrayPoint
        {
            Figure = evaluation.Figure,
            Training = training.Name,
            Level = (int)evaluation.Level,
            WeightBits = model?.WeightBits,
            OnOffRatio = model is null || double.IsInfinity(model.OnOffRatio) ? null : model.OnOffRatio,
            Variation = model?.Variation ?? 0,
            Converter = model?.Tiles is { } t ? $"{t.ConverterBits}-bit ADC, {Name(t.Range)}{(t.IsBitSerial ? ", bit-serial" : "")}" : null,
            Offset = (model?.Offset ?? LevelOffset.Ignored) == LevelOffset.Ignored ? "ignored" : "spread",
            ImageCount = test.Count,
            Percent = percent,
            ClippedShare = conversions == 0 ? 0 : (double)clipped / conversions,
        };
    }

    private static string Name(ConverterRange range) => range switch { ConverterRange.FullScale => "full scale", ConverterRange.Learnt => "learnt range", _ => "calibrated" };

    // A line that was cut short by an interruption is measured again, and cut off so that the next one begins a line.
    private Dictionary<string, Entry> Read()
    {
        var kept = new Dictionary<string, Entry>();
        InnerPath.RefuseLink(journal);
        if (!File.Exists(journal)) return kept;
        string text = Encoding.UTF8.GetString(InputBytes.Read(journal));
        int whole = text.LastIndexOf('\n') + 1;
        if (whole < text.Length) AtomicFile.WriteText(journal, w => w.Write(text.AsSpan(0, whole)));
        int number = 0;
        foreach (string line in text[..whole].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            number++;
            Entry entry = JsonInput.Read<Entry>(Encoding.UTF8.GetBytes(line), journal, "a measured point", "Remove the line, or the file to measure all again.", Line, number);
            kept[entry.Key] = entry;
        }

        return kept;
    }

    private sealed record Entry(string Key, string VectorUnits, ArrayPoint Point);
}
