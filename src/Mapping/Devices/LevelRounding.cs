namespace CircuitSim.Mapping.Devices;

/// <summary>How a target becomes a level.</summary>
public enum LevelRounding
{
    /// <summary>Targets stay as they are.</summary>
    None,

    /// <summary>The nearest level; exactly between two, the lower one.</summary>
    Nearest,

    /// <summary>One of the two neighbouring levels, drawn so that the mean is the target; outside all levels, the nearest.</summary>
    Stochastic,
}
