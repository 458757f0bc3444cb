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

    /// <summary>A capacitor: no tie at DC, a conducting one in a transient from initial conditions.</summary>
    Capacitive,

    /// <summary>An inductor: a voltage at DC, a conducting tie in a transient from initial conditions.</summary>
    Inductive,
}
