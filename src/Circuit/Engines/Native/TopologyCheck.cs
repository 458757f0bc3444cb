using CircuitSim.Circuit.Errors;

namespace CircuitSim.Circuit.Engines.Native;

/// <summary>Finds, before anything is solved, what makes circuit equations singular whatever the values: floating nodes, loops of voltages, cutsets of currents.</summary>
internal static class TopologyCheck
{
    private const int ShownNodes = 8;

    /// <summary>Checks the ties between nodes.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="isDirect">True when there is a DC solution to find; false for transients from initial conditions only.</param>
    /// <exception cref="TopologyException">A defect was found; its nodes are named.</exception>
    public static void Run(NativeCircuit circuit, bool isDirect)
    {
        int ground = circuit.NodeCount;
        var ties = new Tie[circuit.Edges.Count];
        for (int i = 0; i < ties.Length; i++)
        {
            CircuitEdge edge = circuit.Edges[i];
            ties[i] = new Tie(Meaning(edge.Kind, isDirect), Number(edge.From), Number(edge.To), i);
        }

        FindVoltageLoop(circuit.Edges, ties, ground + 1);
        FindFloatingNodes(circuit, ties, ground);

        int Number(string node) => circuit.Nodes.TryGetValue(node, out int number) ? number : ground;
    }

    /// <summary>What an element is to the nodes that it ties, at DC or in a transient from initial conditions.</summary>
    private static EdgeKind Meaning(EdgeKind kind, bool isDirect) => kind switch
    {
        EdgeKind.Inductive => isDirect ? EdgeKind.Voltage : EdgeKind.Conducting,
        EdgeKind.Capacitive when !isDirect => EdgeKind.Conducting,
        _ => kind,
    };

    private static void FindVoltageLoop(IReadOnlyList<CircuitEdge> edges, Tie[] ties, int nodeCount)
    {
        var groups = new NodeGroups(nodeCount);
        var tree = new Dictionary<string, List<CircuitEdge>>();
        foreach (Tie tie in ties)
        {
            if (tie.Kind != EdgeKind.Voltage) continue;
            CircuitEdge edge = edges[tie.Edge];
            if (groups.Join(tie.From, tie.To))
            {
                Neighbours(edge.From).Add(edge);
                Neighbours(edge.To).Add(edge);
                continue;
            }

            List<CircuitEdge> loop = [.. Path(edge.From, edge.To, tree), edge];
            string[] nodes = [.. loop.SelectMany(e => new[] { e.From, e.To }).Distinct()];
            throw new TopologyException(
                $"Voltage sources and inductors {string.Join(", ", loop.Select(e => e.Element).Order(StringComparer.Ordinal))} form a loop through node {Listed(nodes)}: "
                + "its current is not determined. Put a resistor into the loop or remove a source.", nodes);
        }

        List<CircuitEdge> Neighbours(string node)
        {
            if (!tree.TryGetValue(node, out List<CircuitEdge>? list)) tree.Add(node, list = []);
            return list;
        }
    }

    private static List<CircuitEdge> Path(string from, string to, Dictionary<string, List<CircuitEdge>> tree)
    {
        var cameBy = new Dictionary<string, CircuitEdge>();
        var queue = new Queue<string>([from]);
        while (queue.TryDequeue(out string? node) && node != to)
        {
            foreach (CircuitEdge edge in tree.GetValueOrDefault(node) ?? [])
            {
                string next = edge.From == node ? edge.To : edge.From;
                if (next != from && cameBy.TryAdd(next, edge)) queue.Enqueue(next);
            }
        }

        var path = new List<CircuitEdge>();
        for (string node = to; node != from;)
        {
            CircuitEdge edge = cameBy[node];
            path.Add(edge);
            node = edge.From == node ? edge.To : edge.From;
        }

        return path;
    }

    private static void FindFloatingNodes(NativeCircuit circuit, Tie[] ties, int ground)
    {
        var groups = new NodeGroups(ground + 1);
        foreach (Tie tie in ties)
            if (tie.Kind is EdgeKind.Conducting or EdgeKind.Voltage) groups.Join(tie.From, tie.To);
        int grounded = groups.Of(ground);
        if (circuit.Nodes.Values.All(n => groups.Of(n) == grounded)) return;

        var driven = new Dictionary<int, List<string>>();
        var controlled = new HashSet<int>();
        foreach (Tie tie in ties)
        {
            int from = groups.Of(tie.From), to = groups.Of(tie.To);
            if (from == to || tie.Kind is EdgeKind.Conducting or EdgeKind.Voltage or EdgeKind.Capacitive) continue;
            foreach (int group in new[] { from, to })
            {
                // A controlled source may fix the group's level through feedback; the solver will tell.
                if (tie.Kind == EdgeKind.Controlled) controlled.Add(group);
                else if (driven.TryGetValue(group, out List<string>? list)) list.Add(circuit.Edges[tie.Edge].Element);
                else driven.Add(group, [circuit.Edges[tie.Edge].Element]);
            }
        }

        ILookup<int, string> members = circuit.Nodes.Where(n => groups.Of(n.Value) != grounded && !controlled.Contains(groups.Of(n.Value)))
            .ToLookup(n => groups.Of(n.Value), n => n.Key);
        if (members.Count == 0) return;
        string[] all = [.. members.SelectMany(g => g).Order(StringComparer.Ordinal)];
        int? cut = members.Select(g => (int?)g.Key).FirstOrDefault(g => driven.ContainsKey(g!.Value));
        throw new TopologyException(cut is { } key
            ? $"Node {Listed([.. members[key].Order(StringComparer.Ordinal)])} is reached only through current source {string.Join(", ", driven[key].Distinct())}: "
              + "its voltage is not determined. Connect it to ground through a resistor."
            : $"Node {Listed(all)} has no DC path to ground: its voltage is not determined. Connect it through a resistor or remove it.", all);
    }

    private static string Listed(string[] nodes)
        => string.Join(", ", nodes.Take(ShownNodes).Select(n => $"'{n}'")) + (nodes.Length > ShownNodes ? $" and {nodes.Length - ShownNodes} more" : "");

    /// <summary>An edge by the numbers of its nodes.</summary>
    private readonly record struct Tie(EdgeKind Kind, int From, int To, int Edge);
}
