using CircuitSim.Training.Bayesian;

namespace CircuitSim.Training.Tests.Bayesian;

/// <summary>A density from a delegate.</summary>
internal sealed class LogDensityOf(int dimension, LogDensityOf.Function evaluate) : ILogDensity
{
    internal delegate double Function(ReadOnlySpan<double> position, Span<double> gradient);

    public int Dimension => dimension;

    public double Evaluate(ReadOnlySpan<double> position, Span<double> gradient) => evaluate(position, gradient);
}
