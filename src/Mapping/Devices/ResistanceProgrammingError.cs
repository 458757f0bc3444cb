using CircuitSim.Circuit.Randomness;
using MathNet.Numerics.Integration;

namespace CircuitSim.Mapping.Devices;

/// <summary>Programming error normal in resistance: R = R_target·(1 + s·Z), so that G = G_target/(1 + s·Z).</summary>
/// <remarks>Z stays within ±8.6, the reach of the project's normal draws, so that G is positive for s up to 0.1.</remarks>
public sealed record ResistanceProgrammingError : ProgrammingError
{
    private const double Reach = 8.6;
    private const int Nodes = 32;

    private readonly PartialMoments _whole;

    /// <summary>Creates the law.</summary>
    /// <param name="relativeDeviation">s, the standard deviation of R over its target, above 0 and at most 0.1.</param>
    public ResistanceProgrammingError(double relativeDeviation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(relativeDeviation);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(relativeDeviation, 0.1);
        RelativeDeviation = relativeDeviation;
        _whole = Integrate(-Reach, Reach);
    }

    /// <summary>s, the standard deviation of R over its target.</summary>
    public double RelativeDeviation { get; }

    /// <inheritdoc/>
    public override double MeanSiemens(double targetSiemens) => targetSiemens * _whole.First;

    /// <inheritdoc/>
    public override double StandardDeviationSiemens(double targetSiemens) => targetSiemens * Math.Sqrt(_whole.Second - _whole.First * _whole.First);

    /// <inheritdoc/>
    public override double Quantile(double targetSiemens, double probability) =>
        targetSiemens / (1 - RelativeDeviation * NormalLaw.Quantile(probability));

    /// <inheritdoc/>
    public override double Cumulative(double targetSiemens, double siemens) => siemens > 0 ? NormalLaw.Cumulative(-Normal(targetSiemens, siemens)) : 0;

    internal override double Draw(double targetSiemens, in CounterRandom random, ulong index) =>
        targetSiemens / (1 + RelativeDeviation * random.Normal(index));

    internal override PartialMoments Inside(double targetSiemens, double lowSiemens, double highSiemens)
    {
        if (!(highSiemens > 0)) return default;
        double low = Math.Max(-Reach, Normal(targetSiemens, highSiemens));
        double high = lowSiemens > 0 ? Math.Min(Reach, Normal(targetSiemens, lowSiemens)) : Reach;
        if (low >= high) return default;
        PartialMoments unit = Integrate(low, high);
        return new(unit.Probability, targetSiemens * unit.First, targetSiemens * targetSiemens * unit.Second);
    }

    private PartialMoments Integrate(double low, double high) => new(
        NormalLaw.Between(low, high),
        GaussLegendreRule.Integrate(z => NormalLaw.Density(z) / (1 + RelativeDeviation * z), low, high, Nodes),
        GaussLegendreRule.Integrate(z => NormalLaw.Density(z) / ((1 + RelativeDeviation * z) * (1 + RelativeDeviation * z)), low, high, Nodes));

    private double Normal(double targetSiemens, double siemens) => (targetSiemens / siemens - 1) / RelativeDeviation;
}
