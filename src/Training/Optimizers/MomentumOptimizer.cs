namespace CircuitSim.Training.Optimizers;

/// <summary>Gradient descent with momentum: v ← momentum·v + g, θ ← θ − rate·v.</summary>
/// <param name="parameterCount">Parameters.</param>
/// <param name="learningRate">Learning rate.</param>
/// <param name="momentum">Momentum.</param>
internal sealed class MomentumOptimizer(int parameterCount, double learningRate, double momentum) : IStepOptimizer
{
    private readonly double[] _velocity = new double[parameterCount];

    /// <inheritdoc/>
    public void Step(Span<double> parameters, ReadOnlySpan<double> gradient)
    {
        for (int i = 0; i < parameters.Length; i++)
        {
            _velocity[i] = momentum * _velocity[i] + gradient[i];
            parameters[i] -= learningRate * _velocity[i];
        }
    }
}
