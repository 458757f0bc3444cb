using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Linear;
using CircuitSim.TestSupport;

namespace CircuitSim.Circuit.Tests.Linear;

public sealed class SparseCholeskyTests
{
    [Fact]
    [Trait("Kind", "closed form")]
    public void A_chain_between_a_current_and_ground_obeys_ohms_law()
    {
        // 1 A into node 0 — 2 S — node 1 — 4 S — node 2, whose voltage is known.
        var graph = new SparseCholeskyGraph(3, [(0, 1, 2), (1, 2, 4)]);
        var tree = new NestedDissectionTree();
        tree.Add([1], [tree.Add([0], [])]);
        var volts = new double[3];

        SparseCholesky.Factorize(graph, tree, Name).Solve([1, 0, 0], volts);

        // A few roundings.
        Close.Lists([0.75, 0.25, 0], volts, 1e-15);
    }

    [Theory]
    [Trait("Kind", "property")]
    [InlineData(5, 1)]
    [InlineData(60, 2)]
    [InlineData(150, 3)]
    public void Fronts_of_any_size_agree_with_dense_elimination(int nodes, int seed)
    {
        var random = new Random(seed);
        List<(int A, int B, double Siemens)> edges = [];
        for (int k = 0; k < nodes; k++)
        {
            edges.Add((k, (k + 1) % nodes, 1 + random.NextDouble()));
            edges.Add((k, random.Next(nodes), random.NextDouble()));
            // The last node is known: ground.
            if (k % 7 == 0) edges.Add((k, nodes, 0.1 * random.NextDouble()));
        }

        var graph = new SparseCholeskyGraph(nodes + 1, edges);
        double[] amps = [.. Enumerable.Range(0, nodes + 1).Select(_ => random.NextDouble() - 0.5)];
        var volts = new double[nodes + 1];

        SparseCholesky.Factorize(graph, TreeOf(graph, nodes), Name).Solve(amps, volts);

        var lu = new DenseLu(nodes);
        foreach ((int a, int b, double siemens) in edges)
        {
            if (a == b) continue;
            lu.Matrix[a * nodes + a] += siemens;
            if (b == nodes) continue;
            lu.Matrix[b * nodes + b] += siemens;
            lu.Matrix[a * nodes + b] -= siemens;
            lu.Matrix[b * nodes + a] -= siemens;
        }

        double[] expected = amps[..nodes];
        lu.Factorize();
        lu.Solve(expected);
        // Rounding of the LU oracle: about 1e-16 times the nodes and the resistance to ground, of the order of 1 to 10 ohm.
        Close.Lists(expected, volts.AsSpan(0, nodes), 1e-12, 1e-12);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_part_without_ground_is_refused_by_name()
    {
        var graph = new SparseCholeskyGraph(4, [(0, 1, 1), (2, 3, 1)]);
        var tree = new NestedDissectionTree();
        tree.Add([0, 1], []);
        tree.Add([2], []);

        SingularSystemException error = Assert.Throws<SingularSystemException>(() => SparseCholesky.Factorize(graph, tree, Name));

        Assert.Equal("n1", error.Unknown);
    }

    // Two halves that only the middle and the random edges across it connect: those edges' ends go into the separator.
    private static NestedDissectionTree TreeOf(SparseCholeskyGraph graph, int nodes)
    {
        var separator = new SortedSet<int>();
        for (int a = 0; a < nodes / 2; a++)
            foreach (int b in graph.Neighbours(a))
                if (b >= nodes / 2 && b < nodes) separator.Add(b);
        var tree = new NestedDissectionTree();
        int left = tree.Add(Enumerable.Range(0, nodes / 2), []);
        int[] rest = [.. Enumerable.Range(nodes / 2, nodes - nodes / 2).Where(b => !separator.Contains(b))];
        tree.Add(separator, rest.Length > 0 ? [left, tree.Add(rest, [])] : [left]);
        return tree;
    }

    private static string Name(int node) => $"n{node}";
}
