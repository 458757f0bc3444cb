using System.Runtime.CompilerServices;
using CircuitSim.Circuit.Linear;

namespace CircuitSim.Circuit.Crossbars;

/// <summary>Pivots of all lines of a <see cref="LineGrid"/>, eight lines at a time.</summary>
/// <typeparam name="TLanes">Vector unit.</typeparam>
/// <remarks>
/// Each pivot is the wire's conductance plus an excess, the conductance to everything but the next node. The excess follows
/// from the one before by a series connection, which never subtracts and so keeps its digits beside a wire a million times larger.
/// </remarks>
internal static unsafe class LineFactorization<TLanes>
    where TLanes : struct, IDoubleLanes<TLanes>
{
    private const int Lanes = LineGrid.Lanes;

    internal static void Factorize(LineGrid grid)
    {
        FactorizeBitLines(grid, isDown: true);
        FactorizeBitLines(grid, isDown: false);
        int group = 0;
        for (; group + 4 <= grid.Rows / Lanes; group += 4) FactorizeFourGroups(grid, group);
        for (; group < grid.Rows / Lanes; group++) FactorizeGroup(grid, group);
        ClearPadding(grid);
    }

    // Row by row, so that the divisions of neighbouring bit lines need not wait for one another.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FactorizeBitLines(LineGrid grid, bool isDown)
    {
        double* g = grid.Conductance.Start, inverse = (isDown ? grid.DownInverse : grid.UpInverse).Start, carry = grid.BackCarry.Start;
        int step = isDown ? 1 : -1, last = isDown ? grid.WordLines - 1 : 0;
        TLanes wire = TLanes.Broadcast(grid.Boundary.BitSegmentSiemens), one = TLanes.Broadcast(1);
        grid.BackCarry.Span.Clear();
        for (int i = isDown ? 0 : grid.WordLines - 1; ; i += step)
        {
            bool hasEnd = i == grid.WordLines - 1, isMerged = hasEnd && grid.IsEndMerged;
            TLanes end = TLanes.Broadcast(hasEnd && !isMerged ? grid.Boundary.EndSiemens : 0), next = i == last ? TLanes.Zero : wire;
            long row = (long)i * grid.Columns;
            for (int j = 0; j < grid.Columns; j += Lanes)
            {
                TLanes excess = TLanes.Add(TLanes.Add(TLanes.Load(carry + j), TLanes.Load(g + row + j)), end);
                TLanes pivotInverse = TLanes.Divide(one, TLanes.Add(next, excess));
                TLanes.Store(inverse + row + j, isMerged ? TLanes.Zero : pivotInverse);
                TLanes.Store(carry + j, isMerged ? wire : TLanes.Multiply(wire, TLanes.Multiply(excess, pivotInverse)));
            }

            if (i == last) break;
        }
    }

    // Four groups at once, because each step waits for a division.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FactorizeFourGroups(LineGrid grid, int group)
    {
        TLanes e0 = default, e1 = default, e2 = default, e3 = default;
        for (int j = 0; j < grid.Columns; j += Lanes)
        {
            LoadColumns(grid, group, j);
            LoadColumns(grid, group + 1, j);
            LoadColumns(grid, group + 2, j);
            LoadColumns(grid, group + 3, j);
            for (int at = j; at < j + Lanes && at < grid.BitLines; at++)
            {
                e0 = Step(grid, group, at, e0);
                e1 = Step(grid, group + 1, at, e1);
                e2 = Step(grid, group + 2, at, e2);
                e3 = Step(grid, group + 3, at, e3);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FactorizeGroup(LineGrid grid, int group)
    {
        TLanes carried = default;
        for (int j = 0; j < grid.Columns; j += Lanes)
        {
            LoadColumns(grid, group, j);
            for (int at = j; at < j + Lanes && at < grid.BitLines; at++) carried = Step(grid, group, at, carried);
        }
    }

    // Conductances of eight word lines and eight bit lines, turned so that word lines lie side by side, where the inverses will be.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void LoadColumns(LineGrid grid, int group, int j)
    {
        double* g = grid.Conductance.Start + (long)group * Lanes * grid.Columns + j;
        double* to = grid.WordInverse.Start + ((long)group * grid.Columns + j) * Lanes;
        int stride = grid.Columns;
        TLanes a = TLanes.Load(g), b = TLanes.Load(g + stride), c = TLanes.Load(g + 2 * stride), d = TLanes.Load(g + 3 * stride);
        TLanes e = TLanes.Load(g + 4 * stride), f = TLanes.Load(g + 5 * stride), h = TLanes.Load(g + 6 * stride), k = TLanes.Load(g + 7 * stride);
        TLanes.Transpose(ref a, ref b, ref c, ref d, ref e, ref f, ref h, ref k);
        TLanes.Store(to, a);
        TLanes.Store(to + Lanes, b);
        TLanes.Store(to + 2 * Lanes, c);
        TLanes.Store(to + 3 * Lanes, d);
        TLanes.Store(to + 4 * Lanes, e);
        TLanes.Store(to + 5 * Lanes, f);
        TLanes.Store(to + 6 * Lanes, h);
        TLanes.Store(to + 7 * Lanes, k);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Step(LineGrid grid, int group, int j, TLanes carried)
    {
        double* at = grid.WordInverse.Start + ((long)group * grid.Columns + j) * Lanes;
        double wireSiemens = grid.Boundary.WordSegmentSiemens;
        if (j == 0)
        {
            if (grid.IsFeedMerged)
            {
                TLanes.Store(at, TLanes.Zero);
                return TLanes.Broadcast(wireSiemens);
            }

            carried = TLanes.Broadcast(grid.Boundary.FeedSiemens);
        }

        TLanes wire = TLanes.Broadcast(j == grid.BitLines - 1 ? 0 : wireSiemens);
        TLanes excess = TLanes.Add(carried, TLanes.Load(at));
        TLanes inverse = TLanes.Divide(TLanes.Broadcast(1), TLanes.Add(wire, excess));
        TLanes.Store(at, inverse);
        return TLanes.Multiply(wire, TLanes.Multiply(excess, inverse));
    }

    private static void ClearPadding(LineGrid grid)
    {
        for (int i = 0; i < grid.WordLines; i++)
        {
            long row = (long)i * grid.Columns;
            for (int j = grid.BitLines; j < grid.Columns; j++) (grid.DownInverse.Start[row + j], grid.UpInverse.Start[row + j]) = (0, 0);
        }

        // Below the last word line, substitution downwards hands the voltages on unchanged.
        double handOn = 1 / grid.Boundary.BitSegmentSiemens;
        for (int i = grid.WordLines; i < grid.Rows; i++)
            grid.UpInverse.Span.Slice(i * grid.Columns, grid.BitLines).Fill(handOn);
        for (int i = grid.WordLines; i < grid.Rows; i++)
            for (int j = 0; j < grid.BitLines; j++)
                grid.WordInverse.Start[((long)(i / Lanes) * grid.Columns + j) * Lanes + i % Lanes] = 0;
    }
}
