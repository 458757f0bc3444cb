namespace CircuitSim.Circuit.Crossbars;

/// <summary>A device that is programmed anew.</summary>
/// <param name="WordLine">Index from 0.</param>
/// <param name="BitLine">Index from 0.</param>
/// <param name="ConductanceSiemens">Conductance from now on, siemens, finite and at least 0; 0 takes the device out.</param>
public readonly record struct DeviceChange(int WordLine, int BitLine, double ConductanceSiemens);
