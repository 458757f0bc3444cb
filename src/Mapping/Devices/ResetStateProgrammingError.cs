using CircuitSim.Circuit.Randomness;

namespace CircuitSim.Mapping.Devices;

/// <summary>Two ways to program one device: SET states with a law of their own, and below the lowest of them the RESET state, lognormal around its median.</summary>
/// <param name="ResetSiemens">Median of the RESET state, siemens, positive: every target below <paramref name="LowestSetSiemens"/> ends there.</param>
/// <param name="Reset">Law of the RESET state around its median.</param>
/// <param name="LowestSetSiemens">Lowest conductance that SET reaches, siemens.</param>
/// <param name="Set">Law of the SET states.</param>
public sealed record ResetStateProgrammingError(
    double ResetSiemens, LognormalProgrammingError Reset, double LowestSetSiemens, ProgrammingError Set) : ProgrammingError
{
    /// <inheritdoc/>
    public override double MeanSiemens(double targetSiemens) => Law(ref targetSiemens).MeanSiemens(targetSiemens);

    /// <inheritdoc/>
    public override double StandardDeviationSiemens(double targetSiemens) => Law(ref targetSiemens).StandardDeviationSiemens(targetSiemens);

    /// <inheritdoc/>
    public override double Quantile(double targetSiemens, double probability) => Law(ref targetSiemens).Quantile(targetSiemens, probability);

    /// <inheritdoc/>
    public override double Cumulative(double targetSiemens, double siemens) => Law(ref targetSiemens).Cumulative(targetSiemens, siemens);

    internal override double Draw(double targetSiemens, in CounterRandom random, ulong index) => Law(ref targetSiemens).Draw(targetSiemens, random, index);

    internal override PartialMoments Inside(double targetSiemens, double lowSiemens, double highSiemens) =>
        Law(ref targetSiemens).Inside(targetSiemens, lowSiemens, highSiemens);

    private ProgrammingError Law(ref double targetSiemens)
    {
        if (targetSiemens >= LowestSetSiemens) return Set;
        targetSiemens = ResetSiemens;
        return Reset;
    }
}
