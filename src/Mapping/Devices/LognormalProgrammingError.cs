using CircuitSim.Circuit.Randomness;

namespace CircuitSim.Mapping.Devices;

/// <summary>Programming error lognormal around the target: ln G ~ N(ln G_target, s²), so that half of the devices are below it.</summary>
/// <param name="LogDeviation">s, the standard deviation of ln G, positive.</param>
public sealed record LognormalProgrammingError(double LogDeviation) : ProgrammingError
{
    /// <inheritdoc/>
    public override double MeanSiemens(double targetSiemens) => targetSiemens * Math.Exp(0.5 * LogDeviation * LogDeviation);

    /// <inheritdoc/>
    public override double StandardDeviationSiemens(double targetSiemens) =>
        MeanSiemens(targetSiemens) * Math.Sqrt(double.ExpM1(LogDeviation * LogDeviation));

    /// <inheritdoc/>
    public override double Quantile(double targetSiemens, double probability) => targetSiemens * Math.Exp(LogDeviation * NormalLaw.Quantile(probability));

    /// <inheritdoc/>
    public override double Cumulative(double targetSiemens, double siemens) => siemens > 0 ? NormalLaw.Cumulative(Normal(targetSiemens, siemens)) : 0;

    internal override double Draw(double targetSiemens, in CounterRandom random, ulong index) =>
        targetSiemens * Math.Exp(LogDeviation * random.Normal(index));

    internal override PartialMoments Inside(double targetSiemens, double lowSiemens, double highSiemens)
    {
        // ∫ G^k dP over an interval is T^k·exp(k²s²/2) times the probability of the interval moved by k·s.
        double low = lowSiemens > 0 ? Normal(targetSiemens, lowSiemens) : double.NegativeInfinity;
        double high = highSiemens > 0 ? Normal(targetSiemens, highSiemens) : double.NegativeInfinity;
        return new(Moment(0), Moment(1), Moment(2));

        double Moment(int k) => Math.Pow(targetSiemens, k) * Math.Exp(0.5 * k * k * LogDeviation * LogDeviation)
            * NormalLaw.Between(low - k * LogDeviation, high - k * LogDeviation);
    }

    private double Normal(double targetSiemens, double siemens) => Math.Log(siemens / targetSiemens) / LogDeviation;
}
