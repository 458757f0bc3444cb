namespace CircuitSim.Training.InSitu.Tables;

/// <summary>Conductance that was read after one programming pulse.</summary>
/// <param name="Pulse">Number of the pulse in the measurement; a gap, a fall or a change of polarity begins a new train.</param>
/// <param name="IsIncreasing">True when the pulse is of the kind that raises the conductance.</param>
/// <param name="Conductance">Conductance read after it, siemens.</param>
public readonly record struct MeasuredPulse(int Pulse, bool IsIncreasing, double Conductance);
