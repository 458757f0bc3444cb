using CircuitSim.Circuit.Errors;
using CircuitSim.Export.Runs;

namespace CircuitSim.Export.Sweep;

/// <summary>Monte Carlo over chips and settings: trains what the grid asks for, makes and measures every chip, and keeps each as soon as it is done.</summary>
/// <remarks>
/// A sweep that was ended, in whatever way, goes on where it stopped. What comes out depends neither on threads, nor on shards, nor on
/// how often it was interrupted. One process works on a folder at a time; a second one is refused.
/// </remarks>
public sealed class SweepRun
{
    // Chips between two looks at the stop rule.
    private const int RoundLength = 32;

    private readonly SweepPlan _plan;
    private readonly SweepFolder _folder;
    private readonly SweepShard _shard;
    private readonly RunServices _services;
    private readonly int _threadCount;

    private SweepRun(SweepPlan plan, SweepFolder folder, SweepShard shard, RunServices services, int threadCount) =>
        (_plan, _folder, _shard, _services, _threadCount) = (plan, folder, shard, services, threadCount);

    /// <summary>Begins a sweep, or goes on with one of the same experiment.</summary>
    /// <param name="experiment">An experiment with a sweep.</param>
    /// <param name="folder">Where its files shall stand.</param>
    /// <param name="services">Data folder, engines and clock.</param>
    /// <param name="shard">The part to compute.</param>
    /// <param name="threadCount">Threads that share the chips, at least 1; results do not depend on it.</param>
    /// <param name="isForced">Whether a sweep of another experiment in the folder may be replaced.</param>
    /// <returns>The sweep.</returns>
    /// <exception cref="RunFolderException">The folder holds something else and <paramref name="isForced"/> is false.</exception>
    /// <exception cref="VectorUnitsException">Its chips were computed with other vector units, and mixing them was not asked for.</exception>
    /// <exception cref="InvalidDesignException">The experiment has no sweep, or its network does not fit the data.</exception>
    /// <exception cref="InputFileException">A file is missing or broken.</exception>
    public static SweepRun Create(
        Experiment experiment, SweepFolder folder, RunServices services, SweepShard shard, int threadCount, bool isForced = false)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(shard);
        ArgumentOutOfRangeException.ThrowIfLessThan(threadCount, 1);
        if (experiment.InSitu is not null)
            throw new InvalidDesignException($"Experiment '{experiment.Name}'", ["It is trained in situ; chips are swept of inverter networks only. Its devices, modes and seeds are trained by 'circuitsim run --matrix'."]);
        var plan = new SweepPlan(experiment, services);
        using (FolderLock.Take(folder.Root)) Claim(plan, folder, shard, services, isForced);
        return new SweepRun(plan, folder, shard, services, threadCount);
    }

    /// <summary>Computes what is missing and, when this process has the whole sweep, writes its results.</summary>
    /// <param name="progress">Told how far the sweep is, or null.</param>
    /// <param name="cancellationToken">Ends the work early; finished chips are kept.</param>
    /// <returns>The results, or null for a shard, whose results come from merging.</returns>
    /// <exception cref="SweepWriteException">The disk is full, or cannot be written.</exception>
    /// <exception cref="RunFolderException">Another process works on the folder.</exception>
    public SweepSummary? Run(IProgress<SweepProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        using FolderLock owned = FolderLock.Take(_folder.Root);
        // Another process may have taken the folder since this one looked.
        Claim(_plan, _folder, _shard, _services, isForced: false);
        owned.Cleared();
        using SweepJournal journal = SweepJournal.Open(_folder.Journal);
        try
        {
            var meter = new SweepMeter(progress, _services.Time, _shard.CountOf(_plan.ChipCount), journal.Count);
            Train(meter, cancellationToken);
            foreach (SweepPoint point in _plan.Points) Test(point, journal, meter, cancellationToken);
        }
        finally
        {
            journal.Flush();
        }

        return _shard.Count > 1 ? null : SweepResults.Write(_plan, _folder, journal.Records(), _services, cancellationToken);
    }

    private void Train(SweepMeter meter, CancellationToken cancellationToken)
    {
        var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (SweepPoint point in _plan.Points)
        {
            string fingerprint = _plan.TrainFingerprint(point);
            if (hashes.ContainsKey(fingerprint)) continue;
            try
            {
                _plan.Train(point, _folder, (_, message) => meter.Say($"training for {point.Label}: {message}"), cancellationToken);
            }
            catch (Exception e) when (SweepWriteException.IsCause(e))
            {
                throw new SweepWriteException(_folder.Models, 0, e);
            }

            hashes[fingerprint] = SweepManifest.HashOf(_folder.Model(fingerprint));
        }

        SweepManifest manifest = SweepManifest.Read(_folder);
        foreach ((string fingerprint, string hash) in manifest.Models)
        {
            if (hashes[fingerprint] != hash)
                throw new InputFileException(_folder.Model(fingerprint), "the trained network is not the one that this sweep began with. Begin again with --force.");
        }

        if (manifest.Models.Count != hashes.Count) (manifest with { Models = hashes }).Write(_folder.Manifest);
    }

    private void Test(SweepPoint point, SweepJournal journal, SweepMeter meter, CancellationToken cancellationToken)
    {
        int[] mine = [.. Enumerable.Range(1, _plan.Sweep.Chips).Where(chip => _shard.Has(_plan.Item(point, chip)))];
        if (mine.All(chip => journal.Has(point.Index, chip))) return;

        ChipTester tester = _plan.Tester(point, _folder);
        Func<ChipRecord, bool>? isGood = SweepResults.Judge(_plan.Sweep.Yield, tester.TrainedCorrectCount);
        // Shards do not see one another's chips: they compute all of theirs, and merging cuts where the rule would have ended the point.
        bool canStop = _plan.Sweep.Stop is not null && _shard.Count == 1;
        foreach (int[] round in canStop ? mine.Chunk(RoundLength) : [mine])
        {
            Test(tester, [.. round.Where(chip => !journal.Has(point.Index, chip))], journal, meter, point, cancellationToken);
            if (!canStop) continue;

            ChipRecord[] first = [.. Enumerable.Range(1, round[^1]).Select(chip => journal.Find(point.Index, chip)!)];
            if (SweepStopRule.End(_plan.Sweep.Stop, first, isGood) is null) continue;
            meter.Skip(mine.Length - round[^1]);
            break;
        }
    }

    private void Test(ChipTester tester, int[] chips, SweepJournal journal, SweepMeter meter, SweepPoint point, CancellationToken cancellationToken)
    {
        var settings = new ParallelOptions { MaxDegreeOfParallelism = _threadCount, CancellationToken = cancellationToken };
        try
        {
            Parallel.ForEach(chips, settings, chip =>
            {
                journal.Append(tester.Test(chip, cancellationToken));
                meter.Add(point);
            });
        }
        catch (AggregateException all)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(all.Flatten().InnerExceptions[0]);
        }
    }

    private static void WriteExperiment(SweepPlan plan, SweepFolder folder) =>
        Mapping.Files.AtomicFile.WriteText(folder.Experiment, w => ExperimentFile.Write(w, plan.Experiment));

    private static void Continue(SweepManifest present, SweepPlan plan, SweepFolder folder, RunServices services)
    {
        // The manifest is what a sweep begins with; a process that ended right after it left nothing else.
        if (!File.Exists(folder.Experiment)) WriteExperiment(plan, folder);
        if (present.VectorUnits.Contains(services.VectorUnits)) return;
        if (!services.MixesVectorUnits)
            throw new VectorUnitsException($"The sweep in '{folder.Root}'", string.Join(", ", present.VectorUnits), services.VectorUnits);
        (present with { VectorUnits = [.. present.VectorUnits, services.VectorUnits] }).Write(folder.Manifest);
    }

    internal static void Claim(SweepPlan plan, SweepFolder folder, SweepShard shard, RunServices services, bool isForced)
    {
        if (folder.IsSweep)
        {
            SweepManifest present = SweepManifest.Read(folder);
            bool isSame = present.Fingerprint == plan.Fingerprint && present.Shard == shard.Index && present.ShardCount == shard.Count;
            if (isSame && !isForced)
            {
                Continue(present, plan, folder, services);
                return;
            }

            if (!isForced)
            {
                string other = present.Fingerprint == plan.Fingerprint ? $"shard {present.Shard}/{present.ShardCount} of this sweep"
                    : present.Program != services.Program ? $"a sweep of another build of the program ({present.Program}; this is {services.Program})"
                    : "the sweep of an experiment with other settings or input files";
                throw new RunFolderException($"'{folder.Root}' holds {other}; give another folder with --output, or --force to replace it.");
            }
        }
        else if (!isForced && Directory.Exists(folder.Root) && Directory.EnumerateFileSystemEntries(folder.Root).Any(e => !FolderLock.IsOwn(e) && !Path.GetFileName(e).StartsWith('.')))
        {
            throw new RunFolderException($"'{folder.Root}' holds files that are not of a sweep; give another folder with --output, or --force to write there all the same.");
        }

        try
        {
            File.Delete(folder.Journal);
            if (Directory.Exists(folder.Models)) Directory.Delete(folder.Models, recursive: true);
            new SweepManifest
            {
                SchemaVersion = SweepManifest.CurrentSchemaVersion,
                Name = plan.Experiment.Name,
                Fingerprint = plan.Fingerprint,
                Program = services.Program,
                VectorUnits = [services.VectorUnits],
                Shard = shard.Index,
                ShardCount = shard.Count,
                PointCount = plan.Points.Count,
                ChipsPerPoint = plan.Sweep.Chips,
                Models = [],
            }.Write(folder.Manifest);
            WriteExperiment(plan, folder);
        }
        catch (Exception e) when (SweepWriteException.IsCause(e))
        {
            throw new SweepWriteException(folder.Root, 0, e);
        }
    }
}
