using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists.Dialects;
using CircuitSim.Export.ArchitectureAware;
using CircuitSim.Export.CrossCheck;
using CircuitSim.Export.ExSitu;
using CircuitSim.Export.Figures;
using CircuitSim.Export.InSitu;
using CircuitSim.Export.Netlists;
using CircuitSim.Export.Reports;
using CircuitSim.Export.Speed;
using CircuitSim.Mapping;
using CircuitSim.Mapping.Files;
using CircuitSim.Mapping.Networks;

namespace CircuitSim.Export.Runs;

/// <summary>A run: training, mapping, netlists, cross-check and report, each stage kept in the run folder and repeated only when something it depends on changed.</summary>
/// <remarks>Not thread-safe; one pipeline works on a folder at a time.</remarks>
public sealed class RunPipeline
{
    private readonly RunServices _services;
    private readonly RunStages _stages;
    private readonly RunData? _data;
    private readonly IStagedRun? _staged;
    private TrainedNetwork? _network;
    private MappedNetwork? _mapped;

    private RunPipeline(Experiment experiment, RunFolder folder, RunServices services)
    {
        Experiment = experiment;
        Folder = folder;
        _services = services;
        _stages = RunStages.Open(folder.Stages);
        _staged = experiment switch
        {
            { InSitu: not null } => new InSituRun(experiment, folder, services),
            { ExSitu: not null } => new ExSituRun(experiment, folder, services),
            { Bayesian: not null } => new BayesianRun(experiment, folder, services),
            { Arrays: not null } => new ArrayRun(experiment, folder, services),
            _ => null,
        };
        if (_staged is not null) return;

        RunInverter.Check(experiment.Circuit);
        _data = RunData.Open(experiment, services.DataFolder);
    }

    /// <summary>The experiment with defaults filled in.</summary>
    public Experiment Experiment { get; }

    /// <summary>Where the files of the run stand.</summary>
    public RunFolder Folder { get; }

    /// <summary>The last stage that was asked for.</summary>
    public RunStage LastStage { get; private set; }

    /// <summary>Every number of the report, or null before the check stage.</summary>
    public FidelityDocument? Fidelity { get; private set; }

    /// <summary>Every number of a run in situ, or null before its check stage and for other runs.</summary>
    public InSituDocument? InSitu => (_staged as InSituRun)?.Document;

    /// <summary>Every number of a study of transferred networks, or null before its check stage and for other runs.</summary>
    public StudyDocument? Study => (_staged as StudyRun)?.Document;

    /// <summary>Every number of an architecture-aware run, or null before its check stage and for other runs.</summary>
    public ArrayDocument? Arrays => (_staged as ArrayRun)?.Document;

