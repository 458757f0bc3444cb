using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CircuitSim.Circuit.Errors;
using CircuitSim.Mapping.Files;

namespace CircuitSim.Export.Runs;

/// <summary>Which stages of a run are done, and from what, so that a run continues where it stopped.</summary>
internal sealed class RunStages
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private readonly string _path;
    private readonly SortedDictionary<string, RunStageRecord> _done;

    private RunStages(string path, SortedDictionary<string, RunStageRecord> done)
    {
        _path = path;
        _done = done;
    }

    /// <summary>Reads what is done; with <paramref name="isForced"/> a list that cannot be read counts as empty.</summary>
    internal static RunStages Open(string path, bool isForced = false)
    {
        InnerPath.RefuseLink(path);
        if (!File.Exists(path)) return new RunStages(path, []);
        try
        {
            return new RunStages(path, Read(path));
        }
        catch (InputFileException) when (isForced)
        {
            return new RunStages(path, []);
        }
    }

    /// <summary>Fingerprint of what a stage depends on.</summary>
    internal static string Fingerprint(params IEnumerable<object> inputs)
    {
        string text = string.Join('\n', inputs.Select(i => i as string ?? JsonSerializer.Serialize(i, i.GetType())));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>What is known of a stage, or null when it has not been done.</summary>
    internal RunStageRecord? Find(RunStage stage) => _done.GetValueOrDefault(stage.ToString());

    internal double Seconds(RunStage stage) => Find(stage)?.Seconds ?? 0;

    internal void Record(RunStage stage, RunStageRecord record)
    {
        _done[stage.ToString()] = record;
        AtomicFile.Write(_path, s => JsonSerializer.Serialize(s, _done, Json));
    }

    private static SortedDictionary<string, RunStageRecord> Read(string path)
    {
        SortedDictionary<string, RunStageRecord?> read = JsonInput.Read<SortedDictionary<string, RunStageRecord?>>(
            path, "a list of stages", "Run again with --force.", Json);
        string[] broken = [.. read.Where(r => r.Value is null || !Enum.GetNames<RunStage>().Contains(r.Key)).Select(r => $"'{r.Key}'")];
        if (broken.Length > 0)
            throw new InputFileException(path, $"not a list of stages: {string.Join(", ", broken)} is no stage with its record. Run again with --force.");
        return new SortedDictionary<string, RunStageRecord>(read.ToDictionary(r => r.Key, r => r.Value!));
    }
}
