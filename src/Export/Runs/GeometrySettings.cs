using CircuitSim.Mapping.Variation;

namespace CircuitSim.Export.Runs;

/// <summary>Wires by their geometry: a technology node and a kind of cell, or sizes in full.</summary>
public sealed record GeometrySettings
{
    /// <summary>Technology node, nanometres, or null when sizes are given.</summary>
    public double? NodeNanometres { get; init; }

    /// <summary>With a node: whether cells hold a transistor beside the device, 4 by 12 nodes, instead of a bare cross-point, 2 by 2.</summary>
    public bool HasTransistors { get; init; }

    /// <summary>Sizes, or null when a node is given.</summary>
    public WireGeometry? Sizes { get; init; }

    internal WireGeometry At(double kelvin)
    {
        WireGeometry geometry = (Sizes ?? WireGeometry.OfNode(NodeNanometres!.Value, HasTransistors)) with { TemperatureKelvin = kelvin };
        geometry.Check();
        return geometry;
    }
}
