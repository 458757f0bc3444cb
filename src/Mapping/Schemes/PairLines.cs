namespace CircuitSim.Mapping.Schemes;

/// <summary>Where the two devices of a differential pair stand.</summary>
public enum PairLines
{
    /// <summary>On two bit lines, positive then negative; the read-out subtracts their currents.</summary>
    TwoBitLines,

    /// <summary>On two word lines, driven with the input and with its negative; the bit line subtracts by itself.</summary>
    TwoWordLines,
}
