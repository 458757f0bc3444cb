using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Engines.Native;
using CircuitSim.Circuit.Engines.Ngspice;
using CircuitSim.Circuit.Errors;
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

    // Up to here our own second solver takes a second or so, and solves every deck unasked; beyond, one whole circuit.
    private const int MostUnaskedNodes = 2500;

    // A hundred samples give means to a few percent of the spread between samples.
    private const int MostSensitivitySamples = 100;

    // Share of the stage that the comparison takes; the rest is ngspice.
    private const double ComparisonShare = 0.4;

    // Transients come last.
    private const double SpeedShare = 0.99;

    internal static string EngineVersion(RunServices services) => Referee.Versions(services);

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
        IReadOnlyList<Referee> referees = Referee.Of(experiment.Check, services);
        NgspiceEngine? ngspice = referees.Select(r => r.Engine).OfType<NgspiceEngine>().FirstOrDefault();
        (List<SpiceCheck> spice, CrossCheckTable table) = CompareEngines(
            experiment, folder, data, mapped.Circuit, behavioural, result, referees, progress, cancellationToken);
        (SpeedReport? speed, string? speedProblem) = Speed(experiment, mapped, data, ngspice, progress, cancellationToken);
        var seconds = new StageTiming { Stage = "check", Seconds = services.Time.GetElapsedTime(start).TotalSeconds };
        return new FidelityDocument
        {
            Name = experiment.Name,
            Seed = experiment.Seed,
            ProgramVersion = ProgramVersion.Text,
            Verdict = RunVerdict.Judge(experiment, result, training.Training.InTheLoop, spice, speed?.Comparison, data.CheckedCount),
            Engines = Engines(referees),
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
            SpiceChecks = [.. spice.Where(c => !c.IsOwnSolver)],
            OwnChecks = [.. spice.Where(c => c.IsOwnSolver)],
            Power = result.Power.Layers,
            PowerBalance = result.Power.Balance,
            Speed = speed,
            Timings = [.. timings, seconds],
            Decks = Decks(folder),
            Cite = Citations.For(experiment),
            Notes = [.. Notes(data, mapped), .. DialectNotes(experiment), .. speedProblem is null ? Array.Empty<string>() : [speedProblem]],
        };
    }

    // The trained network at every sample, and referees at decks, against our solution.
    private static (List<SpiceCheck> Spice, CrossCheckTable Table) CompareEngines(
        Experiment experiment, RunFolder folder, RunData data, NetworkCircuit circuit, IReadOnlyList<LayerOperatingPoint> behavioural, CrossCheckResult result,
        IReadOnlyList<Referee> referees, Action<double, string> progress, CancellationToken cancellationToken)
    {
        var table = new CrossCheckBuilder(
            [.. ErrorBudgets.Behavioural(experiment.Check.Budgets, circuit), .. ErrorBudgets.SameCircuit(experiment.Check)],
            data.Test.Labels, [.. Enumerable.Range(0, circuit.OutputCount).Select(j => NodeNames.InvertedOutput(circuit.Layers.Count - 1, j))]);
        table.AddBehavioural(
            CrossChecker.BehaviouralName, "The trained network, with the curve it was trained with, at every gate and inverter output.",
            behavioural, result.Circuit.Layers);
        var checker = new SpiceChecker(circuit, data.Test, null, experiment.Check.Limits.SpiceVolts ?? SpiceChecker.DefaultLimitVolts);
        List<SpiceCheck> spice = CheckDecks(
            checker, folder.Netlists, experiment.Check, referees, ComparisonShare, progress, cancellationToken,
            (referee, deck, ours, theirs) => table.AddDeck(referee.Label, deck, ours, theirs.NodeVolts),
            (deck, check) => table.AddUnsolved(check.Engine, deck, DeckVerdict.Problem(check)));
        return (spice, table.Build());
    }

    /// <summary>Has every deck of a run solved by each referee and compares it with the circuit that it was written from.</summary>
    /// <param name="checker">Knows the circuit and the limit.</param>
    /// <param name="netlists">Folder of the run's netlists.</param>
    /// <param name="settings">Time limit.</param>
    /// <param name="referees">Who solves decks.</param>
    /// <param name="firstShare">Share of the stage that is done before.</param>
    /// <param name="progress">Told the share of the stage.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <param name="solved">Told of every solution: referee, deck, our voltages, theirs.</param>
    /// <param name="unsolved">Told of every deck that gave nothing to compare.</param>
    internal static List<SpiceCheck> CheckDecks(
        SpiceChecker checker, string netlists, CheckSettings settings, IReadOnlyList<Referee> referees, double firstShare, Action<double, string> progress,
        CancellationToken cancellationToken,
        Action<Referee, DeckEntry, IReadOnlyDictionary<string, double>, OperatingPoint>? solved = null, Action<DeckEntry, SpiceCheck>? unsolved = null)
    {
        // Other dialects are written by their manuals; transients are held against the speed report.
        DeckEntry[] decks = [.. DeckExporter.ReadIndex(netlists).Where(d => d.Dialect == SpiceDialect.Ngspice.Name && d.Sample is not null)];
        (Referee Referee, SpiceChecker Checker)[] judges = [.. referees.Select(r => (r, Checker(r)))];
        var checks = new List<SpiceCheck>();
        for (int i = 0; i < decks.Length; i++)
        {
            foreach ((Referee referee, SpiceChecker judge) in judges)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!IsFor(referee, judge, decks[i], decks)) continue;
                progress(firstShare + (1 - firstShare) * i / decks.Length, $"{decks[i].File} in {referee.Name}");
                SpiceCheck check = judge.Check(netlists, decks[i], cancellationToken);
                checks.Add(check);
                if (check.WorstVolts is null) unsolved?.Invoke(decks[i], check);
            }
        }

        return checks;

        SpiceChecker Checker(Referee referee)
        {
            SpiceChecker judge = checker.By(referee, settings.SimulatorTime);
            judge.Solved = (deck, ours, theirs) => solved?.Invoke(referee, deck, ours, theirs);
            return judge;
        }
    }

    // Parts stand in for whole circuits with those who cannot take the whole.
    private static bool IsFor(Referee referee, SpiceChecker judge, DeckEntry deck, DeckEntry[] decks)
    {
        bool isWhole = deck.Wires == DeckWires.AsDesigned;
        if (referee is { IsOwnSolver: true, ChecksAll: false })
            return deck.NodeCount <= MostUnaskedNodes || deck == decks.FirstOrDefault(d => d.Wires == DeckWires.AsDesigned);
        return isWhole || referee.Engine is not null && decks.Any(d => d.Wires == DeckWires.AsDesigned && d.Sample == deck.Sample && judge.RefusalOf(d) is not null);
    }

    internal static EngineUse[] Engines(IReadOnlyList<Referee> referees) =>
    [
        new EngineUse { Name = "behavioural", Version = ProgramVersion.Text, IsAvailable = true, Role = "the network as trained, one matrix product and one curve a layer" },
        new EngineUse
        {
            Name = NativeEngine.EngineName,
            Version = ProgramVersion.Text,
            IsAvailable = true,
            Role = "the circuit: every device, wire segment and loaded inverter, layer by layer; and a second solver of its own, which is given exported decks as text",
        },
        .. Referee.Uses(referees),
    ];

    /// <summary>The samples that an experiment measures its speed with, or null when it does not ask for it.</summary>
    internal static (SampleSequence Samples, SpeedSettings Settings)? Sequence(Experiment experiment, MappedNetwork mapped, RunData data)
    {
        if (experiment.Speed is not { } settings) return null;
        int count = Math.Min(settings.Samples, data.Test.SampleCount);
        return (new SampleSequence(mapped.Circuit, CapacitanceValues.Of(settings, experiment.Circuit).Farads,
            data.Test.InputVolts.Span[..(count * data.Test.InputCount)], settings.EdgeSeconds), settings);
    }

    private static (SpeedReport? Report, string? Problem) Speed(
        Experiment experiment, MappedNetwork mapped, RunData data, NgspiceEngine? ngspice, Action<double, string> progress, CancellationToken cancellationToken)
    {
        if (Sequence(experiment, mapped, data) is not { } sequence) return (null, null);
        progress(SpeedShare, "transient of the samples in turn");
        try
        {
            return (Measure(ngspice), null);
        }
        catch (EngineException e) when (e.Engine == NgspiceEngine.EngineName)
        {
            return (Measure(null), $"The transients were not compared: {e.Message}");
        }

        SpeedReport Measure(NgspiceEngine? other) => SpeedMeter.Measure(
            sequence.Samples, CapacitanceValues.Of(sequence.Settings, experiment.Circuit), sequence.Settings, other, other?.Version, cancellationToken);
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
