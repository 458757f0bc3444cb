using System.Globalization;
using CircuitSim.Export.Runs;
using CircuitSim.Mapping.Variation;
using CircuitSim.Training.Bayesian;
using CircuitSim.Training.Data;
using CircuitSim.Training.ExSitu;

namespace CircuitSim.Export.ExSitu;

/// <summary>Reads and writes the settings of an experiment with a posterior.</summary>
internal static class BayesianExperiment
{
    internal const string Method = "bayesian";

    private const string Positive = "a positive number", AtLeastZero = "a number of at least 0";

    internal static Experiment Read(YamlSection root)
    {
        string name = ExperimentFile.Name(root);
        ulong seed = root.Seed("seed", 1);
        YamlSection data = root.Section("data", required: true);
        DataSettings set = Data(data);
        IReadOnlyList<string> classes = data.Texts("classes") ?? [];
        IReadOnlyList<IReadOnlyList<string>> also = [.. data.Sections("also").Select(Classes)];
        int? count = data.OptionalCount("train_count", 10);
        data.RefuseUnknownKeys();
        NetworkSettings network = ExperimentFile.Network(root.Section("network", required: true));
        if (classes.Count > 0 && network.Layers.Count > 0 && network.Layers[^1] != classes.Count)
            data.Complain("classes", $"'classes' has {classes.Count} entries, but the last layer has {network.Layers[^1]} neurons; make them equal.");
        YamlSection check = root.Section("check");
        check.Section("limits").Complain("worst_node_millivolts", "'worst_node_millivolts' goes with inverters; currents are judged by 'accuracy_drop_percent' and 'spice_volts'.");
        YamlSection train = root.Section("train"), transfer = root.Section("transfer");
        var d = new BayesianSettings();
        var experiment = new Experiment
        {
            Name = name,
            Seed = seed,
            Data = set,
            Network = network,
            Train = new TrainSettings { Method = Method },
            Check = ExperimentFile.Check(check),
            Export = ExperimentFile.Export(root.Section("export")),
            Bayesian = new BayesianSettings
            {
                Classes = classes,
                Also = also,
                TrainCount = count,
                Posterior = Posterior(train, seed),
                PredictionDraws = train.Count("prediction_draws", d.PredictionDraws, 2, ExperimentLimits.Draws),
                DeterministicEpochs = train.Count("deterministic_epochs", d.DeterministicEpochs, 1),
                Device = TransferDevice.Read(root.Section("device")),
                Wiring = Wiring(root.Section("circuit")),
                Crossbars = Rising(transfer, "crossbars", transfer.Counts("crossbars", 1, 1, most: ExperimentLimits.Crossbars) ?? d.Crossbars),
                Chips = transfer.Count("chips", d.Chips, 2, ExperimentLimits.StudyChips),
                TotalVariation = transfer.Number("total_variation", d.TotalVariation, v => v is > 0 and < 1, "between 0 and 1, both excluded"),
            },
        };
        BayesianSettings settings = experiment.Bayesian;
        int draws = settings.Posterior.Sampler.ChainCount * settings.Posterior.Sampler.DrawCount;
        if (settings.PredictionDraws > draws) train.Complain("prediction_draws", $"'prediction_draws' is {settings.PredictionDraws}, but the chains have {draws} draws together.");
        if (settings.Crossbars.Any(k => k > draws)) transfer.Complain("crossbars", $"'crossbars' asks for more draws than the {draws} of the chains together.");
        train.RefuseUnknownKeys();
        transfer.RefuseUnknownKeys();
        root.RefuseUnknownKeys();
        return experiment;
    }

    internal static void Write(TextWriter writer, Experiment experiment)
    {
        BayesianSettings s = experiment.Bayesian!;
        NutsOptions n = s.Posterior.Sampler;
        string classes = s.Classes.Count == 0 ? "" : $", classes: {List(s.Classes)}";
        string also = s.Also.Count == 0 ? "" : $", also: [{string.Join(", ", s.Also.Select(a => $"{{ classes: {List(a)} }}"))}]";
        string count = s.TrainCount is int c ? FormattableString.Invariant($", train_count: {c}") : "";
        writer.Write(string.Create(CultureInfo.InvariantCulture, $$"""
            name: {{experiment.Name}}
            seed: {{experiment.Seed}}
            data:    { set: {{ExperimentFile.Scalar(experiment.Data.Set)}}{{WriteSplit(experiment.Data)}}{{classes}}{{also}}{{count}} }
            network: { layers: [{{string.Join(", ", experiment.Network.Layers)}}] }
            train:   { method: {{Method}}, prior_deviation: {{s.Posterior.PriorDeviation:R}}, chains: {{n.ChainCount}}, warm_up: {{n.WarmUpCount}}, draws: {{n.DrawCount}}, target_acceptance: {{n.TargetAcceptance:R}}, maximum_depth: {{n.MaximumTreeDepth}}, prediction_draws: {{s.PredictionDraws}}, deterministic_epochs: {{s.DeterministicEpochs}} }
            device:  {{s.Device.Write()}}
            circuit: {{WriteWiring(s.Wiring)}}
            transfer: { crossbars: [{{string.Join(", ", s.Crossbars)}}], chips: {{s.Chips}}, total_variation: {{s.TotalVariation:R}} }

            """).ReplaceLineEndings("\n"));
    }

