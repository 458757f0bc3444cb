namespace CircuitSim.Circuit.Netlists.Reading;

/// <summary>The statements of a deck, or of one subcircuit in it, sorted by kind but not yet evaluated.</summary>
internal sealed class SubcircuitSource(string name, SubcircuitSource? outer)
{
    public string Name { get; } = name;

    public SubcircuitSource? Outer { get; } = outer;

    /// <summary>The .subckt statement; null for the deck itself.</summary>
    public DeckLine? Header { get; init; }

    public List<string> Ports { get; init; } = [];

    /// <summary>Parameters of the .subckt statement with their defaults.</summary>
    public List<ParameterDefinition> Defaults { get; } = [];

    /// <summary>All its parameters; null until it is first built.</summary>
    public InstanceParameters? Parameters { get; set; }

    public List<DeckLine> Elements { get; } = [];

    public List<DeckLine> ParameterLines { get; } = [];

    public List<DeckLine> Functions { get; } = [];

    public List<DeckLine> Models { get; } = [];

    public Dictionary<string, SubcircuitSource> Nested { get; } = [];

    /// <summary>The definition that a name means here: the innermost one.</summary>
    public SubcircuitSource? Find(string subcircuit)
    {
        for (SubcircuitSource? scope = this; scope is not null; scope = scope.Outer)
            if (scope.Nested.TryGetValue(subcircuit, out SubcircuitSource? found)) return found;
        return null;
    }
}
