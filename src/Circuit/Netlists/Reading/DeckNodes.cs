namespace CircuitSim.Circuit.Netlists.Reading;

/// <summary>Spelling of node names.</summary>
internal static class DeckNodes
{
    /// <summary>Reads the next word as a node.</summary>
    /// <exception cref="DeckSyntaxError">Nothing is left, or the word cannot be a node.</exception>
    public static string Read(DeckCursor cursor, string expected = "a node")
    {
        string word = cursor.Next(expected);
        return word[0] is '=' or '{' or '\'' or '"' ? throw cursor.Unexpected(expected) : Normalise(word);
    }

    /// <summary>The name that the netlist uses: ground has one only.</summary>
    public static string Normalise(string node) => node == "gnd" ? Netlist.Ground : node;
}
