namespace CircuitSim.Export.Reports;

/// <summary>Transfer curve of one unloaded neuron, sampled for the report.</summary>
public sealed record NeuronCurve
{
    /// <summary>What the curve is and how it was had, for example <c>EKV inverter pair, native engine, 201 points</c>.</summary>
    public required string Description { get; init; }

    /// <summary>Gate voltages, volts, rising; empty when no curve is shown.</summary>
    public required IReadOnlyList<double> GateVolts { get; init; }

    /// <summary>Output of the first inverter, volts, as long as <see cref="GateVolts"/>, or empty.</summary>
    public required IReadOnlyList<double> InvertedVolts { get; init; }

    /// <summary>Output of the second inverter, volts, as long as <see cref="GateVolts"/>.</summary>
    public required IReadOnlyList<double> RestoredVolts { get; init; }
}
