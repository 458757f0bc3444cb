namespace CircuitSim.Export.Reports;

/// <summary>Outcome of re-running a deck in another simulator.</summary>
public enum SpiceCheckStatus
{
    /// <summary>The simulator ran, and every compared node lies within the bound.</summary>
    Verified,

    /// <summary>The simulator ran and disagrees: a node lies outside the bound, or a voltage is missing or no number.</summary>
    Failed,

    /// <summary>The simulator did not answer in time.</summary>
    TimedOut,

    /// <summary>The simulator could not run the deck, or gave no solution.</summary>
    CouldNotRun,

    /// <summary>The deck on disk is not the one that the run wrote; it was not handed to the simulator.</summary>
    DeckChanged,

    /// <summary>The deck was not handed to the simulator on purpose, for example because it is too large for it.</summary>
    Refused,

    /// <summary>The simulator is not there, or the check was not asked for.</summary>
    NotRun,
}
