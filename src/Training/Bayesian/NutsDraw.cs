namespace CircuitSim.Training.Bayesian;

/// <summary>How one draw came about.</summary>
/// <param name="Acceptance">Mean Metropolis acceptance over the trajectory, 0 to 1.</param>
/// <param name="TreeDepth">Doublings of the trajectory.</param>
/// <param name="LeapfrogCount">Evaluations of the gradient.</param>
/// <param name="IsDivergent">Whether the energy error passed 1000, so that the sampler missed a part of the distribution.</param>
/// <param name="Energy">Hamiltonian at the draw's momentum, for the energy diagnostic.</param>
/// <param name="EnergyError">Largest change of the Hamiltonian along the trajectory, which exact motion would keep; infinite where it is not a number.</param>
public readonly record struct NutsDraw(double Acceptance, int TreeDepth, int LeapfrogCount, bool IsDivergent, double Energy, double EnergyError);
