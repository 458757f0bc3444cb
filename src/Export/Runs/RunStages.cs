using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CircuitSim.Circuit.Errors;
using CircuitSim.Mapping.Files;

namespace CircuitSim.Export.Runs;

/// <summary>Which stages of a run are done and from which settings, so that a run goes on where it stopped.</summary>
internal sealed class RunStages
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, NewLine = "\n" };

    private readonly string _path;
    private readonly SortedDictionary<string, StageRecord> _done;

    private RunStages(string path, SortedDictionary<string, StageRecord> done)
    {
        _path = path;
        _done = done;
    }

    internal static RunStages Open(string path)
    {
        if (!File.Exists(path)) return new RunStages(path, []);
        try
        {
            return new RunStages(path, JsonSerializer.Deserialize<SortedDictionary<string, StageRecord>>(InputBytes.Read(path)) ?? []);
        }
        catch (JsonException e)
        {
            throw new InputFileException(path, $"not a list of stages: {e.Message} Run again with --force.", (int?)e.LineNumber + 1, innerException: e);
        }
    }

    /// <summary>Fingerprint of what a stage depends on.</summary>
    internal static string Fingerprint(params IEnumerable<object> inputs)
    {
        string text = string.Join('\n', inputs.Select(i => i as string ?? JsonSerializer.Serialize(i, i.GetType())));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    internal bool IsDone(RunStage stage, string fingerprint, IEnumerable<string> outputs) =>
        _done.TryGetValue(stage.ToString(), out StageRecord? record) && record.Fingerprint == fingerprint
        && outputs.All(o => File.Exists(o) || Directory.Exists(o));

    internal double Seconds(RunStage stage) => _done.TryGetValue(stage.ToString(), out StageRecord? record) ? record.Seconds : 0;

    internal void Record(RunStage stage, string fingerprint, double seconds)
    {
        _done[stage.ToString()] = new StageRecord(fingerprint, seconds);
        AtomicFile.Write(_path, s => JsonSerializer.Serialize(s, _done, Json));
    }

    private sealed record StageRecord(string Fingerprint, double Seconds);
}
