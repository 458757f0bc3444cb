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
    private RunStages _stages;
    private readonly bool _isForced;
    private readonly RunData? _data;
    private readonly IStagedRun? _staged;
    private readonly Dictionary<RunStage, string> _fingerprints = [];
    private TrainedNetwork? _network;
    private MappedNetwork? _mapped;

    private RunPipeline(Experiment experiment, RunFolder folder, RunServices services, bool isForced = false)
    {
        Experiment = experiment;
        Folder = folder;
        _services = services;
        _isForced = isForced;
        _stages = RunStages.Open(folder.Stages, isForced);
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
        return new RunPipeline(ExperimentFile.AsWritten(experiment), folder, services, isForced);
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
    /// <exception cref="RunFolderException">Another process works on the folder.</exception>
    /// <exception cref="VectorUnitsException">A stage to keep was computed with other vector units, and mixing them was not asked for.</exception>
    public void RunThrough(RunStage last, CancellationToken cancellationToken = default)
    {
        LastStage = last;
        using FolderLock owned = Own();
        for (RunStage stage = RunStage.Train; stage <= last; stage++)
        {
            if (IsDone(stage) && !IsToBeReplaced(stage))
            {
                RefuseOtherVectors(stage);
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
        using FolderLock owned = Own();
        if (stage > RunStage.Train) RequireDone(stage - 1);
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
        // Nothing is continued here, so that the decks of other vector units serve as well.
        RequireDone(RunStage.Export, mixesVectorUnits: true);
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

    // Another process may have gone on with the run since it was opened.
    private FolderLock Own()
    {
        FolderLock owned = FolderLock.Take(Folder.Root).Cleared();
        try
        {
            _stages = RunStages.Open(Folder.Stages, _isForced);
            _fingerprints.Clear();
            return owned;
        }
        catch
        {
            owned.Dispose();
            throw;
        }
    }

    private void Execute(RunStage stage, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        long start = _services.Time.GetTimestamp();
        // Taken before the work: a file that changes meanwhile makes the stage run again.
        string fingerprint = Fingerprint(stage);
        var history = new StageHistory(Timings(), VectorUnits(stage));
        if (stage == RunStage.Report) ReadFidelity();
        string message = _staged?.Execute(stage, history, (fraction, text) => Report(stage, fraction, text), cancellationToken) ?? stage switch
        {
            RunStage.Train => Train(cancellationToken),
            RunStage.Map => Map(),
            RunStage.Export => Export(cancellationToken),
            RunStage.Check => Check(history, cancellationToken),
            _ => WriteReport(),
        };
        double seconds = _services.Time.GetElapsedTime(start).TotalSeconds;
        _stages.Record(stage, new RunStageRecord(fingerprint, seconds, _services.Program, _services.VectorUnits));
        // Later stages read what this one wrote, whether they follow at once or in another process: so that the results are the same.
        for (RunStage later = stage + 1; later <= RunStage.Report; later++) _fingerprints.Remove(later);
        Folder.Append(_services.Time.GetUtcNow(), stage.ToString().ToLowerInvariant(), message, seconds);
        Report(stage, 1, FormattableString.Invariant($"{message} ({seconds:F1} s)"));
    }

    private void RequireDone(RunStage last, bool mixesVectorUnits = false)
    {
        for (RunStage stage = RunStage.Train; stage <= last; stage++)
        {
            if (IsDone(stage))
            {
                if (!mixesVectorUnits) RefuseOtherVectors(stage);
                continue;
            }

            string verb = stage.ToString().ToLowerInvariant();
            string cause = _stages.Find(stage) is not { } record ? "has not been done"
                : record.Program != _services.Program ? $"was made by another build of the program ({(record.Program.Length > 0 ? record.Program : "not recorded")}; this is {_services.Program})"
                : record.Fingerprint != Fingerprint(stage) ? "was made with other settings or from other input files"
                : $"lacks '{Outputs(stage).First(o => !File.Exists(o) && !Directory.Exists(o))}'";
            throw new InputFileException(Folder.Root, $"stage '{verb}' {cause}; run 'circuitsim {verb}' first, or 'circuitsim run'.");
        }
    }

    private bool IsToBeReplaced(RunStage stage) => _isForced && !_services.MixesVectorUnits && _stages.Find(stage)!.VectorUnits != _services.VectorUnits;

    // Stages of a run that other vector units computed differ from ours by rounding; whoever mixes them has to know.
    private void RefuseOtherVectors(RunStage stage)
    {
        string made = _stages.Find(stage)!.VectorUnits;
        if (_services.MixesVectorUnits || made == _services.VectorUnits) return;
        throw new VectorUnitsException($"Stage '{stage.ToString().ToLowerInvariant()}' of '{Folder.Root}'", made, _services.VectorUnits);
    }

    private string[] VectorUnits(RunStage last) =>
    [
        .. Enumerable.Range(0, (int)last).Select(s => _stages.Find((RunStage)s)?.VectorUnits).OfType<string>().Append(_services.VectorUnits).Distinct(),
    ];

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
        (_network, _mapped) = (null, null);
        Folder.Begin(Experiment);
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

    private string Check(StageHistory history, CancellationToken cancellationToken)
    {
        Folder.WriteExperiment(Experiment);
        Fidelity = CheckStage.Check(
            Experiment, Folder, Data, Network(), Mapped(), TrainingRecord.Read(Folder.Training), _services,
            history.Timings, (fraction, message) => Report(RunStage.Check, fraction, message), cancellationToken) with
        { VectorUnits = history.VectorUnits };
        AtomicFile.Write(Folder.Fidelity, s => FidelityJson.Write(Fidelity, s));
        return Fidelity.Verdict.Summary;
    }

    private string WriteReport()
    {
        ReportMatrices matrices = ReportStage.Matrices(Experiment, Mapped(), Data);
        IReadOnlyList<NamedFigure> figures = [];
        AtomicFile.WriteText(Folder.Report, w => figures = FidelityJson.Use(Folder.Fidelity, () => FidelityReport.Write(Fidelity!, matrices, w)));
        FigureFiles.Replace(Folder.Figures, figures);
        return Path.GetFileName(Folder.Report);
    }

    private TrainedNetwork Network() => _network ??= TrainedNetworkFile.Read(Folder.Model);

    private MappedNetwork Mapped() => _mapped ??= RunDevice.Sampler(Experiment, Network()).Sample(RunDevice.Seed(Experiment.Seed, Experiment.Chip));

    private bool IsDone(RunStage stage) =>
        _stages.Find(stage) is { } record && record.Fingerprint == Fingerprint(stage) && Outputs(stage).All(o => File.Exists(o) || Directory.Exists(o));

    private string[] Outputs(RunStage stage) => _staged?.Outputs(stage) ?? stage switch
    {
        RunStage.Train => [Folder.Experiment, Folder.Model, Folder.Training],
        RunStage.Map => [Folder.Mapping, Folder.Devices],
        RunStage.Export => [Folder.Netlists],
        RunStage.Check => [Folder.Fidelity],
        _ => [Folder.Report, Folder.Figures],
    };

    /// <summary>What a stage depends on: the build of the program, its settings and input files, the stage before, and every byte that one wrote.</summary>
    private string Fingerprint(RunStage stage)
    {
        if (_fingerprints.TryGetValue(stage, out string? known)) return known;
        string own = _staged?.Fingerprint(stage) ?? OwnFingerprint(stage);
        return _fingerprints[stage] = stage == RunStage.Train
            ? RunStages.Fingerprint(_services.Program, own)
            : RunStages.Fingerprint(own, Fingerprint(stage - 1), DataFingerprint.OfFiles(Written(stage - 1)));
    }

    // The experiment is left out: each stage writes it again, and what a stage takes from it is among its settings.
    private IEnumerable<string> Written(RunStage stage)
    {
        IEnumerable<string> outputs = Outputs(stage).Where(o => o != Folder.Experiment);
        return stage == RunStage.Train ? outputs.Union(Folder.ModelFiles()) : outputs;
    }

    private string OwnFingerprint(RunStage stage) => stage switch
    {
        RunStage.Train => TrainStage.Fingerprint(Experiment, Data),
        RunStage.Map => RunStages.Fingerprint(Experiment.Device, RunDevice.CardFingerprint(Experiment.Device), Experiment.Circuit, Experiment.Chip),
        RunStage.Export => RunStages.Fingerprint(Experiment.Name, Experiment.Export, Experiment.Check.Samples, (object?)Experiment.Speed ?? ""),
        RunStage.Check => RunStages.Fingerprint(Experiment.Check, CheckStage.EngineVersion(_services)),
        _ => "",
    };

    private void Report(RunStage stage, double fraction, string message) =>
        _services.Progress?.Report(new RunProgress(stage, fraction, message));
}
