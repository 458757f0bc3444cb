using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;

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
        CircuitEdge[] edges = [.. circuit.Edges.Where(e => !isDirect || e.Kind != EdgeKind.Capacitive).Select(e => e.Kind switch
        {
            EdgeKind.Inductive => e with { Kind = isDirect ? EdgeKind.Voltage : EdgeKind.Conducting },
            EdgeKind.Capacitive => e with { Kind = EdgeKind.Conducting },
            _ => e,
        })];
        FindVoltageLoop(edges);
        FindFloatingNodes(edges, circuit.Nodes.Keys);
    }

    private static void FindVoltageLoop(CircuitEdge[] edges)
    {
        var groups = new NodeGroups();
        var tree = new Dictionary<string, List<CircuitEdge>>();
        foreach (CircuitEdge edge in edges)
        {
            if (edge.Kind != EdgeKind.Voltage) continue;
            if (groups.Join(edge.From, edge.To))
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

    private static void FindFloatingNodes(CircuitEdge[] edges, IEnumerable<string> nodes)
    {
        var groups = new NodeGroups();
        groups.Touch(Netlist.Ground);
        foreach (string node in nodes) groups.Touch(node);
        foreach (CircuitEdge edge in edges)
        {
            if (edge.Kind is EdgeKind.Conducting or EdgeKind.Voltage) groups.Join(edge.From, edge.To);
        }

        string ground = groups.Of(Netlist.Ground);
        var driven = new Dictionary<string, List<string>>();
        var controlled = new HashSet<string>();
        foreach (CircuitEdge edge in edges)
        {
            string from = groups.Of(edge.From), to = groups.Of(edge.To);
            if (from == to || edge.Kind is EdgeKind.Conducting or EdgeKind.Voltage) continue;
            foreach (string group in new[] { from, to })
            {
                // A controlled source may fix the group's level through feedback; the solver will tell.
                if (edge.Kind == EdgeKind.Controlled) controlled.Add(group);
                else if (driven.TryGetValue(group, out List<string>? list)) list.Add(edge.Element);
                else driven.Add(group, [edge.Element]);
            }
        }

        ILookup<string, string> members = groups.All.Where(n => groups.Of(n) != ground && !controlled.Contains(groups.Of(n))).ToLookup(groups.Of);
        if (members.Count == 0) return;
        string[] all = [.. members.SelectMany(g => g).Order(StringComparer.Ordinal)];
        string? cut = members.Select(g => g.Key).FirstOrDefault(driven.ContainsKey);
        throw new TopologyException(cut is not null
            ? $"Node {Listed([.. members[cut].Order(StringComparer.Ordinal)])} is reached only through current source {string.Join(", ", driven[cut].Distinct())}: "
              + "its voltage is not determined. Connect it to ground through a resistor."
            : $"Node {Listed(all)} has no DC path to ground: its voltage is not determined. Connect it through a resistor or remove it.", all);
    }

    private static string Listed(string[] nodes)
        => string.Join(", ", nodes.Take(ShownNodes).Select(n => $"'{n}'")) + (nodes.Length > ShownNodes ? $" and {nodes.Length - ShownNodes} more" : "");
}
