using System.Globalization;
using CircuitSim.Circuit.Errors;
using CircuitSim.Export.CrossCheck;
using CircuitSim.Export.Reports;
using CircuitSim.Export.Runs;
using YamlDotNet.RepresentationModel;

namespace CircuitSim.Export.Comparison;

/// <summary>Compares two runs by what they left in their folders.</summary>
public static class RunComparer
{
    /// <summary>Compares two runs of inverter networks.</summary>
    /// <param name="first">Folder of the first run, checked.</param>
    /// <param name="second">Folder of the second run, checked.</param>
    /// <returns>What differs in their experiments and results.</returns>
    /// <exception cref="InputFileException">A folder holds no such run, or one that was not checked.</exception>
    public static RunComparison Compare(RunFolder first, RunFolder second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        (Experiment experimentA, FidelityDocument a) = Read(first);
        (Experiment experimentB, FidelityDocument b) = Read(second);
        return FidelityJson.Use($"{first.Fidelity} or {second.Fidelity}", () => Compare(first, experimentA, a, second, experimentB, b));
    }

    private static RunComparison Compare(RunFolder first, Experiment experimentA, FidelityDocument a, RunFolder second, Experiment experimentB, FidelityDocument b)
    {
        string? obstacle = Obstacle(experimentA, a, experimentB, b);
        SettingDifference[] settings = Settings(experimentA, experimentB);
        AccuracyPair[] accuracies = Accuracies(a, b, isPaired: obstacle is null);
        return new RunComparison
        {
            First = Run(first, a),
            Second = Run(second, b),
            Summary = Summary(settings, accuracies),
            Settings = settings,
            Pairing = obstacle ?? $"Both runs classified the same {a.CrossCheck!.Samples.Count} held-out samples: data, split, seed and labels agree.",
            Accuracies = accuracies,
            Voltages = Voltages(a, b, isPaired: obstacle is null),
            Ladder = Ladder(a.Attribution, b.Attribution),
        };
    }

    private static (Experiment Experiment, FidelityDocument Document) Read(RunFolder folder)
    {
        if (!folder.IsRun) throw new InputFileException(folder.Root, "not a run folder: it lacks experiment.yaml or stages.json. Make it with 'circuitsim run EXPERIMENT'.");
        Experiment experiment = ExperimentFile.Read(folder.Experiment);
        if (experiment.InSitu is not null) throw new InputFileException(folder.Root, "holds a network trained in situ; runs of inverter networks are compared. Compare devices and modes with 'circuitsim run EXPERIMENT --matrix'.");
        return (experiment, FidelityJson.Read(folder.Fidelity));
    }

