namespace CircuitSim.Mapping.Devices;

/// <summary>Probability of an interval and the integrals of x and x² over it.</summary>
/// <param name="Probability">∫ dP.</param>
/// <param name="First">∫ x dP.</param>
/// <param name="Second">∫ x² dP.</param>
internal readonly record struct PartialMoments(double Probability, double First, double Second);
