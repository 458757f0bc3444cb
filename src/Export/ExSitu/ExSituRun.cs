using System.Globalization;
using System.Text.Json;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Networks;
using CircuitSim.Export.CrossCheck;
using CircuitSim.Export.Reports;
using CircuitSim.Export.Runs;
using CircuitSim.Mapping.Devices;
using CircuitSim.Mapping.ExSitu;
using CircuitSim.Mapping.Files;
using CircuitSim.Training.Data;
using CircuitSim.Training.ExSitu;
using CircuitSim.Training.Optimizers;

namespace CircuitSim.Export.ExSitu;

/// <summary>The stages of a network that is trained in software and transferred to device levels.</summary>
internal sealed class ExSituRun : StudyRun
{
    private const int PowerProbes = 20;

    private readonly DataSplit _split;
    private readonly VoltageSet _training, _test;
    private readonly string _dataFingerprint;
    private readonly ExSituTransfer _transfer;
    private readonly HiddenActivation _activation;
    private readonly Dictionary<string, DenseNetwork> _networks = [];

    internal ExSituRun(Experiment experiment, RunFolder folder, RunServices services)
        : base(experiment, folder, services)
    {
        _split = StudyData.Open(experiment, services.DataFolder);
        RunData.CheckShape(experiment, _split.Training);
        RunData.CheckSamples(experiment, _split.Test.SampleCount);
        _dataFingerprint = DataFingerprint.Of(experiment.Data, _split.Training, _split.Test);
        (_training, _test) = Scaled(_split);
        DeviceCard card = Settings.Device.Open();
        _transfer = new ExSituTransfer(experiment, card, _test);
        if (Settings.Activation == ExSituExperiment.IdealActivation) _activation = HiddenActivation.Tanh;
        else
        {
            RunInverter.Check(Settings.Inverter);
            _activation = HiddenActivation.Inverter(VoltageTransferCurve.Characterize(RunInverter.Open(Settings.Inverter), Settings.SupplyVolts));
        }

        // A card that lacks what the comparison needs is refused before anything is trained.
        LevelPlacement.EquallySpaced(card, new LevelPlacementOptions { LevelCount = 2, MisreadBound = Settings.MisreadBound, ReadSeconds = Settings.Device.ReadSeconds });
        foreach (double seconds in Settings.ReadSeconds.Where(s => s > 0))
            LevelStatistics.Of(card, new ProgrammingOptions { Mode = ProgrammingMode.OneShot, Levels = LevelPlan.EquallySpaced(card, 2), ReadSeconds = seconds });
    }

    private ExSituSettings Settings => Experiment.ExSitu!;

    private int Main => Experiment.Network.Layers[1];

    private int MostLevels => Settings.Levels[^1];

    public override string[] Outputs(RunStage stage) => stage switch
    {
        RunStage.Train => [Folder.Experiment, Folder.Model, Folder.Training, .. Keys().Select(k => WeightFile(k.Name))],
        RunStage.Map => [Folder.Mapping, Folder.Devices],
        RunStage.Export => [Folder.Netlists],
        RunStage.Check => [Folder.Fidelity],
        _ => ReportOutputs(),
    };

    public override string Fingerprint(RunStage stage) => stage switch
    {
        RunStage.Train => RunStages.Fingerprint(
            Experiment.Seed.ToString(CultureInfo.InvariantCulture), _dataFingerprint, Experiment.Data, Experiment.Network, Settings.Hidden,
            Settings.Activation == ExSituExperiment.IdealActivation ? Settings.Activation : RunInverter.Fingerprint(Settings.Inverter), Settings.SupplyVolts.ToString("R", CultureInfo.InvariantCulture), Settings.Schedule),
        RunStage.Map => RunStages.Fingerprint(Settings.Device, Settings.Device.Fingerprint(), Settings.Levels, Settings.MisreadBound.ToString("R", CultureInfo.InvariantCulture)),
        RunStage.Export => RunStages.Fingerprint(Experiment.Name, Settings, Experiment.Export, Experiment.Check.Samples),
        RunStage.Check => RunStages.Fingerprint(Experiment.Check, Settings, CheckStage.EngineVersion(Services)),
        _ => "",
    };

