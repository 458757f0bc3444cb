namespace CircuitSim.Circuit.Devices;

/// <summary>Current into a transistor's drain and its derivatives.</summary>
/// <param name="DrainAmps">Current into the drain terminal, amperes; the source carries its negative, gate and bulk carry none.</param>
/// <param name="PerDrainVolt">Derivative with respect to the drain voltage, siemens.</param>
/// <param name="PerGateVolt">Derivative with respect to the gate voltage, siemens.</param>
/// <param name="PerSourceVolt">Derivative with respect to the source voltage, siemens.</param>
/// <param name="PerBulkVolt">Derivative with respect to the bulk voltage, siemens.</param>
public readonly record struct EkvCurrent(
    double DrainAmps, double PerDrainVolt, double PerGateVolt, double PerSourceVolt, double PerBulkVolt);
