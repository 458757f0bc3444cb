namespace CircuitSim.Training.Bayesian;

/// <summary>Mean and variance of each parameter over a window of draws (Welford, Technometrics 4, 1962), shrunk a little towards 10⁻³.</summary>
/// <param name="dimension">Number of parameters.</param>
internal sealed class VarianceWindow(int dimension)
{
    private readonly double[] _mean = new double[dimension];
    private readonly double[] _squares = new double[dimension];
    private int _count;

    /// <summary>Forgets all draws.</summary>
    internal void Clear()
    {
        Array.Clear(_mean);
        Array.Clear(_squares);
        _count = 0;
    }

    /// <summary>Takes a draw.</summary>
    /// <param name="position">Parameters.</param>
    internal void Add(ReadOnlySpan<double> position)
    {
        _count++;
        for (int i = 0; i < position.Length; i++)
        {
            double delta = position[i] - _mean[i];
            _mean[i] += delta / _count;
            _squares[i] += delta * (position[i] - _mean[i]);
        }
    }

    /// <summary>Writes the variances; the shrinkage weighs as much as five draws, so that short windows stay safe.</summary>
    /// <param name="variance">Receives one positive number a parameter.</param>
    internal void Variances(Span<double> variance)
    {
        const double strength = 5, floor = 1e-3;
        double share = _count / (_count + strength);
        for (int i = 0; i < variance.Length; i++)
            variance[i] = share * _squares[i] / Math.Max(1, _count - 1) + (1 - share) * floor;
    }
}
