namespace CircuitSim.Export.Runs;

/// <summary>One setting of an experiment that a sweep varies.</summary>
/// <param name="Key">Place in the experiment file with dots, for example <c>circuit.segment_ohms</c>.</param>
/// <param name="Values">Values in the order given, as text; at least one.</param>
public sealed record SweepAxis(string Key, IReadOnlyList<string> Values);