    private static ComparedRun Run(RunFolder folder, FidelityDocument document) => new()
    {
        Folder = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder.Root))),
        Name = document.Name,
        Seed = document.Seed,
        ProgramVersion = document.ProgramVersion,
        Passed = document.Verdict.Passed,
        Summary = document.Verdict.Summary,
        DeviceCount = document.Network.DeviceCount,
        PowerMilliwatts = document.PowerBalance?.DissipatedMilliwatts,
        DelaySeconds = document.Speed?.WorstDelaySeconds,
        EnergyJoules = document.Speed?.EnergyPerInferenceJoules,
    };

    /// <summary>Why samples cannot be paired, or null when they can.</summary>
    private static string? Obstacle(Experiment experimentA, FidelityDocument a, Experiment experimentB, FidelityDocument b)
    {
        if (experimentA.Data != experimentB.Data || a.DataSet.SampleCount != b.DataSet.SampleCount)
            return "Samples are not paired: the runs have different data, so that accuracies are held against each other by their intervals only.";
        if (a.Seed != b.Seed)
            return "Samples are not paired: the seed decides which samples are held out, so that accuracies are held against each other by their intervals only.";
        if (a.CrossCheck is not { Samples.Count: > 0 } first || b.CrossCheck is not { Samples.Count: > 0 } second)
            return "Samples are not paired: a run does not say how each sample was classified. Check it again with 'circuitsim check'.";
        return first.Samples.Select(s => (s.Sample, s.Label)).SequenceEqual(second.Samples.Select(s => (s.Sample, s.Label)))
            ? null
            : "Samples are not paired: the runs checked different ones, so that accuracies are held against each other by their intervals only.";
    }

    private static AccuracyPair[] Accuracies(FidelityDocument a, FidelityDocument b, bool isPaired) =>
    [
        .. a.Accuracies.Concat(b.Accuracies).Select(x => x.Name).Distinct().Select(name => new AccuracyPair
        {
            Name = name,
            First = a.Accuracies.FirstOrDefault(x => x.Name == name),
            Second = b.Accuracies.FirstOrDefault(x => x.Name == name),
            Paired = isPaired ? Paired(name, a.CrossCheck!, b.CrossCheck!) : null,
        }),
    ];

    private static ClassAgreement? Paired(string name, CrossCheckTable a, CrossCheckTable b)
    {
        int[]? first = Classes(name, a), second = Classes(name, b);
        return first is null || second is null ? null : ClassAgreement.Of(first, second, [.. a.Samples.Select(s => s.Label)]);
    }

    private static int[]? Classes(string name, CrossCheckTable table)
    {
        string? engine = ReportEngine.Of(name);
        int column = table.Engines.Select(ReportEngine.Of).ToList().FindIndex(e => e is not null && e == engine);
        // Fine-tuning has accuracies from before it, whose classes are not those of the table.
        if (column < 0 || name.Contains("before", StringComparison.Ordinal) || table.Samples.Any(s => s.Classes[column] is null)) return null;
        return [.. table.Samples.Select(s => s.Classes[column]!.Value)];
    }

    private static VoltagePair[] Voltages(FidelityDocument a, FidelityDocument b, bool isPaired)
    {
        if (!a.Network.LayerSizes.SequenceEqual(b.Network.LayerSizes)) return [];
        return
        [
            .. from x in a.Layers
               join y in b.Layers on (x.Layer, x.Signal) equals (y.Layer, y.Signal)
               select Voltages(x, y, isPaired && x.Count == y.Count && x.Scatter.CircuitVolts.Count == y.Scatter.CircuitVolts.Count),
        ];
    }

    private static VoltagePair Voltages(LayerSignalError a, LayerSignalError b, bool isPaired)
    {
        (double Rms, double Worst)? distance = isPaired ? SignalComparison.Distance([.. b.Scatter.CircuitVolts], [.. a.Scatter.CircuitVolts]) : null;
        return new VoltagePair
        {
            Layer = a.Layer,
            Signal = a.Signal,
            FirstRmsMillivolts = a.RmsMillivolts,
            SecondRmsMillivolts = b.RmsMillivolts,
            FirstWorstMillivolts = a.WorstMillivolts,
            SecondWorstMillivolts = b.WorstMillivolts,
            PairCount = isPaired ? a.Scatter.CircuitVolts.Count : 0,
            CircuitsRmsMillivolts = distance?.Rms,
            CircuitsWorstMillivolts = distance?.Worst,
        };
    }

    private static LadderPair[] Ladder(IReadOnlyList<AttributionStep> a, IReadOnlyList<AttributionStep> b) =>
    [
        .. a.Concat(b).Select(s => s.Name).Distinct().Select(name => new LadderPair(name, a.FirstOrDefault(s => s.Name == name), b.FirstOrDefault(s => s.Name == name))),
    ];

    private static string Summary(SettingDifference[] settings, AccuracyPair[] accuracies)
    {
        string differing = settings.Length switch
        {
            0 => "The experiments are the same",
            1 => $"The experiments differ in {settings[0].Key}",
            _ => string.Create(CultureInfo.InvariantCulture, $"The experiments differ in {settings.Length} settings"),
        };
        AccuracyPair? circuit = Array.Find(accuracies, a => a.Name == CrossChecker.CircuitName);
        if (circuit is not { First: { } first, Second: { } second }) return differing + ".";

        string test = circuit.Paired?.McNemar is { } mcNemar ? string.Create(CultureInfo.InvariantCulture, $" (McNemar's p = {mcNemar.PValue:G2})") : "";
        return string.Create(CultureInfo.InvariantCulture, $"{differing}; the first circuit classifies {first.Percent:F1} %, the second {second.Percent:F1} %{test}.");
    }

    private static SettingDifference[] Settings(Experiment a, Experiment b)
    {
        List<KeyValuePair<string, string>> first = Flat(a), second = Flat(b);
        Dictionary<string, string> ofFirst = new(first), ofSecond = new(second);
        return
        [
            .. first.Concat(second).Select(s => s.Key).Distinct()
                .Select(key => new SettingDifference(key, ofFirst.GetValueOrDefault(key), ofSecond.GetValueOrDefault(key)))
                .Where(s => s.First != s.Second),
        ];
    }

    /// <summary>Every setting of an experiment with its path, as its file says it.</summary>
    private static List<KeyValuePair<string, string>> Flat(Experiment experiment)
    {
        using var text = new StringWriter();
        ExperimentFile.Write(text, experiment);
        var stream = new YamlStream();
        stream.Load(new StringReader(text.ToString()));
        var settings = new List<KeyValuePair<string, string>>();
        Add((YamlMappingNode)stream.Documents[0].RootNode, "");
        return settings;

        void Add(YamlMappingNode node, string path)
        {
            foreach ((YamlNode key, YamlNode value) in node)
            {
                string name = path + ((YamlScalarNode)key).Value;
                if (value is YamlMappingNode section) Add(section, name + ".");
                else settings.Add(new(name, Text(value)));
            }
        }
    }

    private static string Text(YamlNode node) => node switch
    {
        YamlSequenceNode list => $"[{string.Join(", ", list.Select(Text))}]",
        YamlMappingNode map => $"{{ {string.Join(", ", map.Select(p => $"{Text(p.Key)}: {Text(p.Value)}"))} }}",
        _ => ((YamlScalarNode)node).Value ?? "",
    };
}
