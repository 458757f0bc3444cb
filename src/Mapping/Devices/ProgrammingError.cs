using CircuitSim.Circuit.Randomness;

namespace CircuitSim.Mapping.Devices;

/// <summary>Distribution of the conductance that one programming operation leaves, given its target.</summary>
/// <remarks>The law may reach below 0 S, as a fitted normal distribution does near 0; whoever draws from it clips there and counts.</remarks>
public abstract record ProgrammingError
{
    /// <summary>Paper, figure or code that gives the law.</summary>
    public required string Source { get; init; }

    /// <summary>Whether the law was measured after a program-and-verify loop of the authors' own, so that it is no single pulse's.</summary>
    public bool IsAfterVerify { get; init; }

    /// <summary>Mean conductance.</summary>
    /// <param name="targetSiemens">Target, siemens, inside the card's window.</param>
    /// <returns>Siemens.</returns>
    public abstract double MeanSiemens(double targetSiemens);

    /// <summary>Standard deviation of the conductance.</summary>
    /// <param name="targetSiemens">Target, siemens, inside the card's window.</param>
    /// <returns>Siemens.</returns>
    public abstract double StandardDeviationSiemens(double targetSiemens);

    /// <summary>Conductance that a share of the devices stays below.</summary>
    /// <param name="targetSiemens">Target, siemens.</param>
    /// <param name="probability">The share, above 0 and below 1.</param>
    /// <returns>Siemens.</returns>
    public abstract double Quantile(double targetSiemens, double probability);

    /// <summary>Share of the devices at or below a conductance.</summary>
    /// <param name="targetSiemens">Target, siemens.</param>
    /// <param name="siemens">The conductance, siemens.</param>
    /// <returns>Between 0 and 1.</returns>
    public abstract double Cumulative(double targetSiemens, double siemens);

    /// <summary>One draw.</summary>
    /// <param name="targetSiemens">Target, siemens.</param>
    /// <param name="random">Sequence of the array.</param>
    /// <param name="index">Device and attempt.</param>
    /// <returns>Siemens; may be negative where the law is.</returns>
    internal abstract double Draw(double targetSiemens, in CounterRandom random, ulong index);

    /// <summary>Probability and moments of the conductance inside an interval.</summary>
    /// <param name="targetSiemens">Target, siemens.</param>
    /// <param name="lowSiemens">Lower end, siemens, or −∞.</param>
    /// <param name="highSiemens">Upper end, siemens, or +∞.</param>
    /// <returns>The moments.</returns>
    internal abstract PartialMoments Inside(double targetSiemens, double lowSiemens, double highSiemens);
}
