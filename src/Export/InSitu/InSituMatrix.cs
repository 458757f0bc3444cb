using System.Globalization;
using System.Text.Json;
using CircuitSim.Circuit.Errors;
using CircuitSim.Export.Figures;
using CircuitSim.Export.Reports;
using CircuitSim.Export.Runs;
using CircuitSim.Mapping.Files;
using CircuitSim.Training.Data;
using CircuitSim.Training.InSitu;
using CircuitSim.Training.InSitu.Cores;
using CircuitSim.Training.InSitu.Tables;

namespace CircuitSim.Export.InSitu;

/// <summary>Trains every device of an experiment in every mode with several seeds, in parallel, and goes on where it stopped.</summary>
/// <remarks>
/// Each seed is another split, other initial weights, other devices and other draws. The seeds of a configuration are trained side by
/// side; a configuration is written when all are done. Results do not depend on the number of threads. Not thread-safe.
/// </remarks>
public sealed class InSituMatrix
{
    /// <summary>The table as text, beside the configurations.</summary>
    public const string TableFile = "table.md";

    private const string FloatingPoint = "floating-point";

    private readonly Experiment _experiment;
    private readonly string _folder;
    private readonly RunServices _services;
    private readonly int _threadCount;
    private readonly DataSet _data;
    private readonly string _dataFingerprint;
    private readonly ThreeWaySplit[] _splits;
    private int _trained;

    private InSituMatrix(Experiment experiment, string folder, RunServices services, int threadCount)
    {
        (_experiment, _folder, _services, _threadCount) = (experiment, folder, services, threadCount);
        InSituData data = InSituData.Open(experiment, services.DataFolder);
        (_data, _dataFingerprint) = (data.All, data.Fingerprint);
        _splits = [.. Enumerable.Range(0, experiment.InSitu!.Matrix.Seeds).Select(i =>
            ThreeWaySplit.Create(_data, experiment.Data.Train, experiment.InSitu.Validation, experiment.Seed + (ulong)i))];
    }

    private InSituMatrixSettings Settings => _experiment.InSitu!.Matrix;

