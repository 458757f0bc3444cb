using CircuitSim.Circuit.Randomness;

namespace CircuitSim.Mapping.Devices;

/// <summary>Programming error as it was measured: one quantile function per target.</summary>
/// <param name="Table">The measured distributions.</param>
public sealed record EmpiricalProgrammingError(QuantileTable Table) : ProgrammingError
{
    /// <inheritdoc/>
    public override double MeanSiemens(double targetSiemens) => Whole(targetSiemens).First;

    /// <inheritdoc/>
    public override double StandardDeviationSiemens(double targetSiemens)
    {
        PartialMoments whole = Whole(targetSiemens);
        return Math.Sqrt(Math.Max(0, whole.Second - whole.First * whole.First));
    }

    /// <inheritdoc/>
    public override double Quantile(double targetSiemens, double probability) => Table.Quantile(targetSiemens, probability);

    /// <inheritdoc/>
    public override double Cumulative(double targetSiemens, double siemens) => Table.Cumulative(targetSiemens, siemens);

    internal override double Draw(double targetSiemens, in CounterRandom random, ulong index) => Table.Quantile(targetSiemens, random.Uniform(index));

    internal override PartialMoments Inside(double targetSiemens, double lowSiemens, double highSiemens) => Table.Inside(targetSiemens, lowSiemens, highSiemens);

    private PartialMoments Whole(double targetSiemens) => Table.Inside(targetSiemens, double.NegativeInfinity, double.PositiveInfinity);
}
