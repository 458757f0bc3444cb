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
        try
        {
            SweepManifest manifest = JsonSerializer.Deserialize<SweepManifest>(InputBytes.Read(folder.Manifest), FidelityJson.Options)
                ?? throw new InputFileException(folder.Manifest, "holds null; begin the sweep again with --force.");
            return manifest.SchemaVersion == CurrentSchemaVersion ? manifest : throw new InputFileException(folder.Manifest,
                $"schemaVersion is {manifest.SchemaVersion}; this program reads version {CurrentSchemaVersion}. Use the program version that wrote the file.");
        }
        catch (JsonException e)
        {
            throw new InputFileException(folder.Manifest, $"not the manifest of a sweep: {e.Message} Begin again with --force.", (int?)e.LineNumber + 1, innerException: e);
        }
    }
}
