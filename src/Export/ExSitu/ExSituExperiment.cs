using System.Globalization;
using CircuitSim.Circuit.Networks;
using CircuitSim.Export.Runs;
using CircuitSim.Training.Optimizers;

namespace CircuitSim.Export.ExSitu;

/// <summary>Reads and writes the settings of an experiment whose network is transferred to device levels.</summary>
internal static class ExSituExperiment
{
    internal const string Method = "ex-situ", IdealActivation = "tanh";

    private const string Positive = "a positive number";

    internal static Experiment Read(YamlSection root)
    {
        string name = ExperimentFile.Name(root);
        ulong seed = root.Seed("seed", 1);
        YamlSection data = root.Section("data", required: true);
        DataSettings set = BayesianExperiment.Data(data);
        data.RefuseUnknownKeys();
        NetworkSettings network = ExperimentFile.Network(root.Section("network", required: true));
        YamlSection check = root.Section("check"), train = root.Section("train"), transfer = root.Section("transfer"), circuit = root.Section("circuit");
        check.Section("limits").Complain("worst_node_millivolts", "'worst_node_millivolts' goes with inverters that load each other; currents are judged by 'accuracy_drop_percent' and 'spice_volts'.");
        if (network.Layers.Count is not 0 and not 3) root.Require($"'network' has {network.Layers.Count - 1} layers of weights; this method compares sizes of one hidden layer and needs [inputs, hidden, classes].");
        var d = new ExSituSettings();
        int own = network.Layers.Count > 1 ? network.Layers[1] : 1;
        IReadOnlyList<int> hidden = BayesianExperiment.Rising(train, "hidden", train.Counts("hidden", 1, 1, most: ExperimentLimits.LayerSize) ?? [own]);
        if (!hidden.Contains(own)) train.Complain("hidden", $"'hidden' lacks {own}, the hidden layer of 'network'; add it.");
        train.Mark("method");
        string activation = train.Text("activation", d.Activation);
        if (!RunInverter.IsFile(activation) && activation != IdealActivation) train.OneOf("activation", d.Activation, [IdealActivation, .. InverterModel.ShippedNames]);
        IReadOnlyList<int> levels = BayesianExperiment.Rising(transfer, "levels", transfer.Counts("levels", 2, 1, most: ExperimentLimits.Levels) ?? d.Levels);
        IReadOnlyList<int> retrained = train.Counts("retrained_levels", 2, 0, most: ExperimentLimits.Levels) ?? [.. d.RetrainedLevels.Intersect(levels)];
        if (retrained.Except(levels).Any()) train.Complain("retrained_levels", "'retrained_levels' names a number that 'levels' of 'transfer' lacks.");
        IReadOnlyList<double> seconds = transfer.Numbers("read_seconds", v => v >= 0, "a number of seconds of at least 0 (0 reads what programming left)") ?? d.ReadSeconds;
        if (seconds.Count == 0 || seconds.Zip(seconds.Skip(1)).Any(p => p.First >= p.Second)) transfer.Complain("read_seconds", "'read_seconds' needs rising times, each once.");
        if (root.Section("device").Has("levels")) root.Section("device").Complain("levels", "'levels' of 'device' has no place here; 'levels' of 'transfer' lists the numbers to compare.");
        double supply = circuit.Number("supply_volts", d.SupplyVolts, v => v > 0, "a positive number of volts");
        int tile = circuit.Count("tile_rows", d.TileRows, 2);
        var experiment = new Experiment
        {
            Name = name,
            Seed = seed,
            Data = set,
            Network = network,
            Train = new TrainSettings { Method = Method },
            Check = ExperimentFile.Check(check),
            Export = ExperimentFile.Export(root.Section("export")),
            ExSitu = new ExSituSettings
            {
                Hidden = hidden,
                Activation = activation,
                SupplyVolts = supply,
                Schedule = new TrainingSchedule
                {
                    Seed = seed,
                    Epochs = train.Count("epochs", d.Schedule.Epochs, 1),
                    LearningRate = train.Number("learning_rate", d.Schedule.LearningRate, v => v > 0, Positive),
                    BatchSize = train.Count("batch", d.Schedule.BatchSize, 1, ExperimentLimits.Batch),
                },
                Retraining = new TrainingSchedule
                {
                    Seed = seed,
                    Epochs = train.Count("retraining_epochs", d.Retraining.Epochs, 1),
                    LearningRate = train.Number("retraining_rate", d.Retraining.LearningRate, v => v > 0, Positive),
                    BatchSize = train.Count("retraining_batch", d.Retraining.BatchSize, 1, ExperimentLimits.Batch),
                },
                RetrainedLevels = retrained,
                Device = TransferDevice.Read(root.Section("device")),
                Levels = levels,
                MisreadBound = transfer.Number("misread_bound", d.MisreadBound, v => v is > 0 and < 0.5, "above 0 and below 0.5"),
                ReadSeconds = seconds,
                Chips = transfer.Count("chips", d.Chips, 2, ExperimentLimits.StudyChips),
                TileRows = tile,
                Wiring = BayesianExperiment.Wiring(circuit),
            },
        };
        train.RefuseUnknownKeys();
        transfer.RefuseUnknownKeys();
        root.RefuseUnknownKeys();
        return experiment;
    }

    internal static void Write(TextWriter writer, Experiment experiment)
    {
        ExSituSettings s = experiment.ExSitu!;
        string wiring = BayesianExperiment.WriteWiring(s.Wiring);
        writer.Write(string.Create(CultureInfo.InvariantCulture, $$"""
            name: {{experiment.Name}}
            seed: {{experiment.Seed}}
            data:    { set: {{ExperimentFile.Scalar(experiment.Data.Set)}}{{BayesianExperiment.WriteSplit(experiment.Data)}} }
            network: { layers: [{{string.Join(", ", experiment.Network.Layers)}}] }
            train:   { method: {{Method}}, activation: {{ExperimentFile.Scalar(s.Activation)}}, hidden: [{{string.Join(", ", s.Hidden)}}], epochs: {{s.Schedule.Epochs}}, learning_rate: {{s.Schedule.LearningRate:R}}, batch: {{s.Schedule.BatchSize}}, retrained_levels: [{{string.Join(", ", s.RetrainedLevels)}}], retraining_epochs: {{s.Retraining.Epochs}}, retraining_rate: {{s.Retraining.LearningRate:R}}, retraining_batch: {{s.Retraining.BatchSize}} }
            device:  {{s.Device.Write()}}
            circuit: {{wiring[..^2]}}, supply_volts: {{s.SupplyVolts:R}}, tile_rows: {{s.TileRows}} }
            transfer: { levels: [{{string.Join(", ", s.Levels)}}], misread_bound: {{s.MisreadBound:R}}, read_seconds: [{{string.Join(", ", s.ReadSeconds.Select(t => t.ToString("R", CultureInfo.InvariantCulture)))}}], chips: {{s.Chips}} }

            """).ReplaceLineEndings("\n"));
    }
}
