namespace CircuitSim.Circuit.Engines.Native;

/// <summary>What the equations are written for.</summary>
internal enum LoadMode
{
    /// <summary>Charges do not move and are not asked for.</summary>
    Direct,

    /// <summary>Charges are noted, but do not move: the begin of a transient.</summary>
    Initial,

    /// <summary>Charges move as the integration formula says.</summary>
    Transient,

    /// <summary>Derivatives of charges go into a matrix of their own.</summary>
    SmallSignal,
}
