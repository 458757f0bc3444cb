namespace CircuitSim.Mapping.Devices;

/// <summary>One level of an array: what is aimed at, and where program-and-verify accepts it.</summary>
/// <param name="TargetSiemens">Conductance that a pulse aims at, siemens.</param>
/// <param name="LowSiemens">Lower edge of the accepted conductances, siemens.</param>
/// <param name="HighSiemens">Upper edge of the accepted conductances, siemens.</param>
public sealed record ConductanceBin(double TargetSiemens, double LowSiemens, double HighSiemens);