    /// <summary>Prepares a table.</summary>
    /// <param name="experiment">An experiment with <c>train: { method: in-situ }</c>.</param>
    /// <param name="folder">Where the results shall stand; those of the same settings are kept.</param>
    /// <param name="services">Data folder, clock and progress.</param>
    /// <param name="threadCount">Trainings at a time, at least 1.</param>
    /// <returns>The table, ready to run.</returns>
    /// <exception cref="InvalidDesignException">The experiment is not trained in situ, or does not fit its data.</exception>
    public static InSituMatrix Create(Experiment experiment, string folder, RunServices services, int threadCount)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(services);
        ArgumentOutOfRangeException.ThrowIfLessThan(threadCount, 1);
        if (experiment.InSitu is null)
            throw new InvalidDesignException($"Experiment '{experiment.Name}'", ["A table of devices and modes needs 'train: { method: in-situ }'; this experiment is trained otherwise."]);
        return new InSituMatrix(experiment, folder, services, threadCount);
    }

    /// <summary>Trains what is missing and writes table and figures.</summary>
    /// <param name="cancellationToken">Ends the work early; finished configurations stay.</param>
    /// <returns>The table.</returns>
    /// <exception cref="RunFolderException">Another process works on the folder.</exception>
    /// <exception cref="VectorUnitsException">Kept trainings were computed with other vector units, and mixing them was not asked for.</exception>
    public InSituMatrixResult Run(CancellationToken cancellationToken = default)
    {
        long start = _services.Time.GetTimestamp();
        using FolderLock owned = FolderLock.Take(_folder).Cleared();
        int total = Settings.Devices.Count * Settings.Modes.Count + 1;
        InSituConfiguration ideal = KeptOr(FloatingPoint, FloatingPointFingerprint(), f => TrainFloatingPoint(f, cancellationToken));
        var all = new List<InSituConfiguration>();
        foreach (string name in Settings.Devices)
        {
            InSituDevice device = InSituExperiment.Open(name);
            foreach (UpdateMode mode in Settings.Modes)
            {
                Experiment experiment = With(name, mode, _experiment.Seed);
                all.Add(KeptOr($"{device.Name}-{mode.ToString().ToLowerInvariant()}",
                    RunStages.Fingerprint(_services.Program, InSituRun.TrainFingerprint(experiment, _dataFingerprint, device), Settings.Seeds),
                    f => Train(name, device, mode, f, cancellationToken)));
                _services.Progress?.Report(new RunProgress(RunStage.Train, (double)(all.Count + 1) / total,
                    string.Create(CultureInfo.InvariantCulture, $"{device.Label} {all[^1].Mode}: {all[^1].MeanPercent:F2} ± {all[^1].DeviationPercent:F2} %")));
            }
        }

        var result = new InSituMatrixResult
        {
            Name = _experiment.Name,
            DataSet = _data.Name,
            Configurations = all,
            FloatingPoint = ideal,
            TrainedCount = _trained,
            Seconds = _services.Time.GetElapsedTime(start).TotalSeconds,
        };
        AtomicFile.WriteText(Path.Combine(_folder, TableFile), w => InSituTable.Write(result, w));
        Save("class-count", InSituFigures.ClassCounts(_data));
        Save("correlation", InSituFigures.Correlations(_data));
        return result;
    }

    private Experiment With(string device, UpdateMode mode, ulong seed)
    {
        InSituSettings settings = _experiment.InSitu!;
        InSituTrainingOptions training = settings.Training with { Core = settings.Training.Core with { Mode = mode } };
        return _experiment with { Seed = seed, InSitu = settings with { Device = device, Training = training } };
    }

    private InSituConfiguration KeptOr(string name, string fingerprint, Func<string, InSituConfiguration> train)
    {
        string path = Path.Combine(_folder, $"{name}.json");
        if (File.Exists(path))
        {
            InSituConfiguration kept = FidelityJson.ReadPart<InSituConfiguration>(path, "a configuration of a table of trainings");
            if (kept.Fingerprint == fingerprint && kept.TestPercent.Count == Settings.Seeds)
            {
                return kept.VectorUnits == _services.VectorUnits || _services.MixesVectorUnits ? kept
                    : throw new VectorUnitsException($"'{path}'", kept.VectorUnits, _services.VectorUnits);
            }
        }

        InSituConfiguration made = train(fingerprint);
        string title = $"{made.Label} {made.Mode}".Trim();
        Save($"{name}-losses", InSituFigures.Losses(title, made.History));
        if (made.Updates is { } updates)
        {
            Save($"{name}-updates", InSituFigures.Updates(title, updates));
            Save($"{name}-update-errors", InSituFigures.Density(title, updates));
        }

        AtomicFile.Write(path, s => JsonSerializer.Serialize(s, made, FidelityJson.Options));
        return made;
    }

    private InSituConfiguration Train(string name, InSituDevice device, UpdateMode mode, string fingerprint, CancellationToken cancellationToken)
    {
        var finals = new InSituEpoch[Settings.Seeds];
        InSituResult? first = null;
        Each(i =>
        {
            InSituTrainingOptions options = InSituRun.Options(With(name, mode, _experiment.Seed + (ulong)i));
            InSituResult result = InSituTrainer.Train(i == 0 ? options : options with { RecordedUpdates = 0 }, device, _splits[i], cancellationToken: cancellationToken);
            finals[i] = result.Final;
            if (i == 0) first = result;
        }, cancellationToken);
        return new InSituConfiguration
        {
            Fingerprint = fingerprint,
            VectorUnits = _services.VectorUnits,
            Device = name,
            Label = device.Label,
            Mode = mode.ToString().ToLowerInvariant(),
            TestPercent = [.. finals.Select(f => 100 * f.TestAccuracy)],
            ValidationPercent = [.. finals.Select(f => 100 * f.ValidationAccuracy)],
            History = first!.History,
            Updates = UpdateErrors.Of(first.TargetUpdates, first.RealUpdates),
        };
    }

    private InSituConfiguration TrainFloatingPoint(string fingerprint, CancellationToken cancellationToken)
    {
        var histories = new IReadOnlyList<InSituEpoch>[Settings.Seeds];
        Each(i => histories[i] = InSituTrainer.TrainFloatingPoint(
            InSituRun.Options(_experiment with { Seed = _experiment.Seed + (ulong)i }), _splits[i], cancellationToken: cancellationToken), cancellationToken);
        return new InSituConfiguration
        {
            Fingerprint = fingerprint,
            VectorUnits = _services.VectorUnits,
            Device = FloatingPoint,
            Label = "",
            Mode = "floating point",
            TestPercent = [.. histories.Select(h => 100 * h[^1].TestAccuracy)],
            ValidationPercent = [.. histories.Select(h => 100 * h[^1].ValidationAccuracy)],
            History = histories[0],
            Updates = null,
        };
    }

    private string FloatingPointFingerprint() => RunStages.Fingerprint(
        _services.Program, _experiment.Seed.ToString(CultureInfo.InvariantCulture), _dataFingerprint, _experiment.Data,
        _experiment.InSitu!.Validation, InSituRun.Options(_experiment), Settings.Seeds);

    private void Each(Action<int> train, CancellationToken cancellationToken)
    {
        try
        {
            Parallel.For(0, Settings.Seeds, new ParallelOptions { MaxDegreeOfParallelism = _threadCount, CancellationToken = cancellationToken }, train);
        }
        catch (AggregateException all)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(all.Flatten().InnerExceptions[0]);
        }

        _trained += Settings.Seeds;
    }

    private void Save(string name, Figure figure) => FigureFiles.Write(Path.Combine(_folder, "figures"), new NamedFigure(name, figure));
}
