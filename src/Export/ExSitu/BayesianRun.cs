using System.Globalization;
using System.Text.Json;
using CircuitSim.Circuit.Networks;
using CircuitSim.Export.Reports;
using CircuitSim.Export.Runs;
using CircuitSim.Mapping.ExSitu;
using CircuitSim.Mapping.Files;
using CircuitSim.Training.Bayesian;
using CircuitSim.Training.Data;
using CircuitSim.Training.ExSitu;
using CircuitSim.Training.Optimizers;

namespace CircuitSim.Export.ExSitu;

/// <summary>The stages of a posterior that is sampled in software and transferred to crossbars.</summary>
internal sealed class BayesianRun : StudyRun
{
    private const double DeterministicRate = 0.01;

    private readonly DataSplit _whole;
    private readonly BayesianTask[] _tasks;
    private readonly string _dataFingerprint;
    private BayesianNetwork? _network;
    private BayesianHardware? _hardware;

    internal BayesianRun(Experiment experiment, RunFolder folder, RunServices services)
        : base(experiment, folder, services)
    {
        _whole = StudyData.Open(experiment, services.DataFolder);
        _dataFingerprint = DataFingerprint.Of(experiment.Data, _whole.Training, _whole.Test);
        _tasks = [.. Settings.Also.Prepend(Settings.Classes).Select(c => BayesianTask.Create(experiment, _whole, c))];
        RunData.CheckSamples(experiment, _tasks[0].Test.SampleCount);
        // A card that does not serve is refused before anything is sampled.
        LevelStatistics.Of(Settings.Device.Open(), new() { Mode = Mapping.Devices.ProgrammingMode.OneShot, Levels = Settings.Device.Levels(Settings.Device.Open()), ReadSeconds = Settings.Device.ReadSeconds });
    }

    private BayesianSettings Settings => Experiment.Bayesian!;

    private BayesianNetwork Network => _network ??= PosteriorFile.Read(Folder.Model);

    private BayesianHardware Hardware => _hardware ??= new BayesianHardware(Experiment, _tasks[0], Network);

    public override string[] Outputs(RunStage stage) => stage switch
    {
        RunStage.Train => [Folder.Experiment, Folder.Training, .. Enumerable.Range(0, _tasks.Length).SelectMany(t => new[] { Model(t), Deterministic(t) }), .. Settings.TrainCount is null ? [] : Enumerable.Range(0, _tasks.Length).Select(OnAll)],
        RunStage.Map => [Folder.Mapping, Folder.Devices],
        RunStage.Export => [Folder.Netlists],
        RunStage.Check => [Folder.Fidelity],
        _ => ReportOutputs(),
    };

    public override string Fingerprint(RunStage stage) => stage switch
    {
        RunStage.Train => RunStages.Fingerprint(
            Experiment.Seed.ToString(CultureInfo.InvariantCulture), _dataFingerprint, Experiment.Data, Experiment.Network,
            Settings.Classes, Settings.Also, Settings.TrainCount?.ToString(CultureInfo.InvariantCulture) ?? "all", Settings.Posterior, Settings.DeterministicEpochs),
        RunStage.Map => RunStages.Fingerprint(Settings.Device, Settings.Device.Fingerprint(), Settings.Crossbars),
        RunStage.Export => RunStages.Fingerprint(Experiment.Name, Settings, Experiment.Export, Experiment.Check.Samples),
        RunStage.Check => RunStages.Fingerprint(Experiment.Check, Settings, CheckStage.EngineVersion(Services)),
        _ => "",
    };

    public override void ReadDocument() => Document = Read<BayesianDocument>();

