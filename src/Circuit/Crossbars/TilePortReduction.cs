using System.Buffers;
using System.Runtime.CompilerServices;
using CircuitSim.Circuit.Linear;

namespace CircuitSim.Circuit.Crossbars;

/// <summary>Ports of a crossbar with resistive wires by nested dissection: tiles are halved until they are strips, reduced, and joined again.</summary>
/// <remarks>
/// A direct method, for any ratio of wires to devices. The result does not depend on the number of threads, because every
/// tile is joined by one sequence of sums.
/// </remarks>
internal static unsafe class TilePortReduction
{
    // Tiles with fewer cross-points are left to the thread that holds them.
    private const int ParallelCrossPoints = 4096;

    internal static TransferMatrix Compute<TLanes>(CrossbarSpec spec, bool hasSourceAdmittance, int threadCount, CancellationToken cancellationToken)
        where TLanes : struct, IDenseLanes<TLanes>
    {
        var plan = new Plan(spec, CrossbarBoundary.Of(spec), hasSourceAdmittance, threadCount, cancellationToken);
        Tile root = Reduce<TLanes>(plan, 0, spec.WordLineCount, 0, spec.BitLineCount);
        TransferMatrix transfer = EliminateGates<TLanes>(root, hasSourceAdmittance, threadCount);
        root.Return();
        return transfer;
    }

    private sealed record Plan(
        CrossbarSpec Spec, CrossbarBoundary Boundary, bool NeedsSourcePairs, int ThreadCount, CancellationToken CancellationToken);

    private static Tile Reduce<TLanes>(Plan plan, int top, int rows, int left, int columns)
        where TLanes : struct, IDenseLanes<TLanes>
    {
        if (rows == 1 && columns <= TileStrip.MostColumns) return TileStrip.Reduce(plan.Spec, plan.Boundary, top, left, columns);

        plan.CancellationToken.ThrowIfCancellationRequested();
        // Strips are four wide, so a tile of one row is cut across as long as it is wider than that.
        bool isSideBySide = columns > TileStrip.MostColumns && (columns > rows || rows == 1);
        int half = isSideBySide
            ? (columns / 2 + TileStrip.MostColumns - 1) / TileStrip.MostColumns * TileStrip.MostColumns
            : rows / 2;
        Tile? first = null, second = null;
        if (plan.ThreadCount > 1 && (long)rows * columns >= ParallelCrossPoints) Parallel.Invoke(ReduceFirst, ReduceSecond);
        else
        {
            ReduceFirst();
            ReduceSecond();
        }

        return TileMerge.Join<TLanes>(first!, second!, isSideBySide, plan.NeedsSourcePairs || left > 0, plan.ThreadCount);

        void ReduceFirst() => first = isSideBySide
            ? Reduce<TLanes>(plan, top, rows, left, half)
            : Reduce<TLanes>(plan, top, half, left, columns);

        void ReduceSecond() => second = isSideBySide
            ? Reduce<TLanes>(plan, top, rows, left + half, columns - half)
            : Reduce<TLanes>(plan, top + half, rows - half, left, columns);
    }

    // The root has sources and gates. Eliminating gates gives Y; substituting them back gives T, a mean of sources at every step.
    private static TransferMatrix EliminateGates<TLanes>(Tile root, bool hasSourceAdmittance, int threadCount)
        where TLanes : struct, IDenseLanes<TLanes>
    {
        int m = root.Rows, n = root.Columns, stride = (m + 7) / 8 * 8;
        double[] inner = new double[n * n], outer = new double[n * stride];
        var sums = new double[n];
        for (int k = 0; k < n; k++)
        {
            ReadOnlySpan<double> row = root.Mesh.AsSpan((m + k) * root.Stride, m + n);
            row[..m].CopyTo(outer.AsSpan(k * stride));
            for (int a = 0; a < n; a++) inner[k * n + a] = a == k ? 0 : row[m + a];
        }

        fixed (double* ports = outer)
        {
            TileElimination.Factorize<TLanes>(inner, ports, n, stride);
            double[] admittance = hasSourceAdmittance ? Admittance<TLanes>(root, ports, n, stride, threadCount) : [];
            return new TransferMatrix(m, n, Response(inner, outer, sums, m, n, stride), admittance);
        }
    }

    private static double[] Admittance<TLanes>(Tile root, double* ports, int n, int stride, int threadCount)
        where TLanes : struct, IDenseLanes<TLanes>
    {
        int m = root.Rows;
        double[] mesh = ArrayPool<double>.Shared.Rent(m * stride);
        Array.Clear(mesh, 0, m * stride);
        for (int i = 0; i < m; i++) root.Mesh.AsSpan(i * root.Stride, m).CopyTo(mesh.AsSpan(i * stride));
        fixed (double* start = mesh)
        {
            DenseOuterProduct.Add<TLanes>(ports, n, m, stride, start, 0, threadCount);
        }

        var admittance = new double[m * m];
        for (int i = 0; i < m; i++)
            for (int k = i + 1; k < m; k++)
            {
                admittance[i * m + k] = -mesh[i * stride + k];
                admittance[k * m + i] = -mesh[i * stride + k];
            }

        ArrayPool<double>.Shared.Return(mesh);
        DenseLaplacian.SetDiagonal(admittance, m);
        return admittance;
    }

    // Rows were divided by the square root of their sums, which is the sum of what they are now.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double[] Response(double[] inner, double[] outer, double[] sums, int m, int n, int stride)
    {
        var response = new double[n * m];
        for (int k = n - 1; k >= 0; k--)
        {
            Span<double> row = response.AsSpan(k * m, m);
            outer.AsSpan(k * stride, m).CopyTo(row);
            foreach (double share in row) sums[k] += share;
            for (int a = k + 1; a < n; a++)
            {
                sums[k] += inner[k * n + a];
                DenseKernels.AddScaled(inner[k * n + a], response.AsSpan(a * m, m), row);
            }

            for (int i = 0; i < m; i++) row[i] /= sums[k];
        }

        return response;
    }
}
