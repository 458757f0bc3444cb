using CircuitSim.Circuit.Engines.Native;
using CircuitSim.Circuit.Engines.Ngspice;
using CircuitSim.Circuit.Netlists.Dialects;
using CircuitSim.Circuit.Networks;
using CircuitSim.Export.Attribution;
using CircuitSim.Export.CrossCheck;
using CircuitSim.Export.Netlists;
using CircuitSim.Export.Reports;
using CircuitSim.Export.Speed;
using CircuitSim.Mapping;
using CircuitSim.Mapping.Networks;

namespace CircuitSim.Export.Runs;

/// <summary>The check stage: compares behavioural network, circuit and ngspice, and draws up every number of the report.</summary>
internal static class CheckStage
{
    internal const string BehaviouralBeforeName = "behavioural, before fine-tuning", CircuitBeforeName = "circuit, before fine-tuning";

    private const string NotAskedFor = "comparison with ngspice was not asked for (check: { against: [ngspice] })";

    // A hundred samples give means to a few percent of the spread between samples.
    private const int MostSensitivitySamples = 100;

    // Share of the stage that the comparison takes; the rest is ngspice.
    private const double ComparisonShare = 0.4;

    // Transients come last.
    private const double SpeedShare = 0.99;

    internal static string EngineVersion(RunServices services) => string.Join(
        ", ", services.DeckEngines.Select(e => e.Name).Prepend(NgspiceEngine.TryFind(services.EngineSearchPath)?.Version ?? "absent"));

    internal static FidelityDocument Check(
        Experiment experiment, RunFolder folder, RunData data, TrainedNetwork network, MappedNetwork mapped, TrainingRecord training,
        RunServices services, IReadOnlyList<StageTiming> timings, Action<double, string> progress, CancellationToken cancellationToken)
    {
        long start = services.Time.GetTimestamp();
        string dataPart = data.CheckedCount == data.Test.SampleCount ? "held out" : $"first {data.CheckedCount} held out";
        IReadOnlyList<LayerOperatingPoint> behavioural = TrainStage.Evaluate(experiment, network, data.CheckedInputVolts, data.CheckedCount);
        CrossCheckResult result = CrossChecker.Check(
            mapped.Circuit, behavioural, data.CheckedInputVolts, data.CheckedLabels, dataPart,
            RunEffects.Plan(experiment, network, TrainStage.Curves(experiment)), new ComparisonProgress(progress), cancellationToken);

        progress(ComparisonShare, "sensitivity and sneak paths");
        SensitivityReport? sensitivity = SensitivityAnalysis.Of(
            result.Solver, result.Circuit, Math.Min(data.CheckedCount, MostSensitivitySamples), cancellationToken);
        IReadOnlyList<LayerSneakPaths> sneakPaths = SneakPathAnalysis.Of(result.Solver, result.Circuit, cancellationToken);
        bool isSpiceWanted = experiment.Check.Against.Contains("ngspice");
        NgspiceEngine? ngspice = isSpiceWanted ? NgspiceEngine.TryFind(services.EngineSearchPath) : null;
        (List<SpiceCheck> spice, CrossCheckTable table) = CompareEngines(
            experiment, folder, data, mapped.Circuit, behavioural, result, isSpiceWanted, ngspice, services, progress, cancellationToken);
        SpeedReport? speed = Speed(experiment, mapped, data, ngspice, progress, cancellationToken);
        var seconds = new StageTiming { Stage = "check", Seconds = services.Time.GetElapsedTime(start).TotalSeconds };
        return new FidelityDocument
        {
            Name = experiment.Name,
            Seed = experiment.Seed,
            ProgramVersion = ProgramVersion.Text,
            Verdict = RunVerdict.Judge(experiment, result, training.Training.InTheLoop, spice, speed?.Comparison, data.CheckedCount, isSpiceWanted),
            Engines = Engines(ngspice, isSpiceWanted),
            DataSet = Summary(data),
            Network = Summary(experiment, mapped),
            Training = training.Training,
            Baseline = training.Baseline,
            Accuracies = [.. result.Accuracies, .. BeforeTheLoop(training, data.Test.SampleCount), BaselineAccuracy(training, data.Test.SampleCount)],
            Agreement = result.Agreement,
            Confusions = result.Confusions,
            Attribution = result.Attribution.Steps,
            ReverseAttribution = result.Attribution.Removed,
            SkippedEffects = result.Attribution.Skipped,
            CrossCheck = table,
            Sensitivity = sensitivity,
            SneakPaths = sneakPaths,
            AttributionClosureVolts = result.AttributionClosureVolts,
            Layers = result.Layers,
            WorstNodes = result.WorstNodes,
            SpiceChecks = spice,
            Power = result.Power.Layers,
            PowerBalance = result.Power.Balance,
            Speed = speed,
            Timings = [.. timings, seconds],
            Decks = Decks(folder),
            Cite = Citations.For(experiment),
            Notes = [.. Notes(data, mapped), .. DialectNotes(experiment)],
        };
    }

