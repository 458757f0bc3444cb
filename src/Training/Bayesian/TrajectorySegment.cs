namespace CircuitSim.Training.Bayesian;

/// <summary>A stretch of one trajectory in the order of time: its ends, the sum of its momenta, its weight, and one of its points drawn by weight.</summary>
/// <param name="First">Momentum at the earlier end.</param>
/// <param name="Last">Momentum at the later end.</param>
/// <param name="MomentumSum">Sum of the momenta of all points.</param>
/// <param name="LogWeight">log Σ exp(H₀ − H) over all points.</param>
/// <param name="Sample">A point drawn with probability proportional to its weight.</param>
internal sealed record TrajectorySegment(double[] First, double[] Last, double[] MomentumSum, double LogWeight, PhasePoint Sample);
