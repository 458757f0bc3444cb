using System.Text.Json;
using CircuitSim.Export.Reports;
using CircuitSim.Mapping.Files;

namespace CircuitSim.Export.Runs;

/// <summary>How the training of a run went: kept beside the model, and part of the report.</summary>
internal sealed record TrainingRecord
{
    public required TrainingSummary Training { get; init; }

    public required BaselineTraining Baseline { get; init; }

    internal void Write(string path) => AtomicFile.Write(path, s => JsonSerializer.Serialize(s, this, FidelityJson.Options));

    internal static TrainingRecord Read(string path) => FidelityJson.ReadPart<TrainingRecord>(path, "a training record");
}