    // The trained network at every sample, and ngspice and engines of this process at every deck, against our solution.
    private static (List<SpiceCheck> Spice, CrossCheckTable Table) CompareEngines(
        Experiment experiment, RunFolder folder, RunData data, NetworkCircuit circuit, IReadOnlyList<LayerOperatingPoint> behavioural, CrossCheckResult result,
        bool isSpiceWanted, NgspiceEngine? ngspice, RunServices services, Action<double, string> progress, CancellationToken cancellationToken)
    {
        var table = new CrossCheckBuilder(
            [.. ErrorBudgets.Behavioural(experiment.Check.Budgets, circuit), .. ErrorBudgets.SameCircuit(experiment.Check)],
            data.Test.Labels, [.. Enumerable.Range(0, circuit.OutputCount).Select(j => NodeNames.InvertedOutput(circuit.Layers.Count - 1, j))]);
        table.AddBehavioural(
            CrossChecker.BehaviouralName, "The trained network, with the curve it was trained with, at every gate and inverter output.",
            behavioural, result.Circuit.Layers);
        string name = ngspice?.Version ?? NgspiceEngine.EngineName;
        var checker = new SpiceChecker(circuit, data.Test, ngspice, experiment.Check.Limits.SpiceVolts ?? SpiceChecker.DefaultLimitVolts)
        {
            Solved = (deck, ours, theirs) => table.AddDeck(name, deck, ours, theirs.NodeVolts),
        };
        var others = new DeckEngines(services.DeckEngines, table);
        List<SpiceCheck> spice = CheckDecks(
            checker, folder, isSpiceWanted, ComparisonShare, progress, cancellationToken,
            (deck, check) =>
            {
                if (isSpiceWanted && check.WorstVolts is null) table.AddUnsolved(name, deck, check.Reason);
                others.Add(folder.Netlists, deck, () => checker.Expected(deck), null, null, cancellationToken);
            });
        return (spice, table.Build());
    }

    /// <summary>Holds every deck of a run against the circuit that it was written from.</summary>
    /// <param name="checker">Knows the circuit and the limit.</param>
    /// <param name="folder">The run.</param>
    /// <param name="isWanted">Whether the experiment asks for ngspice.</param>
    /// <param name="firstShare">Share of the stage that is done before.</param>
    /// <param name="progress">Told the share of the stage.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <param name="isChecked">Told of every deck and what became of it, or null.</param>
    internal static List<SpiceCheck> CheckDecks(
        SpiceChecker checker, RunFolder folder, bool isWanted, double firstShare, Action<double, string> progress, CancellationToken cancellationToken,
        Action<DeckEntry, SpiceCheck>? isChecked = null)
    {
        // Other dialects are written by their manuals; transients are held against the speed report.
        DeckEntry[] decks = [.. DeckExporter.ReadIndex(folder.Netlists).Where(d => d.Dialect == SpiceDialect.Ngspice.Name && d.Sample is not null)];
        var checks = new List<SpiceCheck>();
        foreach (DeckEntry deck in decks)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress(firstShare + (1 - firstShare) * checks.Count / decks.Length, deck.File);
            SpiceCheck check = checker.Check(folder.Netlists, deck, cancellationToken);
            checks.Add(isWanted || check.Status != SpiceCheckStatus.NotRun
                ? check
                : check with { Reason = NotAskedFor });
            isChecked?.Invoke(deck, check);
        }

