using CircuitSim.Mapping.Variation;

namespace CircuitSim.Export.Runs;

/// <summary>Supply, inverter and wires of the circuit.</summary>
public sealed record CircuitSettings
{
    /// <summary>Supply Vdd, volts, positive; the rails are at plus and minus half of it.</summary>
    public double SupplyVolts { get; init; } = 0.5;

    /// <summary>Name of a shipped inverter, or path of an inverter file (.json) that <c>circuitsim characterize</c> wrote.</summary>
    public string Inverter { get; init; } = "ekv-phax90";

    /// <summary>Wire between neighbouring cross-points, of word lines and bit lines, ohms, at least 0.</summary>
    public double SegmentOhms { get; init; } = 1.0;

    /// <summary>Wires by their geometry, or null when <see cref="SegmentOhms"/> says what they resist.</summary>
    public GeometrySettings? Geometry { get; init; }

    /// <summary>How transistors differ, or null when every inverter is alike.</summary>
    public TransistorMismatch? Mismatch { get; init; }

    /// <summary>Supply and temperature at which chips are operated.</summary>
    public OperatingCorner Corner { get; init; } = new();

    /// <summary>Resistance between each source or inverter output and its word line, ohms, at least 0.</summary>
    public double SourceOhms { get; init; }
}