    public override void ReadDocument() => Document = Read<ExSituDocument>();

    private protected override string Train(Action<double, string> progress, CancellationToken cancellationToken)
    {
        (string Name, int Hidden, HiddenActivation Activation)[] keys = [.. Keys()];
        var trained = new (DenseNetwork Network, IReadOnlyList<EpochRecord> History)[keys.Length];
        int done = 0;
        ParallelWork.For(keys.Length, new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            trained[i] = DenseTraining.Train(Sizes(keys[i].Hidden), keys[i].Activation, Settings.Schedule, _training, _test,
                new EpochProgress(() => progress(Math.Min(0.999, (double)Interlocked.Increment(ref done) / (keys.Length * Settings.Schedule.Epochs)), keys[i].Name)), cancellationToken);
        });
        for (int i = 0; i < keys.Length; i++)
        {
            DenseNetwork network = trained[i].Network;
            AtomicFile.Write(WeightFile(keys[i].Name), s => NpyFile.Write(s, network.Parameters.Span, 1, network.Parameters.Length));
        }

        _networks.Clear();
        AtomicFile.Write(Folder.Model, s => JsonSerializer.Serialize(s, new
        {
            schemaVersion = 1,
            method = ExSituExperiment.Method,
            networks = keys.Select(k => new { name = k.Name, layers = Sizes(k.Hidden), activation = k.Activation.Name, weightFile = Path.GetFileName(WeightFile(k.Name)) }),
        }, FidelityJson.Options));
        AtomicFile.Write(Folder.Training, s => JsonSerializer.Serialize(s, keys.Select((k, i) => new { name = k.Name, history = trained[i].History }), FidelityJson.Options));
        return FormattableString.Invariant($"{keys.Length} networks, {Main} hidden neurons: {100 * trained[0].History[^1].TestAccuracy:F2} % of the test samples");
    }

    private protected override string Map()
    {
        (PlacedLevels levels, bool hasReset) = MainLevels();
        WeightPairs[] targets = MainTargets(levels);
        (double[][] siemens, long pulses) = _transfer.Program(targets, levels, 0, 1);
        AtomicFile.WriteText(Folder.Devices, writer => WriteDevices(writer, new TransferTiles(MainNetwork(), targets, Settings.Wiring, Settings.TileRows), targets, siemens));
        AtomicFile.Write(Folder.Mapping, stream => JsonSerializer.Serialize(stream, new
        {
            schemaVersion = 1,
            card = _transfer.Card.Name,
            cardSource = _transfer.Card.Source,
            assignment = Settings.Device.Assignment.ToString(),
            levels = levels.Plan.Bins,
            usesResetState = hasReset,
            expectedIterations = levels.ExpectedIterations,
            pulses,
            layers = targets.Select((t, l) => new { layer = l + 1, deviceCount = t.DeviceCount, siemensPerWeight = t.SiemensPerWeight, expectedRmsWeightError = t.ExpectedRmsError, saturatedWeights = t.SaturatedCount }),
        }, FidelityJson.Options));
        return FormattableString.Invariant($"{targets.Sum(t => t.DeviceCount)} devices on {levels.Plan.Bins.Count} levels, {pulses} pulses");
    }

    private protected override IReadOnlyDictionary<string, StudyDeck> Decks()
    {
        (TransferTiles tiles, WeightPairs[] targets, double[][] siemens, DenseNetwork network) = MainChip();
        var decks = new Dictionary<string, StudyDeck>();
        foreach (int i in ExportedSamples(_test.SampleCount))
        {
            IReadOnlyList<double[]> inputs = LayerInputs(network, targets, siemens, i);
            foreach ((int layer, (int First, int End) rows) in DeckTiles(tiles))
                decks.Add(FormattableString.Invariant($"sample{i}-layer{layer + 1}"), new StudyDeck(
                    tiles.Tile(layer, rows, siemens[layer]), $"middle tile of layer {layer + 1}, test sample {i}, every wire segment", i,
                    TransferTiles.Inputs(layer, rows, inputs)));
        }

        return decks;
    }

    private protected override StudyDocument Check(StageHistory history, Action<double, string> progress, CancellationToken cancellationToken)
    {
        long start = Services.Time.GetTimestamp();
        var software = new List<SoftwareNetwork>();
        foreach ((string name, int hidden, HiddenActivation activation) in Keys())
        {
            DenseNetwork trained = Network(name, hidden, activation);
            software.Add(new SoftwareNetwork(hidden, activation.Name, _transfer.Percent(trained, [trained.Parameters.ToArray()]).Mean, 2 * trained.Parameters.Length));
        }

        LevelDesign[] designs = [.. _transfer.ResetChoices.SelectMany(reset => Settings.Levels.SelectMany(count => new[] { ExSituTransfer.Equal, ExSituTransfer.Optimised }.Select(strategy =>
        {
            PlacedLevels? placed = _transfer.Place(strategy, reset, count);
            return new LevelDesign(strategy, reset, count, placed?.MeanIterations, [.. placed?.Plan.Bins.Select(b => b.TargetSiemens) ?? []]);
        })))];
        List<TransferPoint> curve = Curve(progress, cancellationToken), assignments = Assignments(progress, cancellationToken), sizes = BySize(progress, cancellationToken);
        progress(0.9, "wires");
        (TransferTiles tiles, WeightPairs[] targets, double[][] siemens, DenseNetwork network) = MainChip();
        TransferCircuit circuit = Circuit(tiles, targets, siemens, network, cancellationToken);
        (List<SpiceCheck> spice, EngineUse[] engines) = CheckDecks(0.95, progress, cancellationToken);
        double ideal = software[0].TestPercent;
        TransferPoint main = curve.First(p => p.LevelCount == MainLevels().Levels.Plan.Bins.Count && p.HasReset == MainLevels().HasReset && p.Strategy == ExSituTransfer.Optimised);
        string summary = string.Create(CultureInfo.InvariantCulture,
            $"{Settings.Chips} chips on {main.LevelCount} levels classify {main.Percent.Mean:F2} % of {_test.SampleCount} test samples {ExSituDocument.Time(main.ReadSeconds)}, the network in software {ideal:F2} %");
        return new ExSituDocument
        {
            Method = ExSituExperiment.Method,
            Name = Experiment.Name,
            Seed = Experiment.Seed,
            ProgramVersion = ProgramVersion.Text,
            Verdict = Judge(summary, ideal - main.Percent.Mean, $"Test accuracy in software less the mean over {Settings.Chips} chips, wires ideal.", spice,
                [string.Create(CultureInfo.InvariantCulture, $"Chips of every point were programmed device by device; the main design was also solved with every wire, tile by tile.")]),
            Engines = engines,
            DataSet = Summary(_split.Training, _split.Test),
            LayerSizes = Experiment.Network.Layers,
            DeviceCard = _transfer.Card.Name,
            DeviceAssumptions = AssumptionsOf(_transfer.Card),
            LeftOut = [.. LeftOut(_transfer.Card)],
            Accuracies = [.. software.Select(s => CrossChecker.Accuracy(FormattableString.Invariant($"{s.Hidden} hidden, {s.Activation}"), "test", (int)Math.Round(s.TestPercent * _test.SampleCount / 100), _test.SampleCount))],
            SpiceChecks = [.. spice.Where(c => !c.IsOwnSolver)],
            OwnChecks = [.. spice.Where(c => c.IsOwnSolver)],
            VectorUnits = history.VectorUnits,
            Timings = [.. history.Timings, new StageTiming { Stage = "check", Seconds = Services.Time.GetElapsedTime(start).TotalSeconds }],
            Decks = CheckStage.Decks(Folder),
            Cite =
            [
                "D. Bonnet, Ex-situ transfer of deterministic and Bayesian neural networks to resistive memory inference hardware, CEA-Leti, 2020",
                "Y. Bengio, N. Léonard, A. Courville, Estimating or propagating gradients through stochastic neurons, arXiv 1308.3432, 2013",
                _transfer.Card.Source,
            ],
            Notes = Notes(),
            Software = software,
            Levels = designs,
            Curve = curve,
            Assignments = assignments,
            Sizes = sizes,
            Circuit = circuit,
            ChipCount = Settings.Chips,
            Separability = string.Create(CultureInfo.InvariantCulture, $"misread bound {Settings.MisreadBound:R} {(Settings.Device.ReadSeconds is double s ? $"{s:G6} s after programming" : "at once: bins touch")}"),
        };
    }

    private List<TransferPoint> Curve(Action<double, string> progress, CancellationToken cancellationToken)
    {
        DenseNetwork network = MainNetwork();
        var points = new List<TransferPoint>();
        foreach (bool reset in _transfer.ResetChoices)
            foreach (string strategy in new[] { ExSituTransfer.Equal, ExSituTransfer.Optimised })
                foreach (int count in Settings.Levels)
                {
                    if (_transfer.Place(strategy, reset, count) is not { } levels) continue;
                    progress(0.5 * points.Count / (4 * Settings.Levels.Count * Settings.ReadSeconds.Count), FormattableString.Invariant($"{strategy} bins, {count} levels"));
                    WeightPairs[] targets = ExSituTransfer.Targets(network, _transfer.Pairs(levels, Settings.Device.Assignment));
                    points.AddRange(Settings.ReadSeconds.Select(seconds => _transfer.Measure(network, targets, levels, strategy, reset, TransferDevice.NameOf(Settings.Device.Assignment), seconds, cancellationToken)));
                }

        return [.. points.OrderBy(p => p.ReadSeconds).ThenBy(p => !p.HasReset).ThenBy(p => p.Strategy)];
    }

    private List<TransferPoint> Assignments(Action<double, string> progress, CancellationToken cancellationToken)
    {
        DenseNetwork network = MainNetwork();
        double[] times = [.. new[] { Settings.ReadSeconds[0], Settings.ReadSeconds[^1] }.Distinct()];
        bool reset = _transfer.ResetChoices[0];
        var points = new List<TransferPoint>();
        foreach (int count in Settings.Levels)
        {
            if (_transfer.Place(ExSituTransfer.Optimised, reset, count) is not { } levels) continue;
            progress(0.5 + 0.25 * points.Count / (8.0 * Settings.Levels.Count), FormattableString.Invariant($"assignment to {count} levels"));
            foreach (PairAssignment assignment in new[] { PairAssignment.Nearest, PairAssignment.ScaleSearch, PairAssignment.PairAware })
            {
                WeightPairs[] targets = ExSituTransfer.Targets(network, _transfer.Pairs(levels, assignment));
                points.AddRange(times.Select(t => _transfer.Measure(network, targets, levels, ExSituTransfer.Optimised, reset, TransferDevice.NameOf(assignment), t, cancellationToken)));
            }

            if (!Settings.RetrainedLevels.Contains(count)) continue;
            PairTransfer pairs = _transfer.Pairs(levels, PairAssignment.PairAware);
            (DenseNetwork retrained, IReadOnlyList<double> scales) = DenseTraining.Retrain(network, pairs, Settings.Retraining, _training, _test, null, cancellationToken);
            WeightPairs[] placed = ExSituTransfer.Targets(retrained, pairs, scales);
            points.AddRange(times.Select(t => _transfer.Measure(retrained, placed, levels, ExSituTransfer.Optimised, reset, ExSituTransfer.Retrained, t, cancellationToken)));
        }

        return [.. points.OrderBy(p => p.ReadSeconds)];
    }

    private List<TransferPoint> BySize(Action<double, string> progress, CancellationToken cancellationToken)
    {
        bool reset = _transfer.ResetChoices[0];
        var points = new List<TransferPoint>();
        foreach ((string name, int hidden, HiddenActivation activation) in Keys().Where(k => k.Activation == _activation).OrderBy(k => k.Hidden))
            foreach (int count in Settings.Levels)
            {
                if (_transfer.Place(ExSituTransfer.Optimised, reset, count) is not { } levels) continue;
                progress(0.75 + 0.15 * points.Count / (Settings.Hidden.Count * Settings.Levels.Count), FormattableString.Invariant($"{hidden} hidden neurons, {count} levels"));
                DenseNetwork network = Network(name, hidden, activation);
                WeightPairs[] targets = ExSituTransfer.Targets(network, _transfer.Pairs(levels, Settings.Device.Assignment));
                points.Add(_transfer.Measure(network, targets, levels, ExSituTransfer.Optimised, reset, TransferDevice.NameOf(Settings.Device.Assignment), Settings.ReadSeconds[0], cancellationToken));
            }

        return [.. points.Select(p => p with
        {
            IsPareto = !points.Any(o => o.Percent.Mean >= p.Percent.Mean && o.Pulses <= p.Pulses && o.DeviceCount <= p.DeviceCount
                && (o.Percent.Mean > p.Percent.Mean || o.Pulses < p.Pulses || o.DeviceCount < p.DeviceCount)),
        })];
    }

    private TransferCircuit Circuit(TransferTiles tiles, WeightPairs[] targets, double[][] first, DenseNetwork network, CancellationToken cancellationToken)
    {
        PlacedLevels levels = MainLevels().Levels;
        double[][] wired = new double[Settings.Chips][], ideal = new double[Settings.Chips][];
        long pulses = 0;
        ParallelWork.For(Settings.Chips, new ParallelOptions { CancellationToken = cancellationToken }, chip =>
        {
            (double[][] siemens, long spent) = _transfer.Program(targets, levels, Settings.ReadSeconds[0], chip + 1);
            Interlocked.Add(ref pulses, spent);
            wired[chip] = tiles.Parameters(siemens);
            ideal[chip] = ExSituTransfer.Parameters(targets, siemens, network);
        });
        var solvers = tiles.Solvers(first);
        int probes = Math.Min(PowerProbes, _test.SampleCount);
        double watts = Enumerable.Range(0, probes).Average(i => TransferTiles.Watts(solvers, LayerInputs(network, targets, first, (int)((long)i * _test.SampleCount / probes))));
        return new TransferCircuit(
            Settings.TileRows, tiles.Count, _transfer.Percent(network, wired), _transfer.Percent(network, ideal), 1e6 * targets.Sum(t => t.DeviceCount) * Settings.Wiring.CellSquareMetres,
            watts, watts * Settings.Wiring.ReadSeconds, (double)pulses / Settings.Chips * _transfer.Card.PulseEnergyJoules);
    }

    // The most levels that fit, with the RESET state where there is one.
    private (PlacedLevels Levels, bool HasReset) MainLevels()
    {
        bool reset = _transfer.ResetChoices[0];
        foreach (int count in Settings.Levels.Reverse())
            if (_transfer.Place(ExSituTransfer.Optimised, reset, count) is { } levels) return (levels, reset);
        // Throws, saying how many would fit.
        return (LevelPlacement.Optimised(_transfer.Card, new LevelPlacementOptions { LevelCount = MostLevels, MisreadBound = Settings.MisreadBound, ReadSeconds = Settings.Device.ReadSeconds, UseResetState = reset }), reset);
    }

    private WeightPairs[] MainTargets(PlacedLevels levels) => ExSituTransfer.Targets(MainNetwork(), _transfer.Pairs(levels, Settings.Device.Assignment));

    private (TransferTiles Tiles, WeightPairs[] Targets, double[][] Siemens, DenseNetwork Network) MainChip()
    {
        PlacedLevels levels = MainLevels().Levels;
        WeightPairs[] targets = MainTargets(levels);
        DenseNetwork network = MainNetwork();
        return (new TransferTiles(network, targets, Settings.Wiring, Settings.TileRows), targets, _transfer.Program(targets, levels, Settings.ReadSeconds[0], 1).Siemens, network);
    }

    private IReadOnlyList<double[]> LayerInputs(DenseNetwork network, WeightPairs[] targets, double[][] siemens, int sample) =>
        network.LayerInputs(ExSituTransfer.Parameters(targets, siemens, network), _test.InputVolts.Span.Slice(sample * _test.InputCount, _test.InputCount));

    private static IEnumerable<(int Layer, (int First, int End) Rows)> DeckTiles(TransferTiles tiles)
    {
        for (int layer = 0; layer < 2; layer++)
        {
            (int First, int End)[] all = [.. tiles.Rows(layer)];
            yield return (layer, all[all.Length / 2]);
        }
    }

    private IReadOnlyList<int> Sizes(int hidden) => [Experiment.Network.Layers[0], hidden, Experiment.Network.Layers[2]];

    // The main network first; ideal neurons are compared at its size.
    private IEnumerable<(string Name, int Hidden, HiddenActivation Activation)> Keys()
    {
        yield return (FormattableString.Invariant($"hidden{Main}"), Main, _activation);
        if (_activation != HiddenActivation.Tanh) yield return (FormattableString.Invariant($"hidden{Main}-tanh"), Main, HiddenActivation.Tanh);
        foreach (int hidden in Settings.Hidden.Where(h => h != Main)) yield return (FormattableString.Invariant($"hidden{hidden}"), hidden, _activation);
    }

    private DenseNetwork MainNetwork()
    {
        (string name, int hidden, HiddenActivation activation) = Keys().First();
        return Network(name, hidden, activation);
    }

    private DenseNetwork Network(string name, int hidden, HiddenActivation activation) => _networks.TryGetValue(name, out DenseNetwork? known)
        ? known
        : _networks[name] = new DenseNetwork(Sizes(hidden), activation, NpyFile.Read(WeightFile(name)).Values);

    private string WeightFile(string name) => Path.Combine(Folder.Root, $"model.{name}.npy");

    // Pixels drive word lines as they are, so that background draws no current; features of tables are centred.
    private static (VoltageSet Training, VoltageSet Test) Scaled(DataSplit split)
    {
        if (split.Training.IsImage) return (Set(split.Training, split.Training.Inputs.Span), Set(split.Test, split.Test.Inputs.Span));
        FeatureStandardization scaling = FeatureStandardization.Fit(split.Training);
        return (Set(split.Training, scaling.Apply(split.Training, hasBias: false)), Set(split.Test, scaling.Apply(split.Test, hasBias: false)));

        static VoltageSet Set(DataSet data, ReadOnlySpan<double> inputs) => new(data.FeatureCount, inputs, data.Labels.Span);
    }

    // A deck is one tile, whose devices are named by their place in it: layer and tile tell equal names apart.
    private static void WriteDevices(TextWriter writer, TransferTiles tiles, WeightPairs[] targets, double[][] siemens)
    {
        writer.Write("name,layer,tile,word_line,bit_line,target_siemens,siemens,ohms\n");
        for (int l = 0; l < siemens.Length; l++)
        {
            int tile = 0, lines = tiles.BitLineCount(l);
            foreach ((int first, int end) in tiles.Rows(l))
            {
                tile++;
                for (int i = first; i < end; i++)
                    for (int j = 0; j < lines; j++)
                    {
                        int d = i * lines + j;
                        writer.Write(string.Create(CultureInfo.InvariantCulture,
                            $"{NodeNames.Device(0, i - first, j)},{l + 1},{tile},{i + 1},{j + 1},{targets[l].TargetSiemens.Span[d]:R},{siemens[l][d]:R},{1 / siemens[l][d]:R}\n"));
                    }
            }
        }
    }

    private string[] Notes() =>
    [
        "The test part was used to report accuracy only; no setting was chosen on it.",
        "Placement, assignment and retraining know the distributions at the time of the read that 'device' gives; chips are read at all times.",
        string.Create(CultureInfo.InvariantCulture, $"Hidden neurons are {_activation.Name}; their outputs are buffered, so that crossbars do not load them."),
        .. _transfer.Card.PulseEnergyJoules is null ? ["The card has no published pulse energy: programming is counted in pulses."] : Array.Empty<string>(),
    ];

    private sealed class EpochProgress(Action done) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => done();
    }
}
