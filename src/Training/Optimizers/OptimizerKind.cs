namespace CircuitSim.Training.Optimizers;

/// <summary>How parameters follow the gradient.</summary>
public enum OptimizerKind
{
    /// <summary>Adam (Kingma and Ba, ICLR 2015) with β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸, on mini-batches.</summary>
    Adam,

    /// <summary>Stochastic gradient descent with momentum, on mini-batches.</summary>
    Momentum,

    /// <summary>Limited-memory BFGS with ten pairs and a strong Wolfe line search, one iteration an epoch, on all samples at once.</summary>
    Lbfgs,
}
