namespace CircuitSim.Circuit.Engines.Native;

/// <summary>Sets of nodes that grow together (union-find with path halving).</summary>
internal sealed class NodeGroups
{
    private readonly Dictionary<string, string> _parents = [];

    /// <summary>Every node seen.</summary>
    public IReadOnlyList<string> All => [.. _parents.Keys];

    /// <summary>Makes a node known without joining it to another.</summary>
    public void Touch(string node) => _parents.TryAdd(node, node);

    /// <summary>The node that stands for a node's group.</summary>
    public string Of(string node)
    {
        _parents.TryAdd(node, node);
        while (_parents[node] != node)
        {
            string up = _parents[_parents[node]];
            _parents[node] = up;
            node = up;
        }

        return node;
    }

    /// <summary>Joins the groups of two nodes; false when they were one already.</summary>
    public bool Join(string a, string b)
    {
        string first = Of(a), second = Of(b);
        if (first == second) return false;
        _parents[first] = second;
        return true;
    }
}
