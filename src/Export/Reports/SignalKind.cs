namespace CircuitSim.Export.Reports;

/// <summary>Signal that engines are compared on.</summary>
public enum SignalKind
{
    /// <summary>Gate at the end of the bit line.</summary>
    Gate,

    /// <summary>Output <c>n</c> of the first, inverting, inverter.</summary>
    InvertedOutput,

    /// <summary>Output <c>p</c> of the second inverter.</summary>
    RestoredOutput,

    /// <summary>Input or rail: a node that a source holds.</summary>
    Source,

    /// <summary>Word-line node at a cross-point or at the line's head.</summary>
    WordLine,

    /// <summary>Bit-line node at a cross-point.</summary>
    BitLine,

    /// <summary>Current at the end of a bit line, where the read-out is by current.</summary>
    BitLineCurrent,

    /// <summary>Sum or output of a digital neuron, where the read-out is by current.</summary>
    DigitalNeuron,
}
