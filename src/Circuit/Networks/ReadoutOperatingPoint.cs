using CircuitSim.Circuit.Crossbars;

namespace CircuitSim.Circuit.Networks;

/// <summary>The solved state of one layer with current read-out.</summary>
public sealed record ReadoutOperatingPoint
{
    /// <summary>Voltages that the word lines are driven with, volts.</summary>
    public required ReadOnlyMemory<double> SourceVolts { get; init; }

    /// <summary>Currents and voltages of the crossbar.</summary>
    public required CrossbarOperatingPoint Crossbar { get; init; }

    /// <summary>Sums of the neurons, dimensionless.</summary>
    public required ReadOnlyMemory<double> Sums { get; init; }
}
