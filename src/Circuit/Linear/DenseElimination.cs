using System.Numerics;
using System.Runtime.CompilerServices;

namespace CircuitSim.Circuit.Linear;

/// <summary>Block elimination of nodes of a conductance mesh, without a subtraction.</summary>
/// <remarks>
/// A node's diagonal is never stored: it is the sum of its conductances at the node's turn. All terms are positive, so every
/// entry keeps its relative accuracy whatever the ratio of wires to devices (the elimination of Grassmann, Taksar and Heyman,
/// Operations Research 33, 1985, on a symmetric matrix). Rows are worked on in panels, so that most sums are matrix products.
/// </remarks>
internal static class DenseElimination
{
    private const int PanelRows = 32, UpdateRows = 96;

    /// <summary>
    /// Eliminates the first nodes of a front. Afterwards row k holds, right of the diagonal, the conductances of node k at its
    /// turn divided by the square root of their sum, and on the diagonal one over that root: the rows of a Cholesky factor
    /// with the sign of its off-diagonal entries turned.
    /// </summary>
    /// <param name="rows">
    /// Conductances of the eliminated nodes, depth × stride, row-major: to one another (upper triangle), then to what remains.
    /// </param>
    /// <param name="depth">Nodes to eliminate.</param>
    /// <param name="width">Columns in use.</param>
    /// <param name="stride">Row length.</param>
    /// <returns>The first node without any conductance or with one that is not finite, or −1. Such a node is left out, its row is 0.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static int Factorize<T>(Span<T> rows, int depth, int width, int stride)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int unusable = -1;
        for (int start = 0; start < depth; start += PanelRows)
        {
            int end = Math.Min(start + PanelRows, depth);
            if (start > 0)
            {
                // What all earlier rows add to this panel.
                ReadOnlySpan<T> above = rows[start..(start * stride)];
                Gemm.MultiplyOf(
                    new GemmView<T>(above, start, end - start, stride).Transposed, new GemmView<T>(above, start, width - start, stride),
                    rows[(start * stride + start)..], stride, accumulate: true);
            }

            for (int k = start; k < end; k++)
            {
                Span<T> row = rows.Slice(k * stride + k + 1, width - k - 1);
                T sum = DenseKernels.SumInParts(row);
                bool isUsable = sum > T.Zero && T.IsFinite(sum);
                if (!isUsable && unusable < 0) unusable = k;
                T scale = isUsable ? T.One / T.Sqrt(sum) : T.Zero;
                rows[k * stride + k] = scale;
                DenseKernels.Scale(scale, row);
                for (int a = k + 1; a < end; a++)
                {
                    T share = rows[k * stride + a];
                    if (share == T.Zero) continue;
                    int from = k * stride + a + 1, to = a * stride + a + 1;
                    DenseKernels.AddScaled(share, rows.Slice(from, width - a - 1), rows.Slice(to, width - a - 1));
                }
            }
        }

        return unusable;
    }

    /// <summary>Adds to the mesh of what remains the conductances that the eliminated nodes make in it, right of the diagonal.</summary>
    /// <param name="rows">Eliminated rows.</param>
    /// <param name="depth">Their number.</param>
    /// <param name="first">First column of what remains.</param>
    /// <param name="count">Rows of the mesh.</param>
    /// <param name="columns">Columns of the mesh, at least <paramref name="count"/>.</param>
    /// <param name="stride">Row length of <paramref name="rows"/>.</param>
    /// <param name="mesh">The mesh, count × columns; entries on and below the diagonal come to mean nothing.</param>
    /// <param name="meshStride">Its row length.</param>
    /// <param name="skipped">Leading rows and columns whose entries among themselves are not wanted.</param>
    /// <param name="maxThreads">Threads to use at most; the result does not depend on it.</param>
    internal static void AddToMesh<T>(
        ReadOnlySpan<T> rows, int depth, int first, int count, int columns, int stride, Span<T> mesh, int meshStride, int skipped = 0, int maxThreads = 1)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int i = 0; i < count; i += UpdateRows)
        {
            int height = Math.Min(UpdateRows, count - i), from = i + height <= skipped ? skipped : i;
            Gemm.MultiplyOf(
                new GemmView<T>(rows[(first + i)..], depth, height, stride).Transposed, new GemmView<T>(rows[(first + from)..], depth, columns - from, stride),
                mesh[(i * meshStride + from)..], meshStride, accumulate: true, maxThreads);
        }
    }
}