        return checks;
    }

    internal static EngineUse[] Engines(NgspiceEngine? ngspice, bool isWanted) =>
    [
        new EngineUse { Name = "behavioural", Version = ProgramVersion.Text, IsAvailable = true, Role = "the network as trained, one matrix product and one curve a layer" },
        new EngineUse { Name = NativeEngine.EngineName, Version = ProgramVersion.Text, IsAvailable = true, Role = "the circuit: every device, wire segment and loaded inverter" },
        new EngineUse
        {
            Name = NgspiceEngine.EngineName,
            Version = ngspice?.Version,
            IsAvailable = ngspice is not null,
            Role = ngspice is not null ? "re-ran the exported decks, unchanged, as a child process"
                : isWanted ? "was not found on this machine; install it (Debian: apt-get install ngspice) and run 'circuitsim check'"
                : "was not asked for",
        },
    ];

    /// <summary>The samples that an experiment measures its speed with, or null when it does not ask for it.</summary>
    internal static (SampleSequence Samples, SpeedSettings Settings)? Sequence(Experiment experiment, MappedNetwork mapped, RunData data)
    {
        if (experiment.Speed is not { } settings) return null;
        int count = Math.Min(settings.Samples, data.Test.SampleCount);
        return (new SampleSequence(mapped.Circuit, CapacitanceValues.Of(settings, experiment.Circuit).Farads,
            data.Test.InputVolts.Span[..(count * data.Test.InputCount)], settings.EdgeSeconds), settings);
    }

    private static SpeedReport? Speed(
        Experiment experiment, MappedNetwork mapped, RunData data, NgspiceEngine? ngspice, Action<double, string> progress, CancellationToken cancellationToken)
    {
        if (Sequence(experiment, mapped, data) is not { } sequence) return null;
        progress(SpeedShare, "transient of the samples in turn");
        return SpeedMeter.Measure(sequence.Samples, CapacitanceValues.Of(sequence.Settings, experiment.Circuit), sequence.Settings, ngspice, ngspice?.Version, cancellationToken);
    }

    private static DataSetSummary Summary(RunData data) => new()
    {
        Name = data.All.Name,
        Source = data.All.Source,
        SampleCount = data.All.SampleCount,
        TrainCount = data.Training.SampleCount,
        TestCount = data.Test.SampleCount,
        FeatureCount = data.All.FeatureCount,
        ClassNames = data.All.ClassNames,
        ImageWidth = data.All.ImageWidth ?? 0,
        ImageHeight = data.All.ImageHeight ?? 0,
    };

    private static NetworkSummary Summary(Experiment experiment, MappedNetwork mapped) => new()
    {
        LayerSizes = experiment.Network.Layers,
        ConductanceRatio = experiment.Device.ConductanceRatio,
        SupplyVolts = experiment.Circuit.SupplyVolts,
        InverterName = mapped.Circuit.Inverter.Name,
        WordLineSegmentOhms = RunDevice.SegmentOhms(experiment.Circuit).WordLine,
        BitLineSegmentOhms = RunDevice.SegmentOhms(experiment.Circuit).BitLine,
        SourceOhms = experiment.Circuit.SourceOhms,
        DeviceCount = (int)mapped.DeviceCount,
        CircuitNodeCount = (int)NetlistEffort.Of(mapped.Circuit).NodeCount,
        NeuronCurve = NeuronCurveOf(mapped.Circuit),
        Layers = MappingFiles.Summaries(mapped, RunDevice.IsReal(experiment)),
        DeviceCard = mapped.Card.Name,
        DeviceAssumptions = [.. mapped.Layers.SelectMany(l => l.Programming.Assumptions).Distinct()],
        Chip = RunDevice.IsReal(experiment) ? experiment.Chip : null,
    };

    private static NeuronCurve NeuronCurveOf(NetworkCircuit circuit)
    {
        const int points = 201;
        VoltageTransferCurve curve = VoltageTransferCurve.Characterize(circuit.Inverter, circuit.SupplyVolts);
        double[] gate = [.. Enumerable.Range(0, points).Select(i => circuit.SupplyVolts * ((double)i / (points - 1) - 0.5))];
        double[] inverted = [.. gate.Select(v => curve.OutputVolts(v))];
        return new NeuronCurve
        {
            Description = $"{circuit.Inverter.Name}, unloaded, {(circuit.Inverter is TabulatedInverter ? "from its table" : "from the device equations")}",
            GateVolts = gate,
            InvertedVolts = inverted,
            RestoredVolts = [.. inverted.Select(v => curve.OutputVolts(v))],
        };
    }

    // The network that fine-tuning began with: as trained, and as a circuit with the wires of the experiment.
    private static ModelAccuracy[] BeforeTheLoop(TrainingRecord training, int count) => training.Training.InTheLoop is { } loop
        ?
        [
            HeldOut(BehaviouralBeforeName, loop.BehaviouralTestAccuracyPercent, count),
            HeldOut(CircuitBeforeName, loop.History[0].TestAccuracyPercent!.Value, count),
        ]
        : [];

    private static ModelAccuracy BaselineAccuracy(TrainingRecord training, int count) =>
        HeldOut(training.Baseline.Name, training.Baseline.TestAccuracyPercent, count);

    private static ModelAccuracy HeldOut(string name, double percent, int count) =>
        CrossChecker.Accuracy(name, "held out", (int)Math.Round(percent * count / 100), count);

    internal static ExportedDeck[] Decks(RunFolder folder) => [.. DeckExporter.ReadIndex(folder.Netlists).Select(d =>
    {
        string file = $"{Path.GetFileName(folder.Netlists)}/{d.Dialect}/{d.File}";
        return new ExportedDeck
        {
            File = file,
            Description = d.Description,
            Dialect = d.Dialect,
            Command = SpiceDialect.Find(d.Dialect)!.Command(file),
            ElementCount = d.ElementCount,
            SizeBytes = new FileInfo(Path.Combine(folder.Netlists, d.Dialect, d.File)).Length,
        };
    })];

    internal static IEnumerable<string> DialectNotes(Experiment experiment)
    {
        string[] others = [.. experiment.Export.SpiceDialects.Where(d => d.Manual is not null).Select(d => d.Simulator)];
        if (others.Length > 0)
            yield return $"Decks for {string.Join(", ", others)} follow the manuals of those simulators and were not run in them; the ngspice decks of the same circuits are what is checked.";
    }

    private static string[] Notes(RunData data, MappedNetwork mapped)
    {
        var notes = new List<string>();
        if (data.Test.OutsideRailsCount > 0)
            notes.Add($"{data.Test.OutsideRailsCount} held-out input voltages lie beyond a rail, because their features lie beyond the range of the training samples; they are applied as they are.");
        if (mapped.ClippedCount > 0)
            notes.Add($"{mapped.ClippedCount} of {mapped.DeviceCount} devices were clipped to the device's window, as the experiment asks.");
        return [.. notes];
    }

    private sealed class ComparisonProgress(Action<double, string> progress) : IProgress<(double Fraction, string Message)>
    {
        public void Report((double Fraction, string Message) value) => progress(ComparisonShare * value.Fraction, value.Message);
    }
}
