namespace CircuitSim.Circuit.Engines.Native;

/// <summary>What the equations are written for.</summary>
internal enum LoadMode
{
    /// <summary>Charges do not move.</summary>
    Direct,

    /// <summary>Charges move as the integration formula says.</summary>
    Transient,

    /// <summary>Derivatives of charges go into a matrix of their own.</summary>
    SmallSignal,
}
