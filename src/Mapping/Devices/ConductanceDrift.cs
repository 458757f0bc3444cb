namespace CircuitSim.Mapping.Devices;

/// <summary>How a programmed conductance moves with time: drift, relaxation, or growth of the spread.</summary>
public abstract record ConductanceDrift
{
    /// <summary>Paper, figure or code that gives the law.</summary>
    public required string Source { get; init; }

    /// <summary>Time after programming at which the card's programming error holds, seconds; the law starts there.</summary>
    public required double ReferenceSeconds { get; init; }

    /// <summary>Latest time after programming that the law covers, seconds; infinite for a formula without a stated end.</summary>
    public double LastSeconds { get; init; } = double.PositiveInfinity;

    /// <summary>Mean conductance of devices that were exactly on target at <see cref="ReferenceSeconds"/>.</summary>
    /// <param name="targetSiemens">Target, siemens.</param>
    /// <param name="seconds">Time after programming, seconds, from <see cref="ReferenceSeconds"/> to <see cref="LastSeconds"/>.</param>
    /// <returns>Siemens.</returns>
    public double MeanSiemens(double targetSiemens, double seconds) => After(targetSiemens, targetSiemens, 0, seconds).Mean;

    /// <summary>Standard deviation of the conductance of devices that were exactly on target at <see cref="ReferenceSeconds"/>.</summary>
    /// <param name="targetSiemens">Target, siemens.</param>
    /// <param name="seconds">Time after programming, seconds, from <see cref="ReferenceSeconds"/> to <see cref="LastSeconds"/>.</param>
    /// <returns>Siemens.</returns>
    public double StandardDeviationSiemens(double targetSiemens, double seconds) => Math.Sqrt(After(targetSiemens, targetSiemens, 0, seconds).Variance);

    /// <summary>Conductance of one device at a later time.</summary>
    /// <param name="targetSiemens">Its target, siemens.</param>
    /// <param name="programmedSiemens">Its conductance at <see cref="ReferenceSeconds"/>, siemens.</param>
    /// <param name="seconds">The time, seconds.</param>
    /// <param name="normal">A standard normal draw that is the device's own.</param>
    /// <returns>Siemens.</returns>
    internal abstract double Apply(double targetSiemens, double programmedSiemens, double seconds, double normal);

    /// <summary>Mean and variance at a later time of devices with a given mean and variance at <see cref="ReferenceSeconds"/>.</summary>
    internal abstract (double Mean, double Variance) After(double targetSiemens, double mean, double variance, double seconds);
}
