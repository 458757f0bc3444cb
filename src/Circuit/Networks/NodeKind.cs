namespace CircuitSim.Circuit.Networks;

/// <summary>What a node of an elaborated network is.</summary>
public enum NodeKind
{
    /// <summary>Input, rail or bias: held by a source.</summary>
    Source,

    /// <summary>Word-line node at a cross-point, at the line's head, or the whole line.</summary>
    WordLine,

    /// <summary>Bit-line node at a cross-point.</summary>
    BitLine,

    /// <summary>End of a bit line: the gate of an inverter, or where a current is read.</summary>
    Gate,

    /// <summary>Output of a first inverter.</summary>
    InvertedOutput,

    /// <summary>Output of a second inverter.</summary>
    RestoredOutput,

    /// <summary>Sum of a digital neuron.</summary>
    Sum,

    /// <summary>Output of a digital neuron.</summary>
    Activation,
}
