namespace CircuitSim.Circuit.Networks;

/// <summary>How <see cref="Elaborator"/> names and titles a netlist.</summary>
public sealed record ElaborationOptions
{
    /// <summary>First line of the deck.</summary>
    public string Title { get; init; } = "Inverter network on memristor crossbars";

    /// <summary>Index from 0 that the first layer of the circuit has in names, so that an excerpt keeps the names of the network it is cut from.</summary>
    public int FirstLayerIndex { get; init; }

    /// <summary>Capacitances of wires and gates, one capacitor a node; null writes none, and a transient follows its sources at once.</summary>
    public NetworkCapacitances? Capacitances { get; init; }
}
