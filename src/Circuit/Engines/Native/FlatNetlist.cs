using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Circuit.Engines.Native;

/// <summary>Expands subcircuits: nodes and elements inside an instance get its name and a dot before theirs.</summary>
internal static class FlatNetlist
{
    private const int MaximumDepth = 100;

    /// <summary>All elements of a netlist without subcircuit calls.</summary>
    /// <exception cref="InvalidDesignException">A call names no definition, has the wrong number of nodes, or definitions call each other in a circle.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled; a few nested definitions can ask for billions of elements.</exception>
    public static List<Element> Expand(Netlist netlist, CancellationToken cancellationToken)
    {
        var definitions = new Dictionary<string, SubcircuitDefinition>();
        foreach (SubcircuitDefinition definition in netlist.Subcircuits)
            if (!definitions.TryAdd(definition.Name, definition)) throw Invalid(netlist, $"Subcircuit {definition.Name} is defined twice.");
        var globals = new HashSet<string>(netlist.GlobalNodes) { Netlist.Ground };
        var flat = new List<Element>(netlist.Elements.Count);
        Add(netlist.Elements, "", []);
        return flat;

        void Add(IReadOnlyList<Element> elements, string prefix, Dictionary<string, string> ports)
        {
            if (prefix.Count(c => c == '.') > MaximumDepth) throw Invalid(netlist, $"Subcircuit instance {prefix[..40]}… is nested more than {MaximumDepth} deep; a definition calls itself.");
            cancellationToken.ThrowIfCancellationRequested();
            foreach (Element element in elements)
            {
                if (element is not SubcircuitCall call)
                {
                    flat.Add(prefix.Length == 0 ? element : element.Renamed(prefix + element.Name, Node, source => prefix + source));
                    continue;
                }

                if (!definitions.TryGetValue(call.Subcircuit, out SubcircuitDefinition? definition))
                    throw Invalid(netlist, $"{prefix}{call.Name} calls subcircuit {call.Subcircuit}, which is not defined.");
                if (definition.Ports.Count != call.Nodes.Count)
                    throw Invalid(netlist, $"{prefix}{call.Name} has {call.Nodes.Count} nodes, but subcircuit {call.Subcircuit} has {definition.Ports.Count} ports.");
                var inner = new Dictionary<string, string>();
                for (int i = 0; i < definition.Ports.Count; i++) inner[definition.Ports[i]] = Node(call.Nodes[i]);
                Add(definition.Elements, $"{prefix}{call.Name}.", inner);
            }

            string Node(string node)
                => globals.Contains(node) ? node : ports.TryGetValue(node, out string? outer) ? outer : prefix + node;
        }
    }

    private static InvalidDesignException Invalid(Netlist netlist, string violation) => new($"Netlist '{netlist.Title}'", [violation]);
}
