using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Circuit.Engines.Native;

/// <summary>Finds, before anything is solved, what makes circuit equations singular whatever the values: floating nodes, loops of voltages, cutsets of currents.</summary>
internal static class TopologyCheck
{
    private const int ShownNodes = 8;

    /// <summary>Checks what ties nodes together in an analysis.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="analysis">The analysis; a transient from initial conditions needs no DC solution.</param>
    /// <param name="initialNodes">Nodes that .ic holds in the operating point that a transient begins from.</param>
    /// <exception cref="TopologyException">A defect was found; its nodes are named.</exception>
    public static void Run(NativeCircuit circuit, Analysis analysis, IEnumerable<string> initialNodes)
    {
        bool isDirect = analysis is not TransientAnalysis { UsesInitialConditions: true };
        Tie[] ties = Ties(circuit, isDirect);
        FindVoltageLoop(circuit.Edges, ties, circuit.NodeCount + 1);
        NodeGroups groups = Groups(circuit, ties);
        if (analysis is TransientAnalysis { UsesInitialConditions: false })
            foreach (string node in initialNodes) groups.Join(Number(circuit, node), circuit.NodeCount);
        FindFloatingNodes(circuit, ties, groups, isSmallSignal: analysis is AcAnalysis);
    }

    /// <summary>Nodes without a DC path to ground that small-signal analysis can do with: one of each group that only capacitors tie to the rest.</summary>
    public static int[] FloatingNodes(NativeCircuit circuit)
    {
        Tie[] ties = Ties(circuit, isDirect: true);
        NodeGroups groups = Groups(circuit, ties);
        int grounded = groups.Of(circuit.NodeCount);
        HashSet<int> controlled = Controlled(ties, groups);
        return [.. circuit.Nodes.Values.GroupBy(groups.Of).Where(g => g.Key != grounded && !controlled.Contains(g.Key)).Select(g => g.Min())];
    }

    private static int Number(NativeCircuit circuit, string node) => circuit.Nodes.TryGetValue(node, out int number) ? number : circuit.NodeCount;

    private static Tie[] Ties(NativeCircuit circuit, bool isDirect)
    {
        var ties = new Tie[circuit.Edges.Count];
        for (int i = 0; i < ties.Length; i++)
        {
            CircuitEdge edge = circuit.Edges[i];
            ties[i] = new Tie(Meaning(edge.Kind, isDirect), Number(circuit, edge.From), Number(circuit, edge.To), i);
        }

        return ties;
    }

    /// <summary>Nodes that elements with a DC path tie together.</summary>
    private static NodeGroups Groups(NativeCircuit circuit, Tie[] ties)
    {
        var groups = new NodeGroups(circuit.NodeCount + 1);
        foreach (Tie tie in ties)
            if (tie.Kind is EdgeKind.Conducting or EdgeKind.Voltage) groups.Join(tie.From, tie.To);
        return groups;
    }

    /// <summary>Groups whose level a controlled source may fix through feedback; the solver will tell.</summary>
    private static HashSet<int> Controlled(Tie[] ties, NodeGroups groups)
    {
        var controlled = new HashSet<int>();
        foreach (Tie tie in ties)
            if (tie.Kind == EdgeKind.Controlled && groups.Of(tie.From) != groups.Of(tie.To)) controlled.UnionWith([groups.Of(tie.From), groups.Of(tie.To)]);
        return controlled;
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
        NodeGroups groups = new(nodeCount), inductors = new(nodeCount);
        var tree = new Dictionary<string, List<CircuitEdge>>();
        // Sources first, so that each loop is closed by an inductor if it has one.
        foreach (Tie tie in ties.Where(t => t.Kind == EdgeKind.Voltage).OrderBy(t => edges[t.Edge].Kind == EdgeKind.Inductive))
        {
            CircuitEdge edge = edges[tie.Edge];
            bool joins = groups.Join(tie.From, tie.To);
            // A loop of inductors alone shares its current by their inductances.
            if (edge.Kind == EdgeKind.Inductive && !inductors.Join(tie.From, tie.To)) continue;
            if (joins)
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

    private static void FindFloatingNodes(NativeCircuit circuit, Tie[] ties, NodeGroups groups, bool isSmallSignal)
    {
        int grounded = groups.Of(circuit.NodeCount);
        if (circuit.Nodes.Values.All(n => groups.Of(n) == grounded)) return;

        HashSet<int> determined = [grounded, .. Controlled(ties, groups)];
        if (isSmallSignal) determined.UnionWith(HeldByCapacitors(circuit, ties, groups));
        var driven = new Dictionary<int, List<string>>();
        foreach (Tie tie in ties)
        {
            int from = groups.Of(tie.From), to = groups.Of(tie.To);
            if (from == to || tie.Kind != EdgeKind.Current) continue;
            foreach (int group in new[] { from, to })
            {
                if (driven.TryGetValue(group, out List<string>? list)) list.Add(circuit.Edges[tie.Edge].Element);
                else driven.Add(group, [circuit.Edges[tie.Edge].Element]);
            }
        }

        ILookup<int, string> members = circuit.Nodes.Where(n => !determined.Contains(groups.Of(n.Value))).ToLookup(n => groups.Of(n.Value), n => n.Key);
        if (members.Count == 0) return;
        string[] all = [.. members.SelectMany(g => g).Order(StringComparer.Ordinal)];
        int? cut = members.Select(g => (int?)g.Key).FirstOrDefault(g => driven.ContainsKey(g!.Value));
        throw new TopologyException(cut is { } key
            ? $"Node {Listed([.. members[key].Order(StringComparer.Ordinal)])} is reached only through current source {string.Join(", ", driven[key].Distinct())}: "
              + "its voltage is not determined. Connect it to ground through a resistor."
            : $"Node {Listed(all)} has no DC path to ground: its voltage is not determined. Connect it through a resistor or remove it.", all);
    }

    /// <summary>Groups that capacitors tie to ground and on whose DC level nothing in the small-signal solution depends.</summary>
    private static HashSet<int> HeldByCapacitors(NativeCircuit circuit, Tie[] ties, NodeGroups groups)
    {
        var coupled = new NodeGroups(circuit.NodeCount + 1);
        foreach (Tie tie in ties)
            if (tie.Kind is EdgeKind.Conducting or EdgeKind.Voltage or EdgeKind.Capacitive) coupled.Join(tie.From, tie.To);
        int grounded = coupled.Of(circuit.NodeCount);
        var held = new HashSet<int>(circuit.Nodes.Values.Where(n => coupled.Of(n) == grounded).Select(groups.Of));
        if (!circuit.IsLinear)
            foreach (int node in circuit.BiasNodes) held.Remove(groups.Of(node < 0 ? circuit.NodeCount : node));
        return held;
    }

    private static string Listed(string[] nodes)
        => string.Join(", ", nodes.Take(ShownNodes).Select(n => $"'{n}'")) + (nodes.Length > ShownNodes ? $" and {nodes.Length - ShownNodes} more" : "");

    /// <summary>An edge by the numbers of its nodes.</summary>
    private readonly record struct Tie(EdgeKind Kind, int From, int To, int Edge);
}
