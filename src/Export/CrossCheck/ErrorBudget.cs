using CircuitSim.Export.Reports;

namespace CircuitSim.Export.CrossCheck;

/// <summary>Largest difference that counts as agreement for one kind of signal.</summary>
public sealed record ErrorBudget
{
    /// <summary>True between two solvers of the same circuit, false between the trained network and its circuit.</summary>
    public required bool IsSameCircuit { get; init; }

    /// <summary>The kind of signal.</summary>
    public required SignalKind Signal { get; init; }

    /// <summary>Largest difference, volts, or amperes for currents.</summary>
    public required double Budget { get; init; }

    /// <summary>Why this much, one sentence.</summary>
    public required string Reason { get; init; }
}
