namespace CircuitSim.Circuit.Netlists;

/// <summary>A circuit as nodes and elements, with the analyses asked of it: what an engine solves and <c>SpiceWriter</c> writes.</summary>
/// <remarks>Node and element names are lower case. Ground is <see cref="Ground"/>.</remarks>
public sealed record Netlist
{
    /// <summary>Name of the reference node.</summary>
    public const string Ground = "0";

    /// <summary>First line of the deck.</summary>
    public required string Title { get; init; }

    /// <summary>Elements of the top level, in order.</summary>
    public required IReadOnlyList<Element> Elements { get; init; }

    /// <summary>Subcircuit definitions that elements of type <see cref="SubcircuitCall"/> refer to.</summary>
    public IReadOnlyList<SubcircuitDefinition> Subcircuits { get; init; } = [];

    /// <summary>Statements that a deck holds as they are, because a simulator reads them and this library does not, such as foundry models.</summary>
    public IReadOnlyList<string> VerbatimLines { get; init; } = [];

    /// <summary>Analyses in the order of the deck.</summary>
    public IReadOnlyList<Analysis> Analyses { get; init; } = [];

    /// <summary>Simulator options, name (lower case) to value; a flag without a value has an empty string.</summary>
    public IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    /// <summary>Vectors asked for by <c>.save</c> or <c>.print</c>, such as <c>v(l1_g3)</c>; empty means all node voltages.</summary>
    public IReadOnlyList<string> SavedVectors { get; init; } = [];

    /// <summary>Node voltages at time 0 of a transient (.ic), volts.</summary>
    public IReadOnlyDictionary<string, double> InitialVolts { get; init; } = new Dictionary<string, double>();

    /// <summary>Node voltages from which the search for an operating point begins (.nodeset), volts.</summary>
    public IReadOnlyDictionary<string, double> GuessedVolts { get; init; } = new Dictionary<string, double>();

    /// <summary>Nodes that have one name in all subcircuits (.global).</summary>
    public IReadOnlyList<string> GlobalNodes { get; init; } = [];

    /// <summary>Numbers to take from the results of analyses (.measure).</summary>
    public IReadOnlyList<Measure> Measures { get; init; } = [];

    /// <summary>Comment lines that follow the title, without the leading asterisk.</summary>
    public IReadOnlyList<string> HeaderComments { get; init; } = [];
}
