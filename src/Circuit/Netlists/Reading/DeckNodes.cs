namespace CircuitSim.Circuit.Netlists.Reading;

/// <summary>Spelling of node names.</summary>
internal static class DeckNodes
{
    /// <summary>The name that the netlist uses: ground has one only.</summary>
    public static string Normalise(string node) => node == "gnd" ? Netlist.Ground : node;
}
