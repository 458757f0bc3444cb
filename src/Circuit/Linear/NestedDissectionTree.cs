namespace CircuitSim.Circuit.Linear;

/// <summary>Order of elimination as a tree of fronts: nodes that go together, after all fronts below them.</summary>
internal sealed class NestedDissectionTree
{
    private readonly List<int> _order = [], _starts = [0], _parents = [];

    /// <summary>Nodes in order of elimination.</summary>
    internal IReadOnlyList<int> Order => _order;

    /// <summary>Number of fronts; a front comes after its children.</summary>
    internal int FrontCount => _parents.Count;

    /// <summary>Position of a front's first node.</summary>
    internal int Start(int front) => _starts[front];

    /// <summary>Position after a front's last node.</summary>
    internal int End(int front) => _starts[front + 1];

    /// <summary>The front above, or −1.</summary>
    internal int Parent(int front) => _parents[front];

    /// <summary>Adds a front above others.</summary>
    /// <param name="nodes">Its nodes, at least one.</param>
    /// <param name="children">Fronts below that have no parent yet.</param>
    /// <returns>Its index.</returns>
    internal int Add(IEnumerable<int> nodes, IReadOnlyList<int> children)
    {
        int front = _parents.Count;
        _order.AddRange(nodes);
        _starts.Add(_order.Count);
        _parents.Add(-1);
        foreach (int child in children) _parents[child] = front;
        return front;
    }
}
