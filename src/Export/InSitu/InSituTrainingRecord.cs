using System.Text.Json;
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

    internal static InSituTrainingRecord Read(string path) => FidelityJson.ReadPart<InSituTrainingRecord>(path, "a record of training in situ");
}
