using CircuitSim.Circuit.Linear;
using CircuitSim.TestSupport;

namespace CircuitSim.Circuit.Tests.Linear;

public sealed class DenseEliminationTests
{
    [Theory]
    [Trait("Kind", "property")]
    [InlineData(1, 3)]
    [InlineData(20, 9)]
    [InlineData(100, 70)]
    public void Panels_agree_with_star_mesh_steps(int depth, int rest)
    {
        var random = new Random(depth);
        int nodes = depth + rest;
        var mesh = new double[nodes * nodes];
        for (int a = 0; a < nodes; a++)
            for (int b = a + 1; b < nodes; b++) mesh[a * nodes + b] = mesh[b * nodes + a] = random.NextDouble();
        double[] rows = mesh[..(depth * nodes)], remains = new double[rest * rest];
        for (int a = 0; a < rest; a++) mesh.AsSpan((depth + a) * nodes + depth, rest).CopyTo(remains.AsSpan(a * rest));

        int unusable = DenseElimination.Factorize(rows, depth, nodes, nodes);
        DenseElimination.AddToMesh(rows, depth, depth, rest, rest, nodes, remains, rest);

        Assert.Equal(-1, unusable);
        for (int k = 0; k < depth; k++)
        {
            double sum = 0;
            for (int a = k + 1; a < nodes; a++) sum += mesh[k * nodes + a];
            // Only additions and products of positive numbers: roundings of about two a node.
            double relative = 2e-16 * nodes;
            Close.Numbers(1 / Math.Sqrt(sum), rows[k * nodes + k], 0, relative);
            for (int a = k + 1; a < nodes; a++)
            {
                Close.Numbers(mesh[k * nodes + a] / Math.Sqrt(sum), rows[k * nodes + a], 0, relative);
                for (int b = k + 1; b < nodes; b++)
                    if (b != a) mesh[a * nodes + b] += mesh[k * nodes + a] * mesh[k * nodes + b] / sum;
            }
        }

        for (int a = 0; a < rest; a++)
            for (int b = a + 1; b < rest; b++)
                Close.Numbers(mesh[(depth + a) * nodes + depth + b], remains[a * rest + b], 0, 2e-16 * nodes);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_node_without_conductances_is_reported_and_left_out()
    {
        double[] rows = [0, 0, 0, 0, 0, 4];

        Assert.Equal(0, DenseElimination.Factorize(rows, 2, 3, 3));

        Assert.Equal([0, 0, 0, 0, 0.5, 2], rows);
    }
}
