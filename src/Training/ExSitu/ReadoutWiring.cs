using CircuitSim.Mapping.Variation;

namespace CircuitSim.Training.ExSitu;

/// <summary>What surrounds the arrays of a transferred network, all read by current.</summary>
public sealed record ReadoutWiring
{
    /// <summary>Voltage that an input of 1 is applied with, volts, positive.</summary>
    public double ReadVolts { get; init; } = 0.1;

    /// <summary>Technology node of lines and cells of one transistor and one device, nanometres: one of <see cref="WireGeometry.Nodes"/>. It gives wire resistance and area.</summary>
    public double NodeNanometres { get; init; } = 65;

    /// <summary>Resistance between each source and its word line, ohms, at least 0.</summary>
    public double SourceOhms { get; init; }

    /// <summary>Resistance between each bit line's end and ground, ohms, at least 0; 0 is a virtual ground.</summary>
    public double TerminalOhms { get; init; } = 10;

    /// <summary>Time that a layer is read for, seconds, positive: power times this is its energy.</summary>
    public double ReadSeconds { get; init; } = 100e-9;

    /// <summary>Wire between neighbouring cross-points of a word line, ohms.</summary>
    public double WordLineSegmentOhms => Geometry.WordLineSegmentOhms;

    /// <summary>Wire between neighbouring cross-points of a bit line, ohms.</summary>
    public double BitLineSegmentOhms => Geometry.BitLineSegmentOhms;

    /// <summary>Area of one cell, square metres.</summary>
    public double CellSquareMetres => Geometry.WordLinePitchMetres * Geometry.BitLinePitchMetres;

    private WireGeometry Geometry => WireGeometry.OfNode(NodeNanometres, hasTransistors: true);
}
