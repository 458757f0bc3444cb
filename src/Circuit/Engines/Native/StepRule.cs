namespace CircuitSim.Circuit.Engines.Native;

/// <summary>How much of a Newton step is taken.</summary>
internal enum StepRule
{
    /// <summary>As much as brings the solution nearer.</summary>
    Damped,

    /// <summary>All of it.</summary>
    Full,

    /// <summary>What no junction and no voltage is moved far by.</summary>
    Clamped,
}
