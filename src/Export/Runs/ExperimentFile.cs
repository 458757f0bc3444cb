using System.Globalization;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists.Dialects;
using CircuitSim.Circuit.Networks;
using CircuitSim.Export.ArchitectureAware;
using CircuitSim.Export.CrossCheck;
using CircuitSim.Export.ExSitu;
using CircuitSim.Export.InSitu;
using CircuitSim.Export.Speed;
using CircuitSim.Mapping.Files;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace CircuitSim.Export.Runs;

/// <summary>Reads and writes experiment files: strict YAML, in which an unknown key is an error with its line and a suggestion.</summary>
public static class ExperimentFile
{
    private static readonly System.Text.UTF8Encoding StrictText = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads an experiment.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The experiment with defaults filled in.</returns>
    /// <exception cref="InputFileException">The file is missing, is no YAML, or breaks a rule; every problem is listed with its line.</exception>
    public static Experiment Read(string path)
    {
        byte[] bytes = InputBytes.Read(path);
        if (bytes.Length > ExperimentLimits.Bytes) throw new InputFileException(path, $"has {bytes.Length} bytes; an experiment has {ExperimentLimits.Bytes} at most.");
        try
        {
            return Parse(StrictText.GetString(bytes), path);
        }
        catch (System.Text.DecoderFallbackException e)
        {
            throw new InputFileException(path, "is not UTF-8; save it as UTF-8 text.", byteOffset: e.Index, innerException: e);
        }
    }

    /// <summary>Reads an experiment from text.</summary>
    /// <param name="yaml">The text.</param>
    /// <param name="path">Name of the file for messages.</param>
    /// <returns>The experiment with defaults filled in.</returns>
    /// <exception cref="InputFileException">The text is no YAML, or breaks a rule; every problem is listed with its line.</exception>
    public static Experiment Parse(string yaml, string path)
    {
        var problems = new List<YamlProblem>();
        YamlMappingNode root = Root(yaml, path);
        Experiment experiment = Read(new YamlSection("the experiment", root, problems));
        CheckTogether(new YamlSection("the experiment", root, []), experiment, problems);
        if (problems.Count == 0 && experiment.Sweep is not null) ExperimentSweep.CheckGrids(root, experiment, problems);
        if (problems.Count == 0) return experiment;

        problems.Sort((a, b) => (a.Line, a.Column).CompareTo((b.Line, b.Column)));
        YamlProblem first = problems[0];
        string text = problems.Count == 1
            ? first.Problem
            : $"{problems.Count} problems:{string.Concat(problems.Select(p => $"\n  line {p.Line}: {p.Problem}"))}";
        throw new InputFileException(path, text, first.Line, first.Column);
    }

