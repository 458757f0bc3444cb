using CircuitSim.Circuit.Linear;

namespace CircuitSim.Circuit.Crossbars;

/// <summary>Ports of a crossbar with any wires: sparse elimination of all other nodes.</summary>
/// <remarks>
/// Serves what tiles do not: ideal wires on one side or both, bit lines whose last device stands on ground, machines without vector
/// units. Lines that are one node each are eliminated after the lines that cross them, so there is no solve a port.
/// </remarks>
internal static class CholeskyPortReduction
{
    internal static TransferMatrix Compute(CrossbarSpec spec, TransferMatrixOptions options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var graph = new CrossbarGraph(spec, hasOpenEnds: true);
        double[] mesh = SparseCholesky.Reduce(graph.Conductances, CrossbarDissection.WithPorts(graph, spec), graph.Name);
        return PortElimination.Finish(spec, mesh, spec.WordLineCount + spec.BitLineCount + 1, 1, options);
    }
}
