using CircuitSim.Circuit.Networks;
using CircuitSim.Export.Attribution;
using CircuitSim.Export.Reports;

namespace CircuitSim.Export.CrossCheck;

/// <summary>How far a circuit departs from the network that was trained.</summary>
public sealed record CrossCheckResult
{
    /// <summary>Accuracy of the behavioural network and of the circuit on the same samples.</summary>
    public required IReadOnlyList<ModelAccuracy> Accuracies { get; init; }

    /// <summary>How often both choose the same class.</summary>
    public required ClassAgreement Agreement { get; init; }

    /// <summary>Confusion matrices of both.</summary>
    public required IReadOnlyList<ClassConfusion> Confusions { get; init; }

    /// <summary>From the trained network to the circuit, one effect at a time, and back.</summary>
    public required AttributionResult Attribution { get; init; }

    /// <summary>Largest difference at any gate or output between the ladder's last rung and the circuit, volts: rounding where the ladder misses no effect.</summary>
    public required double AttributionClosureVolts { get; init; }

    /// <summary>Differences by layer and signal.</summary>
    public required IReadOnlyList<LayerSignalError> Layers { get; init; }

    /// <summary>The nodes that differ most.</summary>
    public required IReadOnlyList<NodeDifference> WorstNodes { get; init; }

    /// <summary>Static power of each layer and of the whole, mean over the samples looked at.</summary>
    public required LayerPowers Power { get; init; }

    /// <summary>Accuracy lost from the behavioural network to the circuit, percentage points; negative when the circuit is better.</summary>
    public required double AccuracyDropPercent { get; init; }

    /// <summary>Largest difference at any gate or inverter output, millivolts.</summary>
    public double WorstMillivolts => Layers.Max(l => l.WorstMillivolts);

    /// <summary>The circuit's solution.</summary>
    public required NetworkOperatingPoint Circuit { get; init; }

    /// <summary>The solver that solved it.</summary>
    public required NetworkSolver Solver { get; init; }
}
