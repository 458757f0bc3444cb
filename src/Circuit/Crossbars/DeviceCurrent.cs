namespace CircuitSim.Circuit.Crossbars;

/// <summary>Current through a two-terminal device.</summary>
/// <param name="Amps">From word line to bit line, amperes.</param>
/// <param name="PerVolt">Derivative with respect to the voltage across the device, siemens, positive.</param>
public readonly record struct DeviceCurrent(double Amps, double PerVolt);
