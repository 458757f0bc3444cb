using CircuitSim.Circuit.Randomness;

namespace CircuitSim.Mapping.Devices;

/// <summary>Programming error normal around the target, with a standard deviation that depends on it: G ~ N(G_target, σ(G_target)²).</summary>
/// <param name="Spread">σ against the target.</param>
public sealed record GaussianProgrammingError(SpreadPolynomial Spread) : ProgrammingError
{
    /// <inheritdoc/>
    public override double MeanSiemens(double targetSiemens) => targetSiemens;

    /// <inheritdoc/>
    public override double StandardDeviationSiemens(double targetSiemens) => Spread.At(targetSiemens);

    /// <inheritdoc/>
    public override double Quantile(double targetSiemens, double probability) =>
        targetSiemens + Spread.At(targetSiemens) * NormalLaw.Quantile(probability);

    /// <inheritdoc/>
    public override double Cumulative(double targetSiemens, double siemens)
    {
        double deviation = Spread.At(targetSiemens);
        return deviation > 0 ? NormalLaw.Cumulative((siemens - targetSiemens) / deviation) : siemens >= targetSiemens ? 1 : 0;
    }

    internal override double Draw(double targetSiemens, in CounterRandom random, ulong index) =>
        targetSiemens + Spread.At(targetSiemens) * random.Normal(index);

    internal override PartialMoments Inside(double targetSiemens, double lowSiemens, double highSiemens) =>
        NormalLaw.Inside(targetSiemens, Spread.At(targetSiemens), lowSiemens, highSiemens);
}
