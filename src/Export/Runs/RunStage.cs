namespace CircuitSim.Export.Runs;

/// <summary>The stages of a run, in their order.</summary>
public enum RunStage
{
    /// <summary>Train the network and the unconstrained one that it is held against.</summary>
    Train,

    /// <summary>Turn weights into conductances and lay out the circuit.</summary>
    Map,

    /// <summary>Write the netlists.</summary>
    Export,

    /// <summary>Solve the circuit and compare behavioural network, circuit and other engines.</summary>
    Check,

    /// <summary>Write the report page.</summary>
    Report,
}
