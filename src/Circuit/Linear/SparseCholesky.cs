using CircuitSim.Circuit.Errors;

namespace CircuitSim.Circuit.Linear;

/// <summary>Cholesky factor of the nodal matrix of a conductance network, by fronts along a <see cref="NestedDissectionTree"/>.</summary>
/// <remarks>
/// The multifrontal method (Duff and Reid, ACM Trans. Math. Softw. 9, 1983) on conductances instead of matrix entries: see
/// <see cref="DenseElimination"/> for why. Nodes that the tree leaves out have known voltages. Not thread-safe: solving uses
/// scratch memory.
/// </remarks>
internal sealed class SparseCholesky
{
    private readonly SparseCholeskyGraph _graph;
    private readonly NestedDissectionTree _tree;
    private readonly int[] _position;
    private readonly SparseCholeskyFront[] _fronts;
    private readonly double[] _work, _edge;

    private SparseCholesky(SparseCholeskyGraph graph, NestedDissectionTree tree)
    {
        (_graph, _tree) = (graph, tree);
        _position = new int[graph.NodeCount];
        Array.Fill(_position, -1);
        for (int k = 0; k < tree.Order.Count; k++) _position[tree.Order[k]] = k;
        _fronts = new SparseCholeskyFront[tree.FrontCount];
        _work = new double[tree.Order.Count];
        _edge = new double[tree.Order.Count];
    }

    /// <summary>Eliminates every node of a tree.</summary>
    /// <param name="graph">Conductances.</param>
    /// <param name="tree">Order of elimination.</param>
    /// <param name="name">Names a node, for errors.</param>
    /// <exception cref="SingularSystemException">A node has no conductance left to another one, or one that is not finite.</exception>
    internal static SparseCholesky Factorize(SparseCholeskyGraph graph, NestedDissectionTree tree, Func<int, string> name)
    {
        var factor = new SparseCholesky(graph, tree);
        factor.EliminateFronts(tree.FrontCount, name);
        return factor;
    }

    /// <summary>Eliminates all nodes but those of the last front.</summary>
    /// <param name="graph">Conductances.</param>
    /// <param name="tree">Order of elimination; its last front stands above all others.</param>
    /// <param name="name">Names a node, for errors.</param>
    /// <returns>Conductances among the nodes of the last front, siemens, right of the diagonal, in its order; rows are one longer than wide.</returns>
    /// <exception cref="SingularSystemException">A node has no conductance left to another one, or one that is not finite.</exception>
    internal static double[] Reduce(SparseCholeskyGraph graph, NestedDissectionTree tree, Func<int, string> name)
    {
        var factor = new SparseCholesky(graph, tree);
        factor.EliminateFronts(tree.FrontCount - 1, name);
        SparseCholeskyFront last = factor._fronts[^1];
        last.Return();
        return last.Rows;
    }

    /// <summary>Solves for one set of currents.</summary>
    /// <param name="amps">Current pushed into each node, amperes, one entry a node of the graph; entries of nodes of known voltage are not read.</param>
    /// <param name="volts">Receives voltages over those of nodes of known voltage, which are taken as 0.</param>
    internal void Solve(ReadOnlySpan<double> amps, Span<double> volts)
    {
        for (int k = 0; k < _work.Length; k++) _work[k] = amps[_tree.Order[k]];
        foreach (SparseCholeskyFront front in _fronts) Forward(front);
        for (int f = _fronts.Length - 1; f >= 0; f--) Backward(_fronts[f]);
        volts.Clear();
        for (int k = 0; k < _work.Length; k++) volts[_tree.Order[k]] = _work[k];
    }

    private void EliminateFronts(int count, Func<int, string> name)
    {
        int[][] boundaries = Boundaries();
        var places = new int[_position.Length];
        for (int f = 0; f < _tree.FrontCount; f++)
        {
            SparseCholeskyFront front = Front(f, boundaries);
            Assemble(front, places);
            if (f >= count) continue;

            int unusable = DenseElimination.Factorize(front.Rows, front.Depth, front.Stride, front.Stride);
            if (unusable >= 0) throw Singular(name(_tree.Order[front.Start + unusable]));
            DenseElimination.AddToMesh(
                front.Rows, front.Depth, front.Depth, front.Boundary.Length, front.MeshStride, front.Stride, front.Mesh, front.MeshStride);
            // Handing on at once keeps few meshes alive, also where many fronts have one parent.
            if (front.Boundary.Length > 0) Front(_tree.Parent(f), boundaries).Take(front, places);
            else front.Return();
        }
    }

