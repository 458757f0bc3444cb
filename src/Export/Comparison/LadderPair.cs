using CircuitSim.Export.Reports;

namespace CircuitSim.Export.Comparison;

/// <summary>A step of the attribution ladder in two runs.</summary>
/// <param name="Name">Name of the step.</param>
/// <param name="First">In the first run, or null where it has no such step.</param>
/// <param name="Second">In the second run, or null where it has no such step.</param>
public sealed record LadderPair(string Name, AttributionStep? First, AttributionStep? Second);
