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

    /// <summary>The name of a source that the netlist uses: <c>v.x1.vin</c>, ngspice's name of vin inside instance x1, is <c>x1.vin</c>.</summary>
    public static string Source(string name)
    {
        bool isInside = name.Length > 4 && name[1] == '.' && name[2] == 'x' && name.LastIndexOf('.') is > 2 and int last && last + 1 < name.Length && name[last + 1] == name[0];
        return isInside ? name[2..] : name;
    }
}
