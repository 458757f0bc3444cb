namespace CircuitSim.Mapping.ExSitu;

/// <summary>How a trained weight becomes the levels of its two devices.</summary>
public enum PairAssignment
{
    /// <summary>One device stays at the lowest level, the other takes the nearest level; the largest weight of a layer takes the whole window.</summary>
    Nearest,

    /// <summary>The same pairs at the scale of least squared rounding error of the layer; weights beyond the window saturate.</summary>
    ScaleSearch,

    /// <summary>Any pair of levels, and the scale of least expected squared error: rounding, mean shift and spread of both devices at the time of the read.</summary>
    PairAware,
}
