namespace CircuitSim.Circuit.Networks;

/// <summary>Current that an inverter delivers into its output node.</summary>
/// <param name="Amps">Current out of the inverter, amperes.</param>
/// <param name="PerInputVolt">Derivative with respect to the input voltage, siemens.</param>
/// <param name="PerOutputVolt">Derivative with respect to the output voltage, siemens: minus the output conductance.</param>
public readonly record struct InverterCurrent(double Amps, double PerInputVolt, double PerOutputVolt);
