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

    /// <summary>True for wire resistance on both sides and ends that are not the last devices' own nodes.</summary>
    internal static bool CanReduce(CrossbarSpec spec) =>
        spec.WordLineSegmentOhms > 0 && spec.BitLineSegmentOhms > 0 && !double.IsPositiveInfinity(CrossbarBoundary.Of(spec).EndSiemens);

    internal static TransferMatrix Compute<TLanes>(CrossbarSpec spec, TransferMatrixOptions options, TileStore? store, CancellationToken cancellationToken)
        where TLanes : struct, IDenseLanes<TLanes>
    {
        var plan = new Plan(spec, CrossbarBoundary.Of(spec), new LineOpens(spec), options.HasSourceAdmittance, options.ThreadCount, store, cancellationToken);
        Tile root = Reduce<TLanes>(plan, 0, spec.WordLineCount, 0, spec.BitLineCount);
        TransferMatrix transfer = PortElimination.Finish(spec, root.Mesh, root.Stride, options);
        root.Return();
        return WithoutAddedSegments(spec, transfer);
    }

    private sealed record Plan(
        CrossbarSpec Spec, CrossbarBoundary Boundary, LineOpens Opens, bool NeedsSourcePairs, int ThreadCount, TileStore? Store,
        CancellationToken CancellationToken);

    // Tiles end open bit lines in a segment. It changes no voltage, but a current pushed into the end flows through it.
    private static TransferMatrix WithoutAddedSegments(CrossbarSpec spec, TransferMatrix transfer)
    {
        if (transfer.GateImpedanceOhms.IsEmpty || spec.Convention == WireConvention.C1) return transfer;

        int n = spec.BitLineCount;
        double[] impedance = transfer.GateImpedanceOhms.ToArray();
        for (int j = 0; j < n; j++) impedance[j * n + j] -= spec.BitLineSegmentOhms;
        return transfer with { GateImpedanceOhms = impedance };
    }

    private static Tile Reduce<TLanes>(Plan plan, int top, int rows, int left, int columns)
        where TLanes : struct, IDenseLanes<TLanes>
    {
        if (rows == 1 && columns <= TileStrip.MostColumns) return TileStrip.Reduce(plan.Spec, plan.Boundary, plan.Opens, top, left, columns);

        if (plan.Store?.Find(top, rows, left, columns) is Tile kept) return kept;

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

        Tile joined = TileMerge.Join<TLanes>(first!, second!, isSideBySide, plan.NeedsSourcePairs || left > 0, plan.ThreadCount);
        // The whole crossbar is used up by what follows, and no change would leave it as it is.
        bool isWhole = rows == plan.Spec.WordLineCount && columns == plan.Spec.BitLineCount;
        if (!isWhole) plan.Store?.Keep(top, rows, left, columns, joined);
        return joined;

        void ReduceFirst() => first = isSideBySide
            ? Reduce<TLanes>(plan, top, rows, left, half)
            : Reduce<TLanes>(plan, top, half, left, columns);

        void ReduceSecond() => second = isSideBySide
            ? Reduce<TLanes>(plan, top, rows, left + half, columns - half)
            : Reduce<TLanes>(plan, top + half, rows - half, left, columns);
    }
}
