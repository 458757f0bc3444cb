namespace CircuitSim.Circuit.Netlists;

/// <summary>One vector of a raw file.</summary>
/// <param name="Name">Name in lower case, such as <c>v(out)</c>, <c>i(v1)</c> or <c>time</c>.</param>
/// <param name="Kind">What it is: voltage, current, time, frequency.</param>
public sealed record RawVariable(string Name, string Kind);
