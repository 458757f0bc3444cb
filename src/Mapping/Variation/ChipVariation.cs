using CircuitSim.Mapping.Devices;

namespace CircuitSim.Mapping.Variation;

/// <summary>In what chips of one design differ from it, and where they are operated. Which chip it is, a seed says.</summary>
public sealed record ChipVariation
{
    /// <summary>How devices are programmed, when they are read, and how many are stuck.</summary>
    public ProgrammingOptions Programming { get; init; } = new();

    /// <summary>How transistors differ, or null when every inverter is alike.</summary>
    public TransistorMismatch? Mismatch { get; init; }

    /// <summary>Supply and temperature.</summary>
    public OperatingCorner Corner { get; init; } = new();
}
