namespace CircuitSim.Mapping;

/// <summary>What mapping does with a conductance outside the device's window.</summary>
public enum OutOfRange
{
    /// <summary>Refuse the network.</summary>
    Reject,

    /// <summary>Program the nearest end of the window, and count the device.</summary>
    Clip,
}
