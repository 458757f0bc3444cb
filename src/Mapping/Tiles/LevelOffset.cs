namespace CircuitSim.Mapping.Tiles;

/// <summary>What a controller does about the conductance that a device keeps when it is off.</summary>
public enum LevelOffset
{
    /// <summary>
    /// A weight's size is written as a conductance from 0 to G_on, as if devices could be off. Those below G_on/ratio stay there, and the partner's
    /// rest subtracts that much from every other weight.
    /// </summary>
    Ignored,

    /// <summary>A weight's size is spread over G_off to G_on, so that the pair's difference is proportional to it.</summary>
    Spread,
}
