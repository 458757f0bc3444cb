namespace CircuitSim.Export.Runs;

/// <summary>One stage of a run that is done.</summary>
/// <param name="Fingerprint">Changes with anything that the stage depends on.</param>
/// <param name="Seconds">Wall-clock time, seconds.</param>
/// <param name="Program">Version and build of the program that made it; empty when it is not known.</param>
/// <param name="VectorUnits">Vector units that it was computed with; empty when they are not known.</param>
internal sealed record RunStageRecord(string Fingerprint, double Seconds, string Program = "", string VectorUnits = "");