    /// <summary>An experiment with some settings replaced.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="values">Keys with dots, and values as text.</param>
    /// <returns>The experiment with those settings, without its sweep.</returns>
    /// <exception cref="InputFileException">A key or a value is not allowed.</exception>
    internal static Experiment With(Experiment experiment, IEnumerable<(string Key, string Value)> values)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        Write(text, experiment with { Sweep = null });
        YamlMappingNode root = Root(text.ToString(), experiment.Name);
        foreach ((string key, string value) in values) ExperimentSweep.Set(root, key, value);
        using var replaced = new StringWriter(CultureInfo.InvariantCulture);
        new YamlStream(new YamlDocument(root)).Save(replaced, assignAnchors: false);
        return Parse(replaced.ToString(), $"sweep of {experiment.Name}");
    }

    /// <summary>An experiment as its own file reads: a setting in micrometres may differ from its default in metres by the last bit.</summary>
    internal static Experiment AsWritten(Experiment experiment)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        Write(text, experiment);
        return Parse(text.ToString(), experiment.Name);
    }

    /// <summary>Writes an experiment with every setting spelled out; reading it back gives the same experiment.</summary>
    /// <param name="writer">Receives the YAML text.</param>
    /// <param name="experiment">The experiment.</param>
    public static void Write(TextWriter writer, Experiment experiment)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(experiment);
        if (experiment.Arrays is not null)
        {
            writer.Write(ArrayExperiment.Write(experiment));
            return;
        }

        (DataSettings data, TrainSettings train, DeviceSettings device, CircuitSettings circuit, CheckSettings check, ExportSettings export) =
            (experiment.Data, experiment.Train, experiment.Device, experiment.Circuit, experiment.Check, experiment.Export);
        string samples = export.Samples is null ? "all" : $"[{string.Join(", ", export.Samples)}]";
        string[] limits =
        [
            .. Limit("accuracy_drop_percent", check.Limits.AccuracyDropPercent),
            .. Limit("worst_node_millivolts", check.Limits.WorstNodeMillivolts),
            .. Limit("spice_volts", check.Limits.SpiceVolts),
        ];
        string checks = string.Create(CultureInfo.InvariantCulture, $$"""
            check:   { samples: {{check.Samples}}, against: [{{string.Join(", ", check.Against)}}], simulator_seconds: {{check.SimulatorSeconds:R}}, {{check.Budgets.Write()}}limits: { {{string.Join(", ", limits)}} } }
            export:  { dialects: [{{string.Join(", ", export.Dialects)}}], samples: {{samples}} }

            """).ReplaceLineEndings("\n");
        if (experiment is { Bayesian: not null } or { ExSitu: not null })
        {
            if (experiment.Bayesian is not null) BayesianExperiment.Write(writer, experiment);
            else ExSituExperiment.Write(writer, experiment);
            writer.Write(checks);
            return;
        }

        if (experiment.InSitu is { } inSitu)
        {
            writer.Write(string.Create(CultureInfo.InvariantCulture, $$"""
                name: {{experiment.Name}}
                seed: {{experiment.Seed}}
                data:    { set: {{Scalar(data.Set)}}, {{(data.Label is null ? "" : $"label: {Scalar(data.Label)}, ")}}train: {{data.Train:R}}, validation: {{inSitu.Validation:R}} }
                network: { layers: [{{string.Join(", ", experiment.Network.Layers)}}] }

                """).ReplaceLineEndings("\n"));
            writer.Write(InSituExperiment.Write(experiment));
            writer.Write(checks);
            return;
        }

        writer.Write(string.Create(CultureInfo.InvariantCulture, $$"""
            name: {{experiment.Name}}
            seed: {{experiment.Seed}}
            chip: {{experiment.Chip}}
            data:    { set: {{Scalar(data.Set)}}, {{(data.Label is null ? "" : $"label: {Scalar(data.Label)}, ")}}train: {{data.Train:R}} }
            network: { layers: [{{string.Join(", ", experiment.Network.Layers)}}] }
            train:   { method: {{train.Method}}, curve: {{train.Curve}}, epochs: {{train.Epochs}}, optimizer: {{train.Optimizer}}, learning_rate: {{train.LearningRate:R}}, momentum: {{train.Momentum:R}}, loss: {{train.Loss}}, batch: {{train.Batch}}, {{InTheLoop(train)}} }
            device:  {{ExperimentDevice.Write(device)}}
            circuit: { supply_volts: {{circuit.SupplyVolts:R}}, inverter: {{Scalar(circuit.Inverter)}}, {{ExperimentDevice.WriteChip(circuit)}}, source_ohms: {{circuit.SourceOhms:R}} }

            """).ReplaceLineEndings("\n"));
        writer.Write(checks);
        if (experiment.Speed is { } speed) writer.Write($"speed:   {SpeedExperiment.Write(speed)}\n");
        if (experiment.Sweep is { } sweep) writer.Write($"sweep:   {ExperimentSweep.Write(sweep)}\n");
    }

    private static string InTheLoop(TrainSettings train) => train.InTheLoop
        ? string.Create(CultureInfo.InvariantCulture,
            $"in_the_loop: true, in_the_loop_epochs: {train.InTheLoopEpochs}, in_the_loop_learning_rate: {train.InTheLoopLearningRate:R}")
            + (train.InTheLoopChip ? ", in_the_loop_chip: true" : "")
            + (train.InTheLoopSpread > 0 ? string.Create(CultureInfo.InvariantCulture, $", in_the_loop_spread: {train.InTheLoopSpread:R}") : "")
        : "in_the_loop: false";

    internal static IEnumerable<string> Limit(string key, double? value) =>
        value is double v ? [string.Create(CultureInfo.InvariantCulture, $"{key}: {v:R}")] : [];

    // Single quotes keep every character of a path; a quote is doubled.
    internal static string Scalar(string text) =>
        text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/') ? text : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static YamlMappingNode Root(string yaml, string path)
    {
        var stream = new YamlStream();
        try
        {
            CheckSize(yaml, path);
            stream.Load(new StringReader(yaml));
        }
        catch (YamlException e)
        {
            throw new InputFileException(path, $"not YAML: {e.Message}", (int)e.Start.Line, (int)e.Start.Column, innerException: e);
        }
        // What else the parser throws at text that it cannot read is not documented.
        catch (Exception e) when (e is not (CircuitSimException or OutOfMemoryException))
        {
            throw new InputFileException(path, $"not YAML: {e.Message}", innerException: e);
        }

        return stream.Documents.Count == 1 && stream.Documents[0].RootNode is YamlMappingNode root
            ? root
            : throw new InputFileException(path, "an experiment is one YAML document of keys such as 'name:' and 'data:'.", 1);
    }

    // Event by event, because a tree that is too deep or that repeats parts of itself is too late to refuse when it is built.
    private static void CheckSize(string yaml, string path)
    {
        if (yaml.Length > ExperimentLimits.Bytes) throw new InputFileException(path, $"has {yaml.Length} characters; an experiment has {ExperimentLimits.Bytes} at most.");
        var parser = new Parser(new StringReader(yaml));
        int depth = 0, nodes = 0;
        while (parser.MoveNext())
        {
            ParsingEvent at = parser.Current!;
            depth += at.NestingIncrease;
            if (at is NodeEvent) nodes++;
            string? problem = at switch
            {
                // The stream and the document are levels of their own.
                _ when depth > ExperimentLimits.Depth + 2 => $"lists and sections stand more than {ExperimentLimits.Depth} deep in each other; no setting needs that.",
                _ when nodes > ExperimentLimits.Nodes => $"more than {ExperimentLimits.Nodes} values; no experiment needs that.",
                AnchorAlias or NodeEvent { Anchor.IsEmpty: false } => "anchors and aliases (& and *) are not read; write the value where it belongs.",
                _ => null,
            };
            if (problem is not null) throw new InputFileException(path, problem, (int)at.Start.Line, (int)at.Start.Column);
        }
    }

    private static Experiment Read(YamlSection root)
    {
        if (root.Section("train").IsText("method", InSituExperiment.Method)) return ReadInSitu(root);
        if (root.Section("train").IsText("method", BayesianExperiment.Method)) return BayesianExperiment.Read(root);
        if (root.Section("train").IsText("method", ExSituExperiment.Method)) return ExSituExperiment.Read(root);
        if (root.Section("train").IsText("method", ArrayExperiment.Method)) return ArrayExperiment.Read(root, Name(root), root.Seed("seed", 1));

        var experiment = new Experiment
        {
            Name = Name(root),
            Seed = root.Seed("seed", 1),
            Chip = root.Count("chip", 1, 1),
            Data = Data(root.Section("data", required: true)),
            Network = Network(root.Section("network", required: true)),
            Train = Train(root.Section("train")),
            Device = ExperimentDevice.Read(root.Section("device")),
            Circuit = Circuit(root.Section("circuit")),
            Check = Check(root.Section("check")),
            Export = Export(root.Section("export")),
            Speed = SpeedExperiment.Read(root),
            Sweep = ExperimentSweep.Read(root.Section("sweep")),
        };
        root.RefuseUnknownKeys();
        return experiment;
    }

    private static void CheckTogether(YamlSection root, Experiment experiment, List<YamlProblem> problems)
    {
        if (experiment is { Train.InTheLoopChip: true, Sweep: not null })
        {
            YamlSection train = new YamlSection("train", root.Node("train"), problems);
            train.Complain("in_the_loop_chip", "'in_the_loop_chip' trains for one chip, but a sweep makes many; leave one of the two out, or give an 'in_the_loop_spread'.");
        }

        if (experiment is { Device.Scale: Mapping.Variation.NeuronScale.LeastError, Train.InTheLoop: true })
        {
            YamlSection device = new YamlSection("device", root.Node("device"), problems);
            device.Complain("scale", "'scale: least_error' with 'in_the_loop: true': the loop trains on the lowest scale; leave one of the two out.");
        }
    }

    private static Experiment ReadInSitu(YamlSection root)
    {
        string name = Name(root);
        ulong seed = root.Seed("seed", 1);
        YamlSection section = root.Section("data", required: true);
        section.Mark("validation");
        DataSettings data = Data(section, fallback: 0.4);
        NetworkSettings network = Network(root.Section("network", required: true));
        YamlSection check = root.Section("check");
        check.Section("limits").Complain("worst_node_millivolts", "'worst_node_millivolts' goes with inverters; currents are judged by 'accuracy_drop_percent' and 'spice_volts'.");
        foreach (string key in new[] { "gate_millivolts", "output_millivolts" })
            check.Section("budgets").Complain(key, $"'{key}' goes with inverters; currents have 'spice_amps'.");
        var experiment = new Experiment
        {
            Name = name,
            Seed = seed,
            Data = data,
            Network = network,
            Train = new TrainSettings { Method = InSituExperiment.Method },
            Check = Check(check),
            Export = Export(root.Section("export")),
            InSitu = InSituExperiment.Read(root, data.Train, network.Layers, seed),
        };
        root.RefuseUnknownKeys();
        return experiment;
    }

    internal static string Name(YamlSection root)
    {
        string name = root.Text("name", null);
        bool isPlain = name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') && !name.StartsWith('.');
        if (!isPlain) root.Complain("name", $"'{name}' names a folder; use letters, digits, '-', '_' and '.' only.");
        return name;
    }

    private static DataSettings Data(YamlSection section, double fallback = 0.8)
    {
        var data = new DataSettings
        {
            Set = section.IsPresent ? section.Text("set", null) : "",
            Label = section.OptionalText("label"),
            Train = section.Number("train", fallback, v => v is > 0 and < 1, "between 0 and 1, both excluded"),
        };
        bool isCsv = data.Set.EndsWith(".csv", StringComparison.OrdinalIgnoreCase);
        if (isCsv && data.Label is null) section.Complain("set", $"'{data.Set}' is a table; name the column that holds the class: 'label: COLUMN'.");
        if (!isCsv && data.Label is not null) section.Complain("label", "'label' goes with a CSV file; a named data set knows its classes.");
        section.RefuseUnknownKeys();
        return data;
    }

    internal static NetworkSettings Network(YamlSection section)
    {
        var network = new NetworkSettings { Layers = section.Counts("layers", 1, 2, required: section.IsPresent, ExperimentLimits.LayerSize) ?? [] };
        if (ExperimentLimits.Violation(network.Layers) is { } violation) section.Complain("layers", $"{violation}.");
        section.RefuseUnknownKeys();
        return network;
    }

    private static TrainSettings Train(YamlSection section)
    {
        var d = new TrainSettings();
        var train = new TrainSettings
        {
            Method = section.OneOf("method", d.Method, [d.Method, InSituExperiment.Method, BayesianExperiment.Method, ExSituExperiment.Method, ArrayExperiment.Method]),
            Curve = section.OneOf("curve", d.Curve, ["tanh", "table", "tanh-loaded", "table-loaded"]),
            Epochs = section.Count("epochs", d.Epochs, 1),
            Optimizer = section.OneOf("optimizer", d.Optimizer, ["adam", "sgd", "lbfgs"]),
            LearningRate = section.Number("learning_rate", d.LearningRate, v => v > 0, "a positive number"),
            Momentum = section.Number("momentum", d.Momentum, v => v is >= 0 and < 1, "from 0 to below 1"),
            Loss = section.OneOf("loss", d.Loss, ["cross_entropy", "mse"]),
            Batch = section.Count("batch", d.Batch, 1, ExperimentLimits.Batch),
            InTheLoop = section.Flag("in_the_loop", d.InTheLoop),
            InTheLoopEpochs = section.Count("in_the_loop_epochs", d.InTheLoopEpochs, 1),
            InTheLoopLearningRate = section.Number("in_the_loop_learning_rate", d.InTheLoopLearningRate, v => v > 0, "a positive number"),
            InTheLoopChip = section.Flag("in_the_loop_chip", d.InTheLoopChip),
            InTheLoopSpread = section.Number("in_the_loop_spread", d.InTheLoopSpread, v => v >= 0, "a number of at least 0 (0.1 is a standard deviation of 10 %)"),
        };
        if (train is { InTheLoopChip: true, InTheLoopSpread: > 0 })
            section.Complain("in_the_loop_spread", "'in_the_loop_chip' and 'in_the_loop_spread' exclude each other: a chip is either known or expected; leave one out.");
        if (!train.InTheLoop)
        {
            const string alone = "goes with 'in_the_loop: true'; add that, or leave this out.";
            section.Complain("in_the_loop_epochs", $"'in_the_loop_epochs' {alone}");
            section.Complain("in_the_loop_learning_rate", $"'in_the_loop_learning_rate' {alone}");
            section.Complain("in_the_loop_chip", $"'in_the_loop_chip' {alone}");
            section.Complain("in_the_loop_spread", $"'in_the_loop_spread' {alone}");
        }

        section.RefuseUnknownKeys();
        return train;
    }

    private static CircuitSettings Circuit(YamlSection section)
    {
        var d = new CircuitSettings();
        const string ohms = "a number of ohms, at least 0 (0 is an ideal wire)";
        var circuit = new CircuitSettings
        {
            SupplyVolts = section.Number("supply_volts", d.SupplyVolts, v => v > 0, "a positive number of volts"),
            Inverter = Inverter(section, d.Inverter),
            SegmentOhms = section.Number("segment_ohms", d.SegmentOhms, v => v >= 0, ohms),
            SourceOhms = section.Number("source_ohms", d.SourceOhms, v => v >= 0, ohms),
        };
        circuit = ExperimentDevice.ReadChip(section, circuit);
        section.RefuseUnknownKeys();
        return circuit;
    }

    private static string Inverter(YamlSection section, string fallback)
    {
        string? text = section.OptionalText("inverter");
        return text is not null && RunInverter.IsFile(text) ? text : section.OneOf("inverter", fallback, [.. InverterModel.ShippedNames]);
    }

    internal static CheckSettings Check(YamlSection section)
    {
        var d = new CheckSettings();
        YamlSection limits = section.Section("limits");
        const string rule = "a number of at least 0";
        var check = new CheckSettings
        {
            Samples = section.Count("samples", d.Samples, 1),
            Against = section.OneOfEach("against", ["behavioural", .. Referee.Names]) ?? d.Against,
            SimulatorSeconds = section.Number(
                "simulator_seconds", d.SimulatorSeconds, v => v is >= CheckSettings.LeastSimulatorSeconds and <= CheckSettings.MostSimulatorSeconds,
                "a number of seconds from 1 to 86400"),
            Budgets = BudgetSettings.Read(section.Section("budgets")),
            Limits = new LimitSettings
            {
                AccuracyDropPercent = limits.OptionalNumber("accuracy_drop_percent", v => v >= 0, rule),
                WorstNodeMillivolts = limits.OptionalNumber("worst_node_millivolts", v => v >= 0, rule),
                SpiceVolts = limits.OptionalNumber("spice_volts", v => v >= 0, rule),
            },
        };
        limits.RefuseUnknownKeys();
        section.RefuseUnknownKeys();
        return check;
    }

    internal static ExportSettings Export(YamlSection section)
    {
        var d = new ExportSettings();
        bool isAll = section.IsText("samples", "all");
        var export = new ExportSettings
        {
            Dialects = section.OneOfEach("dialects", [.. SpiceDialect.All.Select(d => d.Name)]) ?? d.Dialects,
            Samples = isAll ? null : section.Counts("samples", 0, 1) ?? d.Samples,
        };
        if (isAll) section.Mark("samples");
        section.RefuseUnknownKeys();
        return export;
    }
}
