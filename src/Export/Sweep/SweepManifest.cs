using System.Security.Cryptography;
using System.Text.Json;
using CircuitSim.Circuit.Errors;
using CircuitSim.Export.Reports;
using CircuitSim.Export.Runs;
using CircuitSim.Mapping.Files;

namespace CircuitSim.Export.Sweep;

/// <summary>What a sweep folder holds: which sweep, which shard, and which trained networks its chips are made of.</summary>
internal sealed record SweepManifest
{
    internal const int CurrentSchemaVersion = 2;

    public required int SchemaVersion { get; init; }

    public required string Name { get; init; }

    /// <summary>Changes with anything that a chip's result depends on.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Version and build of the program that began it.</summary>
    public required string Program { get; init; }

    /// <summary>Vector units that computed its chips; more than one where kinds were mixed.</summary>
    public required IReadOnlyList<string> VectorUnits { get; init; }

    public required int Shard { get; init; }

    public required int ShardCount { get; init; }

    public required int PointCount { get; init; }

    public required int ChipsPerPoint { get; init; }

    /// <summary>Hash of every trained network by what its training depends on.</summary>
    public required SortedDictionary<string, string> Models { get; init; }

    internal static string FingerprintOf(Experiment experiment, string program, IEnumerable<string> trainFingerprints)
    {
        using var text = new StringWriter();
        // Which chip a single run makes is of no matter here.
        ExperimentFile.Write(text, experiment with { Chip = 1 });
        return RunStages.Fingerprint([program, text.ToString(), RunDevice.CardFingerprint(experiment.Device), .. trainFingerprints]);
    }

    internal static string HashOf(string modelPath)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        string folder = Path.GetDirectoryName(modelPath)!;
        foreach (string file in Directory.EnumerateFiles(folder, "model.*").Order(StringComparer.Ordinal)) hash.AppendData(InputBytes.Read(file));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    internal void Write(string path) => AtomicFile.Write(path, s => JsonSerializer.Serialize(s, this, FidelityJson.Options));

    internal static SweepManifest Read(SweepFolder folder)
    {
        if (!folder.IsSweep) throw new InputFileException(folder.Root, "not a sweep folder: it lacks sweep.json. Begin with 'circuitsim sweep EXPERIMENT'.");
        InnerPath.RefuseLink(folder.Manifest);
        SweepManifest manifest = JsonInput.Read<SweepManifest>(folder.Manifest, "the manifest of a sweep", "Begin again with --force.", FidelityJson.Options);
        if (manifest.SchemaVersion != CurrentSchemaVersion)
            throw new InputFileException(folder.Manifest, $"schemaVersion is {manifest.SchemaVersion}; this program reads version {CurrentSchemaVersion}. Use the program version that wrote the file, or begin again with --force.");
        bool isSound = manifest.ShardCount >= 1 && manifest.Shard >= 1 && manifest.Shard <= manifest.ShardCount && manifest.VectorUnits.Count > 0
            && manifest.Models.All(m => IsFingerprint(m.Key) && m.Value is not null && IsFingerprint(m.Value));
        return isSound ? manifest : throw new InputFileException(folder.Manifest, "names a shard or a trained network that cannot be; begin again with --force.");
    }

    // Folders of trained networks are called by them.
    private static bool IsFingerprint(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);
}