    private SparseCholeskyFront Front(int f, int[][] boundaries) =>
        _fronts[f] ??= new SparseCholeskyFront(_tree.Start(f), _tree.End(f) - _tree.Start(f), boundaries[f]);

    // Later nodes that a front's nodes are connected to, by a conductance or through fronts below.
    private int[][] Boundaries()
    {
        var boundaries = new int[_tree.FrontCount][];
        var found = new List<int>[_tree.FrontCount];
        var seenBy = new int[_work.Length];
        for (int f = 0; f < boundaries.Length; f++) found[f] = [];
        for (int f = 0; f < boundaries.Length; f++)
        {
            int end = _tree.End(f);
            var reached = new List<int>();
            foreach (int position in found[f]) Reach(position);
            for (int k = _tree.Start(f); k < end; k++)
                foreach (int neighbour in _graph.Neighbours(_tree.Order[k])) Reach(_position[neighbour]);
            found[f].Clear();
            boundaries[f] = [.. reached];
            Array.Sort(boundaries[f]);
            if (_tree.Parent(f) >= 0) found[_tree.Parent(f)].AddRange(boundaries[f]);

            void Reach(int position)
            {
                if (position < end || seenBy[position] == f + 1) return;
                seenBy[position] = f + 1;
                reached.Add(position);
            }
        }

        return boundaries;
    }

    private void Assemble(SparseCholeskyFront front, int[] places)
    {
        int end = front.Start + front.Depth;
        for (int k = 0; k < front.Boundary.Length; k++) places[front.Boundary[k]] = front.Depth + k;
        for (int k = 0; k < front.Depth; k++)
        {
            int node = _tree.Order[front.Start + k];
            ReadOnlySpan<int> neighbours = _graph.Neighbours(node);
            ReadOnlySpan<double> siemens = _graph.Siemens(node);
            Span<double> row = front.Rows.AsSpan(k * front.Stride, front.Stride);
            for (int e = 0; e < neighbours.Length; e++)
            {
                int position = _position[neighbours[e]];
                if (position < 0) row[^1] += siemens[e];
                else if (position >= end) row[places[position]] += siemens[e];
                else if (position > front.Start + k) row[position - front.Start] += siemens[e];
            }
        }
    }

    private void Forward(SparseCholeskyFront front)
    {
        int depth = front.Depth, outer = front.Boundary.Length;
        Span<double> own = _work.AsSpan(front.Start, depth), edge = _edge.AsSpan(0, outer);
        edge.Clear();
        for (int k = 0; k < depth; k++)
        {
            ReadOnlySpan<double> row = front.Rows.AsSpan(k * front.Stride, front.Stride);
            own[k] *= row[k];
            DenseKernels.AddScaled(own[k], row[(k + 1)..depth], own[(k + 1)..]);
            DenseKernels.AddScaled(own[k], row.Slice(depth, outer), edge);
        }

        for (int k = 0; k < outer; k++) _work[front.Boundary[k]] += edge[k];
    }

    private void Backward(SparseCholeskyFront front)
    {
        int depth = front.Depth, outer = front.Boundary.Length;
        Span<double> own = _work.AsSpan(front.Start, depth), edge = _edge.AsSpan(0, outer);
        for (int k = 0; k < outer; k++) edge[k] = _work[front.Boundary[k]];
        for (int k = depth - 1; k >= 0; k--)
        {
            ReadOnlySpan<double> row = front.Rows.AsSpan(k * front.Stride, front.Stride);
            own[k] = row[k] * (own[k] + DenseKernels.Dot(row[(k + 1)..depth], own[(k + 1)..]) + DenseKernels.Dot(row.Slice(depth, outer), edge));
        }
    }

    private static SingularSystemException Singular(string node) =>
        new(node, $"Node {node} has no finite conductance to the rest of the circuit: its voltage is not defined. Connect it, or give its devices conductances within the range of a double.");
}
