using CircuitSim.Export.Reports;

namespace CircuitSim.Export.Runs;

/// <summary>How the stages before the present one were made.</summary>
/// <param name="Timings">Wall-clock time of training, mapping and export.</param>
/// <param name="VectorUnits">Vector units of those stages and of the present one, each once.</param>
internal sealed record StageHistory(IReadOnlyList<StageTiming> Timings, IReadOnlyList<string> VectorUnits);
