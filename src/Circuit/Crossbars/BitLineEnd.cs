namespace CircuitSim.Circuit.Crossbars;

/// <summary>What a bit line meets at its end, below the bottom device.</summary>
public enum BitLineEnd
{
    /// <summary>Ground, directly or through a terminal resistor: the line is read as a current.</summary>
    Ground,

    /// <summary>The gate of an inverter, which draws no DC current: the line is read as a voltage.</summary>
    Open,
}
