using CircuitSim.Circuit.Errors;
using CircuitSim.Export.Runs;

namespace CircuitSim.Export.Sweep;

/// <summary>Puts the shards of a sweep together.</summary>
public static class SweepMerge
{
    /// <summary>Merges all shards into the results that one process would have written.</summary>
    /// <param name="shards">Folders of all shards of one sweep, in any order; they are only read.</param>
    /// <param name="output">Folder for the results.</param>
    /// <param name="services">Data folder, engines and clock.</param>
    /// <param name="isForced">Whether a sweep in the output folder may be replaced.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>The results.</returns>
    /// <exception cref="InputFileException">A folder is no shard, shards belong to different experiments, networks or programs, one is missing, given twice or not finished.</exception>
    /// <exception cref="VectorUnitsException">Shards, or this process, have different vector units, and mixing them was not asked for.</exception>
    /// <exception cref="RunFolderException">The output folder holds something else and <paramref name="isForced"/> is false.</exception>
    public static SweepSummary Merge(
        IReadOnlyList<SweepFolder> shards, SweepFolder output, RunServices services, bool isForced = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(shards);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(services);
        if (shards.Count == 0) throw new ArgumentException("No shards are given.", nameof(shards));
        string outputPath = Path.GetFullPath(output.Root);
        if (shards.FirstOrDefault(s => Path.GetFullPath(s.Root) == outputPath) is { } same)
            throw new RunFolderException($"'{same.Root}' is a shard and the output at once; give the results a folder of their own with --output.");

        SweepManifest[] manifests = [.. shards.Select(SweepManifest.Read)];
        CheckTogether(shards, manifests);
        string[] vectorUnits = [.. manifests.SelectMany(m => m.VectorUnits).Append(services.VectorUnits).Distinct()];
        if (vectorUnits.Length > 1 && !services.MixesVectorUnits)
            throw new VectorUnitsException("A shard", string.Join(", ", manifests.SelectMany(m => m.VectorUnits).Distinct()), services.VectorUnits);
        Experiment experiment = ExperimentFile.Read(shards[0].Experiment);
        var plan = new SweepPlan(experiment, services);
        if (plan.Fingerprint != manifests[0].Fingerprint)
            throw new InputFileException(shards[0].Root, "its chips were made with other data, another device card or another version of the program than are here now; merge with those.");

        var chips = new List<ChipRecord>();
        for (int i = 0; i < shards.Count; i++) chips.AddRange(Chips(plan, shards[i], manifests[i]));
        return Write(plan, shards, manifests, vectorUnits, chips, output, services, isForced, cancellationToken);
    }

    private static void CheckTogether(IReadOnlyList<SweepFolder> shards, SweepManifest[] manifests)
    {
        for (int i = 1; i < manifests.Length; i++)
        {
            if (manifests[i].Fingerprint != manifests[0].Fingerprint)
                throw new InputFileException(shards[i].Root, $"holds a shard of another sweep than '{shards[0].Root}' ('{manifests[i].Name}' and '{manifests[0].Name}', or other settings, data or program version); only shards of one experiment can be merged.");
            if (manifests[i].ShardCount != manifests[0].ShardCount)
                throw new InputFileException(shards[i].Root, $"is shard {manifests[i].Shard} of {manifests[i].ShardCount}, but '{shards[0].Root}' is one of {manifests[0].ShardCount}; merge shards that were cut alike.");
        }

        foreach (IGrouping<int, int> twice in Enumerable.Range(0, manifests.Length).GroupBy(i => manifests[i].Shard).Where(g => g.Count() > 1))
            throw new InputFileException(shards[twice.Last()].Root, $"is shard {twice.Key} of {manifests[0].ShardCount}, which '{shards[twice.First()].Root}' is already; give each shard once.");
        int[] missing = [.. Enumerable.Range(1, manifests[0].ShardCount).Except(manifests.Select(m => m.Shard))];
        if (missing.Length > 0)
            throw new InputFileException(shards[0].Root, $"is one of {manifests[0].ShardCount} shards, but {(missing.Length == 1 ? "shard" : "shards")} {string.Join(", ", missing)} of it {(missing.Length == 1 ? "is" : "are")} missing; give them all.");

        var models = new Dictionary<string, (string Hash, int Shard)>();
        for (int i = 0; i < manifests.Length; i++)
        {
            foreach ((string fingerprint, string hash) in manifests[i].Models)
            {
                if (models.TryAdd(fingerprint, (hash, i)) || models[fingerprint].Hash == hash) continue;
                throw new InputFileException(shards[i].Root, $"its trained network differs from that of '{shards[models[fingerprint].Shard].Root}': machines with other vector units round differently. Copy the folder 'models' of one shard to the others before they begin.");
            }
        }
    }

    private static IReadOnlyCollection<ChipRecord> Chips(SweepPlan plan, SweepFolder folder, SweepManifest manifest)
    {
        IReadOnlyCollection<ChipRecord> chips = SweepJournal.Read(folder.Journal);
        var shard = new SweepShard(manifest.Shard, manifest.ShardCount);
        foreach (ChipRecord chip in chips)
        {
            bool isKnown = chip.Point >= 1 && chip.Point <= plan.Points.Count && chip.Chip >= 1 && chip.Chip <= plan.Sweep.Chips;
            if (!isKnown || !shard.Has(plan.Item(plan.Points[chip.Point - 1], chip.Chip)))
                throw new InputFileException(folder.Journal, $"holds chip {chip.Chip} of point {chip.Point}, which is not of this shard. Begin the shard again with --force.");
        }

        long expected = shard.CountOf(plan.ChipCount);
        if (chips.Count < expected)
            throw new InputFileException(folder.Root, $"has {chips.Count} of its {expected} chips; let its 'circuitsim sweep' finish first.");
        return chips;
    }

    private static SweepSummary Write(
        SweepPlan plan, IReadOnlyList<SweepFolder> shards, SweepManifest[] manifests, string[] vectorUnits, List<ChipRecord> chips, SweepFolder output, RunServices services,
        bool isForced, CancellationToken cancellationToken)
    {
        using FolderLock owned = FolderLock.Take(output.Root);
        SweepRun.Claim(plan, output, SweepShard.Whole, services, isForced);
        owned.Cleared();
        for (int i = 0; i < shards.Count; i++)
        {
            foreach (string fingerprint in manifests[i].Models.Keys)
            {
                string from = shards[i].Model(fingerprint), to = output.Model(fingerprint);
                if (File.Exists(to)) continue;
                Directory.CreateDirectory(Path.GetDirectoryName(to)!);
                foreach (string file in Directory.EnumerateFiles(Path.GetDirectoryName(from)!, "model.*").OrderDescending(StringComparer.Ordinal))
                    File.Copy(file, Path.Combine(Path.GetDirectoryName(to)!, Path.GetFileName(file)), overwrite: true);
            }
        }

        (SweepManifest.Read(output) with { Models = manifests[0].Models, VectorUnits = vectorUnits }).Write(output.Manifest);
        using (SweepJournal journal = SweepJournal.Open(output.Journal))
        {
            foreach (ChipRecord chip in chips.OrderBy(c => c.Point).ThenBy(c => c.Chip).Where(c => !journal.Has(c.Point, c.Chip))) journal.Append(chip);
            journal.Flush();
        }

        return SweepResults.Write(plan, output, chips, services, cancellationToken);
    }
}