    /// <summary>Data set and, where none is published, the share that trains.</summary>
    internal static DataSettings Data(YamlSection section)
    {
        string set = section.IsPresent ? section.Text("set", null) : "";
        bool isPublished = PublishedSplits.Names.Contains(set), isCsv = set.EndsWith(".csv", StringComparison.OrdinalIgnoreCase);
        string? label = section.OptionalText("label");
        if (isCsv && label is null) section.Complain("set", $"'{set}' is a table; name the column that holds the class: 'label: COLUMN'.");
        if (!isCsv && label is not null) section.Complain("label", "'label' goes with a CSV file; a named data set knows its classes.");
        if (isPublished) section.Complain("train", $"'{set}' has a published test part; leave 'train' out.");
        return new DataSettings { Set = set, Label = label, Train = section.Number("train", 0.5, v => v is > 0 and < 1, "between 0 and 1, both excluded") };
    }

    internal static string WriteSplit(DataSettings data) =>
        (data.Label is null ? "" : $", label: {ExperimentFile.Scalar(data.Label)}")
        + (PublishedSplits.Names.Contains(data.Set) ? "" : string.Create(CultureInfo.InvariantCulture, $", train: {data.Train:R}"));

    internal static ReadoutWiring Wiring(YamlSection section)
    {
        var d = new ReadoutWiring();
        var wiring = new ReadoutWiring
        {
            ReadVolts = section.Number("read_volts", d.ReadVolts, v => v > 0, "a positive number of volts"),
            NodeNanometres = section.Number("node_nm", d.NodeNanometres, v => WireGeometry.Nodes.Contains(v), $"one of {string.Join(", ", WireGeometry.Nodes)}"),
            SourceOhms = section.Number("source_ohms", d.SourceOhms, v => v >= 0, AtLeastZero),
            TerminalOhms = section.Number("terminal_ohms", d.TerminalOhms, v => v >= 0, AtLeastZero),
            ReadSeconds = section.Number("read_seconds", d.ReadSeconds, v => v > 0, "a positive number of seconds"),
        };
        section.RefuseUnknownKeys();
        return wiring;
    }

    internal static string WriteWiring(ReadoutWiring w) => string.Create(CultureInfo.InvariantCulture,
        $"{{ read_volts: {w.ReadVolts:R}, node_nm: {w.NodeNanometres:R}, source_ohms: {w.SourceOhms:R}, terminal_ohms: {w.TerminalOhms:R}, read_seconds: {w.ReadSeconds:R} }}");

    private static BayesianNetworkOptions Posterior(YamlSection section, ulong seed)
    {
        section.Mark("method");
        var d = new NutsOptions();
        return new BayesianNetworkOptions
        {
            PriorDeviation = section.Number("prior_deviation", 1, v => v > 0, Positive),
            Sampler = new NutsOptions
            {
                Seed = seed,
                ChainCount = section.Count("chains", d.ChainCount, 1, ExperimentLimits.Chains),
                WarmUpCount = section.Count("warm_up", d.WarmUpCount, 20, ExperimentLimits.Draws),
                DrawCount = section.Count("draws", d.DrawCount, 4, ExperimentLimits.Draws),
                TargetAcceptance = section.Number("target_acceptance", d.TargetAcceptance, v => v is > 0 and < 1, "between 0 and 1, both excluded"),
                MaximumTreeDepth = (int)section.Number("maximum_depth", d.MaximumTreeDepth, v => v is >= 1 and <= 20 && v == Math.Floor(v), "a whole number from 1 to 20"),
            },
        };
    }

    private static IReadOnlyList<string> Classes(YamlSection section)
    {
        IReadOnlyList<string> classes = section.Texts("classes") ?? [];
        if (classes.Count < 2) section.Require("'classes' with at least two entries is needed.");
        section.RefuseUnknownKeys();
        return classes;
    }

    internal static IReadOnlyList<int> Rising(YamlSection section, string key, IReadOnlyList<int> counts)
    {
        if (counts.Zip(counts.Skip(1)).Any(p => p.First >= p.Second)) section.Complain(key, $"'{key}' must rise, each number once.");
        return counts;
    }

    private static string List(IReadOnlyList<string> texts) => $"[{string.Join(", ", texts.Select(ExperimentFile.Scalar))}]";
}
