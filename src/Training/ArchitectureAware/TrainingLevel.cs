namespace CircuitSim.Training.ArchitectureAware;

/// <summary>How much of the architecture training or inference knows (Wang, Park, Lu, section III.A and Fig. 4a).</summary>
public enum TrainingLevel
{
    /// <summary>None: floating point.</summary>
    FloatingPoint,

    /// <summary>Level 1: weights and inputs of few bits.</summary>
    Quantized,

    /// <summary>Level 2: also the on/off ratio, and two devices for a signed weight.</summary>
    DeviceAware,

    /// <summary>Level 3: also arrays of limited size, each read by ADCs.</summary>
    TileAware,

    /// <summary>Level 4: also programming variation.</summary>
    VariationAware,
}
