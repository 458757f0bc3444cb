namespace CircuitSim.Training.Bayesian;

/// <summary>A log density over unconstrained parameters, known up to a constant, with its exact gradient: what a sampler explores.</summary>
/// <remarks>A sampler calls it from one thread a chain; each chain gets an instance of its own.</remarks>
public interface ILogDensity
{
    /// <summary>Number of parameters.</summary>
    int Dimension { get; }

    /// <summary>Log density and its gradient.</summary>
    /// <param name="position">Parameters, length <see cref="Dimension"/>.</param>
    /// <param name="gradient">Receives the derivative to each parameter.</param>
    /// <returns>Log density up to a constant; minus infinity or NaN where the density is zero or undefined.</returns>
    double Evaluate(ReadOnlySpan<double> position, Span<double> gradient);
}
