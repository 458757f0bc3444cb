namespace CircuitSim.Export.Reports;

/// <summary>Outcome of re-running a deck in another simulator.</summary>
public enum SpiceCheckStatus
{
    /// <summary>The simulator ran, and every compared node lies within the bound.</summary>
    Verified,

    /// <summary>The simulator ran, but a node lies outside the bound, or the simulator gave no solution.</summary>
    Failed,

    /// <summary>The deck was not handed to the simulator on purpose, for example because it is too large for it.</summary>
    Refused,

    /// <summary>The simulator is not there, or the check was not asked for.</summary>
    NotRun,
}
