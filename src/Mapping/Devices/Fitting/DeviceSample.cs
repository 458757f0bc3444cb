namespace CircuitSim.Mapping.Devices.Fitting;

/// <summary>One read of one programmed device.</summary>
/// <param name="Level">Name of its level, or empty when rows name targets.</param>
/// <param name="TargetSiemens">Its target, siemens, or NaN when rows name levels.</param>
/// <param name="MeasuredSiemens">What was read, siemens.</param>
/// <param name="Seconds">Time after programming, seconds, or 0 when the table has no times.</param>
/// <param name="Cycle">Programming cycle, or empty when the table has none.</param>
public sealed record DeviceSample(string Level, double TargetSiemens, double MeasuredSiemens, double Seconds, string Cycle);
