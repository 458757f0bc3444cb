using System.Text.Json;
using CircuitSim.Circuit.Errors;
using CircuitSim.Export.Reports;
using CircuitSim.Mapping.Files;

namespace CircuitSim.Export.Runs;

/// <summary>How the training of a run went: kept beside the model, and part of the report.</summary>
internal sealed record TrainingRecord
{
    public required TrainingSummary Training { get; init; }

    public required BaselineTraining Baseline { get; init; }

    internal void Write(string path) => AtomicFile.Write(path, s => JsonSerializer.Serialize(s, this, FidelityJson.Options));

    internal static TrainingRecord Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<TrainingRecord>(InputBytes.Read(path), FidelityJson.Options)
                ?? throw new InputFileException(path, "holds null; a training record is an object. Train again.");
        }
        catch (JsonException e)
        {
            throw new InputFileException(path, $"not a training record: {e.Message} Train again.", (int?)e.LineNumber + 1, innerException: e);
        }
    }
}
