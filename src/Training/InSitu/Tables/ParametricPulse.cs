namespace CircuitSim.Training.InSitu.Tables;

/// <summary>Compact model of one kind of pulse: mean and standard deviation against the state, and one shape of noise for all states.</summary>
/// <remarks>
/// With x = (G − Gmin)/R, a pulse changes G by R·(m(x) + σ(x)·z(u)), u uniform in 0 to 1: m and σ are straight lines between knots, z is
/// a quantile function of mean 0 and variance 1, straight between <see cref="ParametricUpdateModel.ShapeProbabilities"/>.
/// </remarks>
public sealed record ParametricPulse
{
    /// <summary>States x of the knots, from 0 to 1, rising.</summary>
    public required IReadOnlyList<double> States { get; init; }

    /// <summary>Mean change at each knot, as a fraction of the range.</summary>
    public required IReadOnlyList<double> Mean { get; init; }

    /// <summary>Standard deviation at each knot, as a fraction of the range.</summary>
    public required IReadOnlyList<double> Deviation { get; init; }

    /// <summary>Standardised quantiles z at <see cref="ParametricUpdateModel.ShapeProbabilities"/>.</summary>
    public required IReadOnlyList<double> Shape { get; init; }
}
