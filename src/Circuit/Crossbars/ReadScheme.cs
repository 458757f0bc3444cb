namespace CircuitSim.Circuit.Crossbars;

/// <summary>What the lines of an array that are not selected are held at while one device is read: its word line at the read voltage, its bit line at 0 V.</summary>
/// <remarks>M. A. Zidan et al., Memristor-based memory: the sneak paths problem and solutions, Microelectronics Journal 44(2), 2013.</remarks>
public enum ReadScheme
{
    /// <summary>Nothing: all other lines float.</summary>
    Floating,

    /// <summary>All other word lines and bit lines at half the read voltage.</summary>
    HalfVoltage,

    /// <summary>Other word lines at a third of the read voltage, other bit lines at two thirds.</summary>
    ThirdVoltage,

    /// <summary>All other word lines and bit lines at 0 V.</summary>
    Grounded,
}
