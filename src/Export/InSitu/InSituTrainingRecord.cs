using System.Text.Json;
using CircuitSim.Circuit.Errors;
using CircuitSim.Export.Reports;
using CircuitSim.Mapping.Files;
using CircuitSim.Training.InSitu;

namespace CircuitSim.Export.InSitu;

/// <summary>How training in situ went: kept beside the model, and part of the report.</summary>
internal sealed record InSituTrainingRecord
{
    public required double Seconds { get; init; }

    public required IReadOnlyList<InSituEpoch> History { get; init; }

    /// <summary>The floating-point network of the same shape, split and budget.</summary>
    public required IReadOnlyList<InSituEpoch> FloatingPoint { get; init; }

    public required UpdateErrors? Updates { get; init; }

    internal void Write(string path) => AtomicFile.Write(path, s => JsonSerializer.Serialize(s, this, FidelityJson.Options));

    internal static InSituTrainingRecord Read(string path) => ReadJson<InSituTrainingRecord>(path, "a record of training in situ");

    internal static T ReadJson<T>(string path, string what)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(InputBytes.Read(path), FidelityJson.Options)
                ?? throw new InputFileException(path, $"holds null; {what} is an object. Run that stage again.");
        }
        catch (JsonException e)
        {
            throw new InputFileException(path, $"not {what}: {e.Message} Run that stage again.", (int?)e.LineNumber + 1, innerException: e);
        }
    }
}
