namespace CircuitSim.Mapping.Devices;

/// <summary>A bin that a level could have.</summary>
/// <param name="Low">Lower edge, siemens.</param>
/// <param name="High">Upper edge, siemens.</param>
/// <param name="Target">What pulses aim at, siemens.</param>
/// <param name="Iterations">Expected programming iterations.</param>
/// <param name="ReadLow">Conductance below which a read falls with at most the allowed probability, siemens.</param>
/// <param name="ReadHigh">Conductance above which a read falls with at most the allowed probability, siemens.</param>
internal readonly record struct PlacedBin(double Low, double High, double Target, double Iterations, double ReadLow, double ReadHigh);
