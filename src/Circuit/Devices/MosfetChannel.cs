namespace CircuitSim.Circuit.Devices;

/// <summary>State of a MOS transistor's channel at voltages referred to its source.</summary>
/// <param name="Amps">Current into the drain, amperes.</param>
/// <param name="PerGate">Its derivative to the gate, siemens.</param>
/// <param name="PerDrain">Its derivative to the drain, siemens.</param>
/// <param name="PerBulk">Its derivative to the bulk, siemens.</param>
/// <param name="Over">Gate to source above the threshold, volts, negative below it.</param>
/// <param name="OverPerBulk">Derivative of <paramref name="Over"/> to the bulk.</param>
internal readonly record struct MosfetChannel(double Amps, double PerGate, double PerDrain, double PerBulk, double Over, double OverPerBulk);
