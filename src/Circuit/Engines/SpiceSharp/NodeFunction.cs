namespace CircuitSim.Circuit.Engines.SpiceSharp;

/// <summary>A current as a function of node voltages.</summary>
/// <param name="volts">Voltages of the controlling nodes, volts.</param>
/// <param name="gradient">Receives the derivatives, siemens.</param>
/// <param name="seconds">Time, seconds; 0 outside a transient.</param>
/// <returns>Amperes.</returns>
internal delegate double NodeFunction(ReadOnlySpan<double> volts, Span<double> gradient, double seconds);