    private protected override string Train(Action<double, string> progress, CancellationToken cancellationToken)
    {
        var seconds = new double[_tasks.Length];
        string first = "";
        (_network, _hardware) = (null, null);
        for (int t = 0; t < _tasks.Length; t++)
        {
            BayesianTask task = _tasks[t];
            string name = string.Join(", ", task.Classes);
            long start = Services.Time.GetTimestamp();
            var sampling = new DrawProgress(share => progress((t + share) / _tasks.Length, string.Create(CultureInfo.InvariantCulture, $"posterior of {name}, {100 * share:F0} % of the draws")));
            BayesianNetwork network = BayesianNetwork.Sample(task.LayerSizes, task.Inputs, task.Training.Labels.Span, Settings.Posterior, sampling, cancellationToken);
            seconds[t] = Services.Time.GetElapsedTime(start).TotalSeconds;
            PosteriorFile.Write(Model(t), network);
            if (t == 0) first = FormattableString.Invariant($"{network.Posterior.DrawCount} draws of {network.Posterior.Dimension} parameters, {network.Posterior.DivergenceCount} divergent");

            TrainDeterministic(task, task.Inputs, task.Training, Deterministic(t), cancellationToken);
            if (Settings.TrainCount is not null) TrainDeterministic(task, task.AvailableInputs, task.Available, OnAll(t), cancellationToken);
        }

        AtomicFile.Write(Folder.Training, s => JsonSerializer.Serialize(s, new SamplingTimes(seconds), FidelityJson.Options));
        return FormattableString.Invariant($"{_tasks.Length} posteriors, {first}");
    }

    private protected override string Map()
    {
        PosteriorTransfer transfer = Hardware.DeckTransfer();
        (double[][][] siemens, long pulses) = Hardware.DeckChip(transfer);
        AtomicFile.WriteText(Folder.Devices, writer => WriteDevices(writer, transfer, siemens));
        AtomicFile.Write(Folder.Mapping, stream => JsonSerializer.Serialize(stream, new
        {
            schemaVersion = 1,
            card = Hardware.Card.Name,
            cardSource = Hardware.Card.Source,
            assignment = Settings.Device.Assignment.ToString(),
            programming = BayesianHardware.Matched,
            crossbars = transfer.CrossbarCount,
            deviceCount = transfer.DeviceCount,
            pulses,
            saturatedWeights = transfer.SaturatedCount,
            layers = Enumerable.Range(0, transfer.LayerSizes.Count - 1).Select(l => new
            {
                layer = l + 1,
                siemensPerWeight = transfer.Pairs(0, l).SiemensPerWeight,
                expectedRmsWeightError = transfer.Pairs(0, l).ExpectedRmsError,
            }),
        }, FidelityJson.Options));
        return FormattableString.Invariant($"{transfer.DeviceCount} devices in {transfer.CrossbarCount} crossbars a layer, {pulses} pulses");
    }

    private protected override IReadOnlyDictionary<string, StudyDeck> Decks()
    {
        PosteriorTransfer transfer = Hardware.DeckTransfer();
        double[][][] siemens = Hardware.DeckChip(transfer).Siemens;
        ReadoutNetwork layer = PosteriorCircuit.Layer(transfer, siemens, Settings.Wiring), network = PosteriorCircuit.Network(transfer, 0, siemens[0], Settings.Wiring);
        var decks = new Dictionary<string, StudyDeck>();
        foreach (int i in ExportedSamples(_tasks[0].Test.SampleCount))
        {
            double[] inputs = _tasks[0].TestInput(i).ToArray();
            decks.Add($"sample{i}-layer1", new StudyDeck(
                layer, $"first layer of {transfer.CrossbarCount} crossbars and the mean of their sums, test sample {i}, every wire segment", i, inputs));
            decks.Add($"sample{i}-crossbar1", new StudyDeck(network, $"whole network of the first crossbars, test sample {i}, every wire segment", i, inputs));
        }

        return decks;
    }

