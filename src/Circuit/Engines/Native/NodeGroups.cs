namespace CircuitSim.Circuit.Engines.Native;

/// <summary>Sets of nodes, by number, that grow together (union-find with path halving).</summary>
internal sealed class NodeGroups
{
    private readonly int[] _parents;

    /// <summary>Every node in a group of its own.</summary>
    public NodeGroups(int count)
    {
        _parents = new int[count];
        for (int i = 0; i < count; i++) _parents[i] = i;
    }

    /// <summary>The node that stands for a node's group.</summary>
    public int Of(int node)
    {
        while (_parents[node] != node) node = _parents[node] = _parents[_parents[node]];
        return node;
    }

    /// <summary>Joins the groups of two nodes; false when they were one already.</summary>
    public bool Join(int a, int b)
    {
        int first = Of(a), second = Of(b);
        _parents[first] = second;
        return first != second;
    }
}
