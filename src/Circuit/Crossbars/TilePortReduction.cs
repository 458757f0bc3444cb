using System.Numerics;
using CircuitSim.Circuit.Linear;

namespace CircuitSim.Circuit.Crossbars;

/// <summary>Ports of a crossbar with resistive wires by nested dissection: tiles are halved until they are strips, reduced, and joined again.</summary>
/// <remarks>
/// A direct method, for any ratio of wires to devices. The result does not depend on the number of threads, because every
/// tile is joined by one sequence of sums.
/// </remarks>
internal static class TilePortReduction
{
    // Tiles with fewer cross-points are left to the thread that holds them.
    private const int ParallelCrossPoints = 4096;

    private const int LargestExponent = 96;

    /// <summary>True for wire resistance on both sides and ends that are not the last devices' own nodes.</summary>
    internal static bool CanReduce(CrossbarSpec spec) =>
        spec.WordLineSegmentOhms > 0 && spec.BitLineSegmentOhms > 0 && !double.IsPositiveInfinity(CrossbarBoundary.Of(spec).EndSiemens);

    internal static TransferMatrix Compute<TLanes, T>(CrossbarSpec spec, TransferMatrixOptions options, TileStore? store, CancellationToken cancellationToken)
        where TLanes : struct, IDenseLanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CrossbarBoundary boundary = CrossbarBoundary.Of(spec);
        double unit = typeof(T) == typeof(float) ? UnitSiemens(spec, boundary) : 1;
        var plan = new Plan(spec, boundary, new LineOpens(spec), options.HasSourceAdmittance, unit, options.ThreadCount, store, cancellationToken);
        Tile<T> root = Reduce<TLanes, T>(plan, 0, spec.WordLineCount, 0, spec.BitLineCount);
        TransferMatrix transfer = PortElimination.Finish(spec, root.Mesh, root.Stride, unit, options);
        root.Return();
        return WithoutAddedSegments(spec, transfer);
    }

    // Floats reach from 2⁻¹⁴⁹ to 2¹²⁷. Products of conductances become small but never large: the largest goes near the upper end, with
    // room for the sum of a row, and what is 10⁻⁵⁰ of it is not yet lost.
    private static double UnitSiemens(CrossbarSpec spec, in CrossbarBoundary boundary)
    {
        double largest = Math.Max(boundary.WordSegmentSiemens, boundary.BitSegmentSiemens);
        if (double.IsFinite(boundary.FeedSiemens)) largest = Math.Max(largest, boundary.FeedSiemens);
        largest = Math.Max(largest, boundary.EndSiemens);
        foreach (double g in spec.ConductanceSiemens.Span) largest = Math.Max(largest, g);
        return Math.ScaleB(1, Math.ILogB(largest) - LargestExponent);
    }

    private sealed record Plan(
        CrossbarSpec Spec, CrossbarBoundary Boundary, LineOpens Opens, bool NeedsSourcePairs, double UnitSiemens, int ThreadCount,
        TileStore? Store, CancellationToken CancellationToken);

    // Tiles end open bit lines in a segment. It changes no voltage, but a current pushed into the end flows through it.
    private static TransferMatrix WithoutAddedSegments(CrossbarSpec spec, TransferMatrix transfer)
    {
        if (transfer.GateImpedanceOhms.IsEmpty || spec.Convention == WireConvention.C1) return transfer;

        int n = spec.BitLineCount;
        double[] impedance = transfer.GateImpedanceOhms.ToArray();
        for (int j = 0; j < n; j++) impedance[j * n + j] -= spec.BitLineSegmentOhms;
        return transfer with { GateImpedanceOhms = impedance };
    }

    private static Tile<T> Reduce<TLanes, T>(Plan plan, int top, int rows, int left, int columns)
        where TLanes : struct, IDenseLanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (rows == 1 && columns <= TileStrip.MostColumns) return TileStrip.Reduce<T>(plan.Spec, plan.Boundary, plan.Opens, top, left, columns, plan.UnitSiemens);

        if (plan.Store?.Find<T>(top, rows, left, columns) is Tile<T> kept) return kept;

        plan.CancellationToken.ThrowIfCancellationRequested();
        // Strips are four wide, so a tile of one row is cut across as long as it is wider than that.
        bool isSideBySide = columns > TileStrip.MostColumns && (columns > rows || rows == 1);
        int half = isSideBySide
            ? (columns / 2 + TileStrip.MostColumns - 1) / TileStrip.MostColumns * TileStrip.MostColumns
            : rows / 2;
        Tile<T>? first = null, second = null;
        if (plan.ThreadCount > 1 && (long)rows * columns >= ParallelCrossPoints) Parallel.Invoke(ReduceFirst, ReduceSecond);
        else
        {
            ReduceFirst();
            ReduceSecond();
        }

        Tile<T> joined = TileMerge.Join<TLanes, T>(first!, second!, isSideBySide, plan.NeedsSourcePairs || left > 0, plan.ThreadCount);
        // The whole crossbar is used up by what follows, and no change would leave it as it is.
        bool isWhole = rows == plan.Spec.WordLineCount && columns == plan.Spec.BitLineCount;
        if (!isWhole) plan.Store?.Keep(top, rows, left, columns, joined);
        return joined;

        void ReduceFirst() => first = isSideBySide
            ? Reduce<TLanes, T>(plan, top, rows, left, half)
            : Reduce<TLanes, T>(plan, top, half, left, columns);

        void ReduceSecond() => second = isSideBySide
            ? Reduce<TLanes, T>(plan, top, rows, left + half, columns - half)
            : Reduce<TLanes, T>(plan, top + half, rows - half, left, columns);
    }
}
