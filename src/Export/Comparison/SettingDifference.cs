namespace CircuitSim.Export.Comparison;

/// <summary>A setting in which two experiments differ.</summary>
/// <param name="Key">The key with its section, for example <c>circuit.segment_ohms</c>.</param>
/// <param name="First">Its value in the first experiment; null where it is not given.</param>
/// <param name="Second">Its value in the second experiment; null where it is not given.</param>
public sealed record SettingDifference(string Key, string? First, string? Second);
