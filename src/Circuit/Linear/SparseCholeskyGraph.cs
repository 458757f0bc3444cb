namespace CircuitSim.Circuit.Linear;

/// <summary>A network of conductances as lists of neighbours.</summary>
internal sealed class SparseCholeskyGraph
{
    private readonly int[] _starts, _neighbours;
    private readonly double[] _siemens;

    /// <summary>Sorts conductances by node.</summary>
    /// <param name="nodeCount">Nodes are 0 to nodeCount − 1.</param>
    /// <param name="edges">Conductances, siemens, positive; several between two nodes add up, one from a node to itself has no effect.</param>
    internal SparseCholeskyGraph(int nodeCount, List<(int A, int B, double Siemens)> edges)
    {
        _starts = new int[nodeCount + 1];
        foreach ((int a, int b, _) in edges)
        {
            if (a == b) continue;
            _starts[a + 1]++;
            _starts[b + 1]++;
        }

        for (int k = 0; k < nodeCount; k++) _starts[k + 1] += _starts[k];
        (_neighbours, _siemens) = (new int[_starts[nodeCount]], new double[_starts[nodeCount]]);
        int[] next = _starts[..nodeCount];
        foreach ((int a, int b, double siemens) in edges)
        {
            if (a == b) continue;
            (_neighbours[next[a]], _siemens[next[a]++]) = (b, siemens);
            (_neighbours[next[b]], _siemens[next[b]++]) = (a, siemens);
        }
    }

    internal int NodeCount => _starts.Length - 1;

    internal ReadOnlySpan<int> Neighbours(int node) => _neighbours.AsSpan(_starts[node].._starts[node + 1]);

    internal ReadOnlySpan<double> Siemens(int node) => _siemens.AsSpan(_starts[node].._starts[node + 1]);
}
