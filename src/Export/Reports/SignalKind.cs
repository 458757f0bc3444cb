namespace CircuitSim.Export.Reports;

/// <summary>Signal of a neuron that engines are compared on.</summary>
public enum SignalKind
{
    /// <summary>Gate at the end of the bit line.</summary>
    Gate,

    /// <summary>Output <c>n</c> of the first, inverting, inverter.</summary>
    InvertedOutput,

    /// <summary>Output <c>p</c> of the second inverter.</summary>
    RestoredOutput,
}
