namespace CircuitSim.Training.Optimizers;

/// <summary>An optimiser that takes one step a mini-batch and remembers earlier ones.</summary>
internal interface IStepOptimizer
{
    /// <summary>Changes the parameters.</summary>
    /// <param name="parameters">Parameters.</param>
    /// <param name="gradient">Gradient of the mini-batch.</param>
    void Step(Span<double> parameters, ReadOnlySpan<double> gradient);
}
