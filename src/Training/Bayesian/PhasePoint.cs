namespace CircuitSim.Training.Bayesian;

/// <summary>A point of phase space: position, momentum, and the log density with its gradient there. Its arrays are never written once it is made.</summary>
/// <param name="Position">Parameters.</param>
/// <param name="Momentum">Momenta.</param>
/// <param name="Gradient">Gradient of the log density.</param>
/// <param name="LogDensity">Log density.</param>
internal sealed record PhasePoint(double[] Position, double[] Momentum, double[] Gradient, double LogDensity);
