namespace CircuitSim.Circuit.Engines.Native;

/// <summary>How an element ties two nodes together at DC.</summary>
internal enum EdgeKind
{
    /// <summary>A current that depends on the voltage between the nodes.</summary>
    Conducting,

    /// <summary>A voltage that does not depend on the current.</summary>
    Voltage,

    /// <summary>A current that depends on voltages elsewhere.</summary>
    Controlled,

    /// <summary>A current that depends on nothing.</summary>
    Current,
}