    /// <summary>Begins a run, or goes on with one of the same experiment. Nothing is written before a stage begins.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="folder">Where its files shall stand.</param>
    /// <param name="services">Data folder, engines, clock and progress.</param>
    /// <param name="isForced">Whether results of another experiment may be replaced.</param>
    /// <returns>The run.</returns>
    /// <exception cref="RunFolderException">The folder holds something else and <paramref name="isForced"/> is false.</exception>
    /// <exception cref="InputFileException">A data file or a file of the run is missing or broken.</exception>
    /// <exception cref="InvalidDesignException">The network's layers do not fit the data.</exception>
    public static RunPipeline Create(Experiment experiment, RunFolder folder, RunServices services, bool isForced = false)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(services);
        if (!isForced) RefuseOtherContent(experiment, folder);
        // A later command reads the experiment from the run's folder, and must find what this one did.
        return new RunPipeline(ExperimentFile.AsWritten(experiment), folder, services);
    }

    /// <summary>Opens a run folder.</summary>
    /// <param name="folder">A folder made by an earlier run.</param>
    /// <param name="services">Data folder, engines, clock and progress.</param>
    /// <param name="dialects">Netlist dialects in place of the experiment's; null keeps those.</param>
    /// <returns>The run.</returns>
    /// <exception cref="InputFileException">The folder is no run folder, or one of its files is broken.</exception>
    public static RunPipeline Open(RunFolder folder, RunServices services, IReadOnlyList<string>? dialects = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(services);
        if (!folder.IsRun)
            throw new InputFileException(folder.Root, "not a run folder: it lacks experiment.yaml or stages.json. Begin with 'circuitsim train EXPERIMENT'.");
        Experiment experiment = ExperimentFile.Read(folder.Experiment);
        return new RunPipeline(dialects is null ? experiment : experiment with { Export = experiment.Export with { Dialects = dialects } }, folder, services);
    }

    /// <summary>Goes through the stages up to the given one; those that are done and unchanged are kept.</summary>
    /// <param name="last">The last stage wanted.</param>
    /// <param name="cancellationToken">Ends the work early; finished stages stay.</param>
    public void RunThrough(RunStage last, CancellationToken cancellationToken = default)
    {
        LastStage = last;
        for (RunStage stage = RunStage.Train; stage <= last; stage++)
        {
            if (IsDone(stage))
            {
                Report(stage, 1, "unchanged, kept");
                if (stage == RunStage.Check) ReadFidelity();
            }
            else
            {
                Execute(stage, cancellationToken);
            }
        }
    }

    /// <summary>Repeats one stage; those before it must be done.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="InputFileException">An earlier stage has not been done with the present settings.</exception>
    public void RunOnly(RunStage stage, CancellationToken cancellationToken = default)
    {
        LastStage = stage;
        if (stage > RunStage.Train) RequireDone(stage - 1);
        if (stage == RunStage.Report) ReadFidelity();
        Execute(stage, cancellationToken);
    }

    /// <summary>Runs the exported ngspice decks again, as they lie on disk, and holds them against the run. Nothing of the run is changed.</summary>
    /// <param name="engine">The simulator.</param>
    /// <param name="cancellationToken">Ends the work early and stops the simulator.</param>
    /// <returns>One entry for each ngspice deck.</returns>
    /// <exception cref="InputFileException">The run has no exported decks, or none for ngspice.</exception>
    public IReadOnlyList<DeckRecheck> Recheck(IDeckEngine engine, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        LastStage = RunStage.Export;
        RequireDone(RunStage.Export);
        if (!Experiment.Export.Dialects.Contains(SpiceDialect.Ngspice.Name))
            throw new InputFileException(Folder.Netlists, "holds no ngspice decks; write them with 'circuitsim export RUN --dialects ngspice'.");
        double limit = Experiment.Check.Limits.SpiceVolts ?? SpiceChecker.DefaultLimitVolts;
        (SampleSequence Samples, SpeedSettings Settings)? sequence = _staged is null ? CheckStage.Sequence(Experiment, Mapped(), Data) : null;
        SpiceChecker checker = (_staged?.Checker(engine) ?? new SpiceChecker(Mapped().Circuit, Data.Test, engine, limit)).Within(Experiment.Check.SimulatorTime);
        IEnumerable<DeckDraft> drafts = _staged?.Drafts(cancellationToken)
            ?? NetworkDecks.Draft(Experiment.Name, Mapped().Circuit, Data.Test, ExportedSamples(), sequence, cancellationToken);
        int count = DeckExporter.ReadIndex(Folder.Netlists).Count(d => d.Dialect == SpiceDialect.Ngspice.Name), done = 0;
        return new DeckRechecker(Folder, checker, engine, sequence, Experiment.Check.SimulatorTime).Check(
            drafts, file => Report(RunStage.Check, Math.Min(0.999, (double)done++ / Math.Max(count, 1)), file), cancellationToken);
    }

    private static void RefuseOtherContent(Experiment experiment, RunFolder folder)
    {
        if (folder.IsForeign)
            throw new RunFolderException($"'{folder.Root}' holds files that are not of a run; give another folder with --output, or --force to write there all the same.");
        if (!folder.IsRun) return;

        using var wanted = new StringWriter();
        ExperimentFile.Write(wanted, experiment);
        using var present = new StringWriter();
        ExperimentFile.Write(present, ExperimentFile.Read(folder.Experiment));
        if (wanted.ToString() != present.ToString())
            throw new RunFolderException($"'{folder.Root}' holds the run of an experiment with other settings; give another folder with --output, or --force to replace it.");
    }

    private void Execute(RunStage stage, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        long start = _services.Time.GetTimestamp();
        string message = _staged?.Execute(stage, Timings(), (fraction, text) => Report(stage, fraction, text), cancellationToken) ?? stage switch
        {
            RunStage.Train => Train(cancellationToken),
            RunStage.Map => Map(),
            RunStage.Export => Export(cancellationToken),
            RunStage.Check => Check(cancellationToken),
            _ => WriteReport(),
        };
        double seconds = _services.Time.GetElapsedTime(start).TotalSeconds;
        _stages.Record(stage, Fingerprint(stage), seconds);
        Folder.Append(_services.Time.GetUtcNow(), stage.ToString().ToLowerInvariant(), message, seconds);
        Report(stage, 1, FormattableString.Invariant($"{message} ({seconds:F1} s)"));
    }

    private void RequireDone(RunStage last)
    {
        for (RunStage stage = RunStage.Train; stage <= last; stage++)
        {
            if (IsDone(stage)) continue;
            string verb = stage.ToString().ToLowerInvariant();
            throw new InputFileException(Folder.Root, $"stage '{verb}' is missing or was made with other settings; run 'circuitsim {verb}' first, or 'circuitsim run'.");
        }
    }

    private int[] ExportedSamples() => Experiment.Export.Samples is { } chosen ? [.. chosen] : [.. Enumerable.Range(0, Data.CheckedCount)];

    // A run with stages of its own has data of its own, and never comes to the stages below.
    private RunData Data => _data!;

    private void ReadFidelity()
    {
        if (_staged is not null) _staged.ReadDocument();
        else Fidelity = FidelityJson.Read(Folder.Fidelity);
    }

    private StageTiming[] Timings() =>
        [.. new[] { RunStage.Train, RunStage.Map, RunStage.Export }.Select(s => new StageTiming { Stage = s.ToString().ToLowerInvariant(), Seconds = _stages.Seconds(s) })];

    private string Train(CancellationToken cancellationToken)
    {
        (TrainedNetwork network, TrainingRecord record) = TrainStage.Train(
            Experiment, Data, _services.Time, (fraction, message) => Report(RunStage.Train, fraction, message), cancellationToken);
        _network = network;
        Folder.WriteExperiment(Experiment);
        TrainedNetworkFile.Write(Folder.Model, network);
        record.Write(Folder.Training);
        return FormattableString.Invariant(
            $"test accuracy {record.Training.History[^1].TestAccuracyPercent:F2} %, unconstrained {record.Baseline.TestAccuracyPercent:F2} %");
    }

    private string Map()
    {
        Folder.WriteExperiment(Experiment);
        MappedNetwork mapped = Mapped();
        MappingFiles.Write(Folder, mapped, RunDevice.IsReal(Experiment));
        return FormattableString.Invariant($"{mapped.DeviceCount} devices, {mapped.ClippedCount} clipped");
    }

    private string Export(CancellationToken cancellationToken)
    {
        Folder.WriteExperiment(Experiment);
        IReadOnlyList<DeckEntry> decks = DeckExporter.Write(
            Folder.Netlists, Experiment.Name, Mapped().Circuit, Data.Test, ExportedSamples(), CheckStage.Sequence(Experiment, Mapped(), Data), Experiment.Export.SpiceDialects,
            (fraction, message) => Report(RunStage.Export, fraction, message), cancellationToken);
        return FormattableString.Invariant($"{decks.Count} decks");
    }

    private string Check(CancellationToken cancellationToken)
    {
        Folder.WriteExperiment(Experiment);
        Fidelity = CheckStage.Check(
            Experiment, Folder, Data, Network(), Mapped(), TrainingRecord.Read(Folder.Training), _services,
            Timings(), (fraction, message) => Report(RunStage.Check, fraction, message), cancellationToken);
        AtomicFile.Write(Folder.Fidelity, s => FidelityJson.Write(Fidelity, s));
        return Fidelity.Verdict.Summary;
    }

    private string WriteReport()
    {
        ReportMatrices matrices = ReportStage.Matrices(Experiment, Mapped(), Data);
        IReadOnlyList<NamedFigure> figures = [];
        AtomicFile.WriteText(Folder.Report, w => figures = FidelityReport.Write(Fidelity!, matrices, w));
        FigureFiles.Replace(Folder.Figures, figures);
        return Path.GetFileName(Folder.Report);
    }

    private TrainedNetwork Network() => _network ??= TrainedNetworkFile.Read(Folder.Model);

    private MappedNetwork Mapped() => _mapped ??= RunDevice.Sampler(Experiment, Network()).Sample(RunDevice.Seed(Experiment.Seed, Experiment.Chip));

    private bool IsDone(RunStage stage)
    {
        string[] outputs = _staged?.Outputs(stage) ?? stage switch
        {
            RunStage.Train => [Folder.Experiment, Folder.Model, Folder.Training],
            RunStage.Map => [Folder.Mapping, Folder.Devices],
            RunStage.Export => [Folder.Netlists],
            RunStage.Check => [Folder.Fidelity],
            _ => [Folder.Report, Folder.Figures],
        };
        return _stages.IsDone(stage, Fingerprint(stage), outputs);
    }

    /// <summary>What a stage depends on: its own settings and, through the chain, those of the stages before it.</summary>
    private string Fingerprint(RunStage stage) => _staged?.Fingerprint(stage) ?? stage switch
    {
        RunStage.Train => TrainStage.Fingerprint(Experiment, Data),
        RunStage.Map => RunStages.Fingerprint(
            Fingerprint(RunStage.Train), Experiment.Device, RunDevice.CardFingerprint(Experiment.Device), Experiment.Circuit, Experiment.Chip),
        RunStage.Export => RunStages.Fingerprint(Fingerprint(RunStage.Map), Experiment.Export, Experiment.Check.Samples, (object?)Experiment.Speed ?? ""),
        RunStage.Check => RunStages.Fingerprint(Fingerprint(RunStage.Export), Experiment.Check, CheckStage.EngineVersion(_services)),
        _ => RunStages.Fingerprint(Fingerprint(RunStage.Check)),
    };

    private void Report(RunStage stage, double fraction, string message) =>
        _services.Progress?.Report(new RunProgress(stage, fraction, message));
}
