namespace CircuitSim.Training.Kernels;

/// <summary>Coefficients of one step of Adam with the bias correction of that step folded in.</summary>
/// <param name="Rate">Learning rate over 1 − β₁ᵗ.</param>
/// <param name="MeanDecay">β₁.</param>
/// <param name="SquareDecay">β₂.</param>
/// <param name="RootScale">1/√(1 − β₂ᵗ).</param>
/// <param name="Floor">ε, added to the root.</param>
internal readonly record struct AdamStep(double Rate, double MeanDecay, double SquareDecay, double RootScale, double Floor);
