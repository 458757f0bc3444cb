using CircuitSim.Training.Kernels;

namespace CircuitSim.Training.Optimizers;

/// <summary>Adam with bias correction (Kingma and Ba, ICLR 2015, algorithm 1).</summary>
/// <param name="parameterCount">Parameters.</param>
/// <param name="learningRate">Learning rate.</param>
internal sealed class AdamOptimizer(int parameterCount, double learningRate) : IStepOptimizer
{
    private const double MeanDecay = 0.9;
    private const double SquareDecay = 0.999;
    private const double Floor = 1e-8;

    private readonly double[] _mean = new double[parameterCount];
    private readonly double[] _square = new double[parameterCount];
    private int _steps;

    /// <inheritdoc/>
    public void Step(Span<double> parameters, ReadOnlySpan<double> gradient)
    {
        _steps++;
        var step = new AdamStep(
            learningRate / (1 - Math.Pow(MeanDecay, _steps)), MeanDecay, SquareDecay,
            1 / Math.Sqrt(1 - Math.Pow(SquareDecay, _steps)), Floor);
        VectorMath.Adam(parameters, gradient, _mean, _square, step);
    }
}
