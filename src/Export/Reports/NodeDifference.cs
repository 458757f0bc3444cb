namespace CircuitSim.Export.Reports;

/// <summary>One node and sample where circuit and behavioural model part.</summary>
public sealed record NodeDifference
{
    /// <summary>Node name as in the exported decks, for example <c>l1_p34</c>.</summary>
    public required string NodeName { get; init; }

    /// <summary>Sample index from 0 within the checked samples.</summary>
    public required int Sample { get; init; }

    /// <summary>Layer number from 1, as in node names.</summary>
    public required int Layer { get; init; }

    /// <summary>Which signal of the neuron the node is.</summary>
    public required SignalKind Signal { get; init; }

    /// <summary>Voltage of the behavioural model, volts.</summary>
    public required double BehaviouralVolts { get; init; }

    /// <summary>Voltage of the circuit, volts.</summary>
    public required double CircuitVolts { get; init; }

    /// <summary>Circuit minus behavioural, millivolts.</summary>
    public required double DifferenceMillivolts { get; init; }
}
