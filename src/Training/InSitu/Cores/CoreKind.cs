namespace CircuitSim.Training.InSitu.Cores;

/// <summary>How conductances, which are positive, carry signed weights.</summary>
public enum CoreKind
{
    /// <summary>Two devices a weight that move in opposite directions from the middle of the window.</summary>
    Balanced,

    /// <summary>Two devices a weight, of which the one of the other sign stays at the lower end of the window.</summary>
    BalancedOneSided,

    /// <summary>One device a weight and a reference at the middle of the window, whose current is subtracted.</summary>
    Offset,
}