    private protected override StudyDocument Check(StageHistory history, Action<double, string> progress, CancellationToken cancellationToken)
    {
        long start = Services.Time.GetTimestamp();
        SamplingTimes times = FidelityJson.ReadPart<SamplingTimes>(Folder.Training, "the times of sampling");
        BayesianTaskResult[] results = [.. _tasks.Select((task, t) => BayesianJudge.Judge(
            task, t == 0 ? Network : PosteriorFile.Read(Model(t)), NpyFile.Read(Deterministic(t)).Values, Settings.TrainCount is null ? null : NpyFile.Read(OnAll(t)).Values, times.Seconds[t], Settings.PredictionDraws))];
        PredictiveDistribution software = Hardware.Software(Settings.PredictionDraws);
        List<HardwareResult> hardware = Hardware.Measure(software, (share, text) => progress(0.1 + 0.7 * share, text), cancellationToken);
        HardwareResult[] matched = [.. hardware.Where(h => h.Programming == BayesianHardware.Matched)];
        HardwareResult? chosen = matched.FirstOrDefault(h => h.TotalVariation.Mean <= Settings.TotalVariation);
        DrawCountResult whole = Hardware.Draws(Settings.PredictionDraws, software);
        DesignCost[] costs = [.. Settings.Crossbars.Select(k => Hardware.Cost(k, hardware))];

        (List<SpiceCheck> spice, EngineUse[] engines) = CheckDecks(0.85, progress, cancellationToken);
        HardwareResult judged = chosen ?? matched[^1];
        double drop = 100 * (whole.Accuracy - judged.Accuracy.Mean);
        string criterion = string.Create(CultureInfo.InvariantCulture, $"smallest K whose chips, programmed with one pulse and their spread as part of the posterior, predict on average within a total variation of {Settings.TotalVariation:R} of the posterior in software");
        string summary = string.Create(CultureInfo.InvariantCulture,
            $"{(chosen is null ? $"No K keeps the bound on total variation; with {judged.Crossbars}" : $"With {judged.Crossbars}")} crossbars a layer {Settings.Chips} chips classify {100 * judged.Accuracy.Mean:F2} % of {Hardware.SampleCount} samples, the posterior in software {100 * whole.Accuracy:F2} %; total variation {judged.TotalVariation.Mean:F4}");
        return new BayesianDocument
        {
            Method = BayesianExperiment.Method,
            Name = Experiment.Name,
            Seed = Experiment.Seed,
            ProgramVersion = ProgramVersion.Text,
            Verdict = Judge(summary, drop, $"Accuracy of the posterior in software less the mean over {Settings.Chips} chips with {judged.Crossbars} crossbars a layer, on the same {Hardware.SampleCount} samples.", spice,
                [$"Every crossbar of {Settings.Chips} chips of every design was solved with its wires; sums are exact, since crossbars are linear and neurons do not load them."]),
            Engines = engines,
            DataSet = Summary(_tasks[0].Training, _tasks[0].Test),
            LayerSizes = _tasks[0].LayerSizes,
            DeviceCard = Hardware.Card.Name,
            DeviceAssumptions = AssumptionsOf(Hardware.Card),
            LeftOut = [.. LeftOut(Hardware.Card)],
            Accuracies = [.. results.SelectMany(r => r.Scores).Select(s => s.Accuracy)],
            SpiceChecks = [.. spice.Where(c => !c.IsOwnSolver)],
            OwnChecks = [.. spice.Where(c => c.IsOwnSolver)],
            VectorUnits = history.VectorUnits,
            Timings = [.. history.Timings, new StageTiming { Stage = "check", Seconds = Services.Time.GetElapsedTime(start).TotalSeconds }],
            Decks = CheckStage.Decks(Folder),
            Cite = Cite(),
            Notes = Notes(),
            Tasks = results,
            HardwareSampleCount = Hardware.SampleCount,
            ChipCount = Settings.Chips,
            Software = whole,
            Draws = [.. Settings.Crossbars.Select(k => Hardware.Draws(k, software))],
            Hardware = hardware,
            Designs = costs,
            ChosenCrossbars = chosen?.Crossbars,
            Criterion = criterion,
        };
    }

    private string Model(int task) => task == 0 ? Folder.Model : Path.Combine(Folder.Root, FormattableString.Invariant($"model{task + 1}.json"));

    private void TrainDeterministic(BayesianTask task, double[] inputs, DataSet samples, string path, CancellationToken cancellationToken)
    {
        int features = samples.FeatureCount;
        var schedule = new TrainingSchedule { Epochs = Settings.DeterministicEpochs, LearningRate = DeterministicRate, Seed = Experiment.Seed };
        (DenseNetwork network, _) = DenseTraining.Train(
            task.LayerSizes, HiddenActivation.Tanh, schedule, new VoltageSet(features, inputs, samples.Labels.Span), new VoltageSet(features, task.TestInputs, task.Test.Labels.Span), null, cancellationToken);
        AtomicFile.Write(path, s => NpyFile.Write(s, network.Parameters.Span, 1, network.Parameters.Length));
    }

