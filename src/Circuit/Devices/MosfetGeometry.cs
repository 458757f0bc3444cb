namespace CircuitSim.Circuit.Devices;

/// <summary>Sizes of a MOS transistor.</summary>
/// <remarks>Defaults are SPICE's.</remarks>
public sealed record MosfetGeometry
{
    /// <summary>Channel width (w), metres.</summary>
    public double WidthMetres { get; init; } = 1e-4;

    /// <summary>Drawn channel length (l), metres.</summary>
    public double LengthMetres { get; init; } = 1e-4;

    /// <summary>Drain junction area (ad), m².</summary>
    public double DrainSquareMetres { get; init; }

    /// <summary>Source junction area (as), m².</summary>
    public double SourceSquareMetres { get; init; }

    /// <summary>Drain junction perimeter (pd), metres.</summary>
    public double DrainPerimeterMetres { get; init; }

    /// <summary>Source junction perimeter (ps), metres.</summary>
    public double SourcePerimeterMetres { get; init; }
}
