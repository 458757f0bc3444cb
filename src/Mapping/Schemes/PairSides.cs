namespace CircuitSim.Mapping.Schemes;

/// <summary>Which devices of a differential pair move with the weight.</summary>
public enum PairSides
{
    /// <summary>One device carries the absolute weight, the other stays at the lowest conductance: least current.</summary>
    OneSided,

    /// <summary>Both devices move from the middle of the window, one up and one down: the sum of a pair is constant.</summary>
    TwoSided,
}