    private string OnAll(int task) => Path.ChangeExtension(Model(task), "deterministic-all.npy");

    private string Deterministic(int task) => Path.ChangeExtension(Model(task), "deterministic.npy");

    // Names are those of the decks, where the bit lines of all crossbars stand side by side.
    private static void WriteDevices(TextWriter writer, PosteriorTransfer transfer, double[][][] siemens)
    {
        writer.Write("name,crossbar,layer,word_line,bit_line,target_siemens,siemens,ohms\n");
        for (int k = 0; k < siemens.Length; k++)
            for (int l = 0; l < siemens[k].Length; l++)
            {
                int lines = 2 * transfer.LayerSizes[l + 1];
                ReadOnlySpan<double> targets = transfer.Pairs(k, l).TargetSiemens.Span;
                for (int d = 0; d < targets.Length; d++)
                {
                    double g = siemens[k][l][d];
                    writer.Write(string.Create(CultureInfo.InvariantCulture, $"{NodeNames.Device(l, d / lines, k * lines + d % lines)},{k + 1},{l + 1},{d / lines + 1},{d % lines + 1},{targets[d]:R},{g:R},{1 / g:R}\n"));
                }
            }
    }

    private string[] Notes() =>
    [
        "Class probabilities of the K networks of crossbars are averaged digitally. The analogue alternative, one line for all K currents of a class, averages sums and loses what the networks disagree on: it is listed beside.",
        "Weights of hidden neurons may change places between chains, so that R-hat is judged on predictions.",
        Settings.TrainCount is null ? "The posterior is conditioned on every training sample." : $"The posterior is conditioned on {_tasks[0].Training.SampleCount} of {_tasks[0].Available.SampleCount} training samples, classes in proportion; the deterministic network is trained on the same.",
        string.Create(CultureInfo.InvariantCulture, $"Each layer is read for {1e9 * Settings.Wiring.ReadSeconds:G4} ns, a setting; area is that of one-transistor-one-device cells at {Settings.Wiring.NodeNanometres:R} nm, without drivers and converters."),
        .. Hardware.Card.PulseEnergyJoules is null ? ["The card has no published pulse energy: programming is counted in pulses."] : Array.Empty<string>(),
    ];

    private string[] Cite() =>
    [
        "D. Bonnet, Ex-situ transfer of deterministic and Bayesian neural networks to resistive memory inference hardware, CEA-Leti, 2020",
        "M. D. Hoffman, A. Gelman, The No-U-Turn Sampler, JMLR 15, 2014; M. Betancourt, A conceptual introduction to Hamiltonian Monte Carlo, arXiv 1701.02434",
        "A. Vehtari et al., Rank-normalization, folding, and localization: an improved R-hat, Bayesian Analysis 16, 2021",
        Hardware.Card.Source,
        .. _whole.Training.Name == "wdbc" ? ["W. H. Wolberg, W. N. Street, O. L. Mangasarian, Breast Cancer Wisconsin (Diagnostic), UCI Machine Learning Repository, 1995"] : Array.Empty<string>(),
        .. _whole.Training.Name == "mitdb" ? ["G. B. Moody, R. G. Mark, The impact of the MIT-BIH Arrhythmia Database, IEEE Eng. in Med. and Biol. 20(3), 2001"] : Array.Empty<string>(),
    ];

    private sealed record SamplingTimes(double[] Seconds);

    private sealed class DrawProgress(Action<double> progress) : IProgress<double>
    {
        private int _percent = -1;

        public void Report(double value)
        {
            // Chains report each draw from their own threads; a line a percent is enough.
            int percent = (int)(100 * value);
            if (Interlocked.Exchange(ref _percent, percent) != percent) progress(Math.Min(value, 0.999));
        }
    }
}
