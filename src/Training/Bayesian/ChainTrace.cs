namespace CircuitSim.Training.Bayesian;

/// <summary>Draws of one chain after warm-up, with the settings that adaptation ended at.</summary>
public sealed record ChainTrace
{
    private readonly double[] _positions;
    private readonly NutsDraw[] _draws;
    private readonly double[] _inverseMass;

    internal ChainTrace(int dimension, double[] positions, NutsDraw[] draws, double step, double[] inverseMass, int warmUpDivergenceCount)
    {
        Dimension = dimension;
        _positions = positions;
        _draws = draws;
        Step = step;
        _inverseMass = inverseMass;
        WarmUpDivergenceCount = warmUpDivergenceCount;
    }

    /// <summary>Number of parameters.</summary>
    public int Dimension { get; }

    /// <summary>Parameters of every draw, row-major [draw, parameter].</summary>
    public ReadOnlyMemory<double> Positions => _positions;

    /// <summary>How each draw came about.</summary>
    public ReadOnlyMemory<NutsDraw> Draws => _draws;

    /// <summary>Step size of the leapfrog integrator after warm-up.</summary>
    public double Step { get; }

    /// <summary>Diagonal of the inverse mass matrix after warm-up, one variance a parameter.</summary>
    public ReadOnlyMemory<double> InverseMass => _inverseMass;

    /// <summary>Divergent trajectories during warm-up; a few are usual.</summary>
    public int WarmUpDivergenceCount { get; }

    /// <summary>Parameters of one draw.</summary>
    /// <param name="draw">Index from 0.</param>
    /// <returns>One number a parameter.</returns>
    public ReadOnlySpan<double> Draw(int draw) => _positions.AsSpan(draw * Dimension, Dimension);

    /// <summary>All draws of one parameter, in order.</summary>
    /// <param name="parameter">Index from 0.</param>
    /// <returns>One number a draw.</returns>
    public double[] Parameter(int parameter)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(parameter);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(parameter, Dimension);
        var values = new double[_draws.Length];
        for (int i = 0; i < values.Length; i++) values[i] = _positions[i * Dimension + parameter];
        return values;
    }
}
