using System.Runtime.CompilerServices;
using CircuitSim.Circuit.Linear;

namespace CircuitSim.Circuit.Crossbars;

/// <summary>Block elimination of some nodes of a conductance mesh, without a subtraction.</summary>
internal static unsafe class TileElimination
{
    /// <summary>
    /// Eliminates the nodes of a panel: afterwards row k holds the conductances of node k, at its turn, to later nodes of the
    /// panel (columns k+1 to depth−1) and to the ports, all divided by the square root of their sum.
    /// </summary>
    /// <param name="inner">Conductances among the eliminated nodes, depth × depth, symmetric, row-major.</param>
    /// <param name="outer">Conductances from eliminated nodes to ports, depth × stride, row-major, padded with zeros.</param>
    /// <param name="depth">Nodes to eliminate.</param>
    /// <param name="stride">Row length of <paramref name="outer"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Factorize<TLanes>(Span<double> inner, double* outer, int depth, int stride)
        where TLanes : struct, IDenseLanes<TLanes>
    {
        for (int k = 0; k < depth; k++)
        {
            Span<double> row = inner.Slice(k * depth, depth);
            var ports = new Span<double>(outer + (long)k * stride, stride);
            double sum = 0;
            for (int a = k + 1; a < depth; a++) sum += row[a];
            sum += Sum<TLanes>(outer + (long)k * stride, stride);
            // A node that nothing connects is a bit line without devices above it: it carries nothing to anyone.
            double scale = sum > 0 ? 1 / Math.Sqrt(sum) : 0;
            for (int a = k + 1; a < depth; a++) row[a] *= scale;
            for (int p = 0; p < stride; p++) ports[p] *= scale;
            for (int a = k + 1; a < depth; a++)
            {
                double share = row[a];
                if (share == 0) continue;
                DenseKernels.AddScaled(share, row[(k + 1)..], inner.Slice(a * depth + k + 1, depth - k - 1));
                AddScaled<TLanes>(share, outer + (long)k * stride, outer + (long)a * stride, stride);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Sum<TLanes>(double* row, int stride)
        where TLanes : struct, IDenseLanes<TLanes>
    {
        TLanes sum = TLanes.Zero;
        for (int p = 0; p < stride; p += 8) sum = TLanes.Add(sum, TLanes.LoadAnywhere(row + p));
        return TLanes.Sum(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddScaled<TLanes>(double factor, double* from, double* to, int stride)
        where TLanes : struct, IDenseLanes<TLanes>
    {
        TLanes wide = TLanes.Broadcast(factor);
        for (int p = 0; p < stride; p += 8)
            TLanes.StoreAnywhere(to + p, TLanes.MultiplyAdd(wide, TLanes.LoadAnywhere(from + p), TLanes.LoadAnywhere(to + p)));
    }
}
