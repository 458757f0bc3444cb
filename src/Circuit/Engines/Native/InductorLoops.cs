namespace CircuitSim.Circuit.Engines.Native;

/// <summary>Finds loops of nothing but inductors, through which a direct current may circle that no voltage tells of.</summary>
internal static class InductorLoops
{
    /// <summary>One loop for each inductor that closes one, in the order of the elements.</summary>
    /// <param name="edges">Ties of the circuit; those that are inductors count.</param>
    /// <returns>Loops as inductors with +1 where the loop runs from plus to minus, else −1; the closing one is the first.</returns>
    public static List<List<(string Inductor, int Sign)>> Find(IReadOnlyList<CircuitEdge> edges)
    {
        var loops = new List<List<(string, int)>>();
        var tree = new Dictionary<string, List<CircuitEdge>>();
        foreach (CircuitEdge edge in edges)
        {
            if (edge.Kind != EdgeKind.Inductive) continue;
            if (Path(edge.To, edge.From, tree) is { } back)
            {
                loops.Add([(edge.Element, 1), .. back]);
                continue;
            }

            Neighbours(edge.From).Add(edge);
            Neighbours(edge.To).Add(edge);
        }

        return loops;

        List<CircuitEdge> Neighbours(string node)
        {
            if (!tree.TryGetValue(node, out List<CircuitEdge>? list)) tree.Add(node, list = []);
            return list;
        }
    }

    /// <summary>The way through the tree, or null when there is none.</summary>
    private static List<(string Inductor, int Sign)>? Path(string from, string to, Dictionary<string, List<CircuitEdge>> tree)
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

        if (from != to && !cameBy.ContainsKey(to)) return null;
        var path = new List<(string, int)>();
        for (string node = to; node != from;)
        {
            CircuitEdge edge = cameBy[node];
            path.Add((edge.Element, edge.To == node ? 1 : -1));
            node = edge.From == node ? edge.To : edge.From;
        }

        return path;
    }
}
