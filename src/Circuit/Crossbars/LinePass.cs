using System.Runtime.CompilerServices;
using CircuitSim.Circuit.Linear;

namespace CircuitSim.Circuit.Crossbars;

/// <summary>One iteration of conjugate gradients as a single pass over the crossbar.</summary>
/// <typeparam name="TLanes">Vector unit.</typeparam>
/// <remarks>
/// Bit lines are eliminated in the direction in which a pass walks, and substituted back in the next one, which walks the other
/// way. So one visit of a group of eight word lines substitutes the bit lines, updates the residual r, solves the word lines
/// for z and begins the next elimination. Since A_w z = r, the image of z is r − G·A_b⁻¹·G z; both scalar products are sums of
/// squares over inverse pivots. That is Chronopoulos and Gear's form of the method (J. Comput. Appl. Math. 25, 1989).
/// Each loop is a method of its own, small enough for the JIT to inline every vector operation and to keep it in registers.
/// </remarks>
internal static unsafe class LinePass<TLanes>
    where TLanes : struct, IDoubleLanes<TLanes>
{
    private const int Lanes = LineGrid.Lanes;

    /// <summary>What a pass found: r·z, z·S z and the largest entry of z.</summary>
    internal readonly record struct Products(double Gamma, double Delta, double Largest);

    /// <summary>Runs one pass.</summary>
    /// <param name="grid">Memory and pivots.</param>
    /// <param name="isDown">Direction; the pass before went the other way.</param>
    /// <param name="isFirst">True after the start, when the image is the residual itself.</param>
    /// <param name="alpha">Step length of the iteration before.</param>
    /// <param name="beta">Weight of the iteration before's direction.</param>
    /// <param name="heads">Deviations at the first cross-points.</param>
    /// <param name="nodes">Deviations of all cross-points, or null.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static Products Run(LineGrid grid, bool isDown, bool isFirst, double alpha, double beta, LineHeads heads, LineNodes? nodes)
    {
        int groups = grid.Rows / Lanes, stride = grid.Columns;
        TLanes gamma = TLanes.Zero, lost = TLanes.Zero, largest = TLanes.Zero;
        grid.BackCarry.Span.Clear();
        grid.ForwardCarry.Span.Clear();
        for (int step = 0; step < groups; step++)
        {
            int group = isDown ? step : groups - 1 - step;
            long start = (long)group * Lanes * stride;
            if (!isFirst) nodes?.Advance<TLanes>(group, alpha, beta);
            Substitute(grid, group, isDown, isFirst, alpha, beta);
            gamma = TLanes.Add(gamma, SweepForward(
                grid.Residual.Start + start, grid.WordInverse.Start + start, grid.Sweep.Start, stride, grid.Boundary.WordSegmentSiemens));
            double* corrections = nodes is null ? grid.Corrections.Start : nodes.Correction.Start + start;
            largest = TLanes.LargerMagnitude(largest, SweepBack(
                grid.Sweep.Start, grid.WordInverse.Start + start, corrections, heads.Corrections + (long)group * Lanes, stride, grid.Boundary.WordSegmentSiemens));
            for (int row = 0; row < Lanes; row++)
            {
                int of = isDown ? row : Lanes - 1 - row;
                lost = TLanes.Add(lost, Eliminate(grid, start + (long)of * stride, corrections + (long)of * stride, isDown));
            }
        }

        double gammaSum = TLanes.Sum(gamma);
        return new Products(gammaSum, gammaSum - TLanes.Sum(lost), TLanes.Largest(largest));
    }

    /// <summary>Takes a last step: substitutes bit lines and updates the residual, which gives currents and ends, but solves no word line.</summary>
    internal static void Finish(LineGrid grid, bool isDown, double alpha, double beta, LineNodes? nodes)
    {
        int groups = grid.Rows / Lanes;
        grid.BackCarry.Span.Clear();
        for (int step = 0; step < groups; step++)
        {
            int group = isDown ? step : groups - 1 - step;
            nodes?.Advance<TLanes>(group, alpha, beta);
            Substitute(grid, group, isDown, isFirst: false, alpha, beta);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Substitute(LineGrid grid, int group, bool isDown, bool isFirst, double alpha, double beta)
    {
        for (int row = 0; row < Lanes; row++)
        {
            long at = ((long)group * Lanes + (isDown ? row : Lanes - 1 - row)) * grid.Columns;
            // What was eliminated upwards is substituted downwards.
            double* inverse = (isDown ? grid.UpInverse : grid.DownInverse).Start + at;
            double* g = grid.IteratedConductance.Start + at, bits = grid.Bits.Start + at, residual = grid.Residual.Start + at, image = grid.Image.Start + at;
            if (isFirst) SubstituteFirst(inverse, bits, g, residual, image, grid.BackCarry.Start, grid.Columns, grid.Boundary.BitSegmentSiemens);
            else SubstituteNext(inverse, bits, g, residual, image, grid.BackCarry.Start, grid.Columns, grid.Boundary.BitSegmentSiemens, alpha, beta);
        }
    }

    // One row of b; the image of a start is the start itself.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void SubstituteFirst(
        double* inverse, double* bits, double* g, double* residual, double* image, double* carry, int stride, double wireSiemens)
    {
        TLanes wire = TLanes.Broadcast(wireSiemens);
        for (int j = 0; j < stride; j += Lanes)
        {
            TLanes b = TLanes.MultiplyAdd(TLanes.Multiply(wire, TLanes.Load(inverse + j)), TLanes.Load(carry + j), TLanes.Load(bits + j));
            TLanes.Store(carry + j, b);
            TLanes.Store(residual + j, TLanes.MultiplyAdd(TLanes.Load(g + j), b, TLanes.Load(residual + j)));
            TLanes.Store(image + j, TLanes.Zero);
        }
    }

    // One row of b, s := r − G b + β s, r := r − α s.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void SubstituteNext(
        double* inverse, double* bits, double* g, double* residual, double* image, double* carry, int stride, double wireSiemens, double alpha, double beta)
    {
        TLanes wire = TLanes.Broadcast(wireSiemens), step = TLanes.Broadcast(alpha), weight = TLanes.Broadcast(beta);
        for (int j = 0; j < stride; j += Lanes)
        {
            TLanes b = TLanes.MultiplyAdd(TLanes.Multiply(wire, TLanes.Load(inverse + j)), TLanes.Load(carry + j), TLanes.Load(bits + j));
            TLanes.Store(carry + j, b);
            TLanes r = TLanes.Load(residual + j);
            TLanes s = TLanes.MultiplyAdd(weight, TLanes.Load(image + j), TLanes.NegatedMultiplyAdd(TLanes.Load(g + j), b, r));
            TLanes.Store(image + j, s);
            TLanes.Store(residual + j, TLanes.NegatedMultiplyAdd(step, s, r));
        }
    }

    // Word lines swept from their sources to their ends; returns r·z.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static TLanes SweepForward(double* residual, double* inverse, double* sweep, int stride, double wireSiemens)
    {
        TLanes wire = TLanes.Broadcast(wireSiemens), gamma = TLanes.Zero, f = TLanes.Zero, coupling = TLanes.Zero;
        for (int j = 0; j < stride; j += Lanes)
        {
            double* from = residual + j;
            TLanes r0 = TLanes.Load(from), r1 = TLanes.Load(from + stride), r2 = TLanes.Load(from + 2 * stride), r3 = TLanes.Load(from + 3 * stride);
            TLanes r4 = TLanes.Load(from + 4 * stride), r5 = TLanes.Load(from + 5 * stride), r6 = TLanes.Load(from + 6 * stride), r7 = TLanes.Load(from + 7 * stride);
            TLanes.Transpose(ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, ref r6, ref r7);
            TLanes.Store(sweep, r0);
            TLanes.Store(sweep + Lanes, r1);
            TLanes.Store(sweep + 2 * Lanes, r2);
            TLanes.Store(sweep + 3 * Lanes, r3);
            TLanes.Store(sweep + 4 * Lanes, r4);
            TLanes.Store(sweep + 5 * Lanes, r5);
            TLanes.Store(sweep + 6 * Lanes, r6);
            TLanes.Store(sweep + 7 * Lanes, r7);
            for (double* end = sweep + Lanes * Lanes; sweep < end; sweep += Lanes, inverse += Lanes)
            {
                TLanes pivotInverse = TLanes.Load(inverse);
                f = TLanes.MultiplyAdd(coupling, f, TLanes.Load(sweep));
                TLanes scaled = TLanes.Multiply(f, pivotInverse);
                gamma = TLanes.MultiplyAdd(f, scaled, gamma);
                TLanes.Store(sweep, scaled);
                coupling = TLanes.Multiply(wire, pivotInverse);
            }
        }

        return gamma;
    }

    // Word lines swept back for z, row by row in the result; returns the largest |z|.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static TLanes SweepBack(double* sweep, double* inverse, double* corrections, double* heads, int stride, double wireSiemens)
    {
        TLanes wire = TLanes.Broadcast(wireSiemens), z = TLanes.Zero, largest = TLanes.Zero;
        for (int j = stride - Lanes; j >= 0; j -= Lanes)
        {
            double* block = sweep + (long)j * Lanes, pivots = inverse + (long)j * Lanes;
            for (int k = (Lanes - 1) * Lanes; k >= 0; k -= Lanes)
            {
                z = TLanes.MultiplyAdd(TLanes.Multiply(wire, TLanes.Load(pivots + k)), z, TLanes.Load(block + k));
                largest = TLanes.LargerMagnitude(largest, z);
                TLanes.Store(block + k, z);
            }

            TLanes z0 = TLanes.Load(block), z1 = TLanes.Load(block + Lanes), z2 = TLanes.Load(block + 2 * Lanes), z3 = TLanes.Load(block + 3 * Lanes);
            TLanes z4 = TLanes.Load(block + 4 * Lanes), z5 = TLanes.Load(block + 5 * Lanes), z6 = TLanes.Load(block + 6 * Lanes), z7 = TLanes.Load(block + 7 * Lanes);
            TLanes.Transpose(ref z0, ref z1, ref z2, ref z3, ref z4, ref z5, ref z6, ref z7);
            double* to = corrections + j;
            TLanes.Store(to, z0);
            TLanes.Store(to + stride, z1);
            TLanes.Store(to + 2 * stride, z2);
            TLanes.Store(to + 3 * stride, z3);
            TLanes.Store(to + 4 * stride, z4);
            TLanes.Store(to + 5 * stride, z5);
            TLanes.Store(to + 6 * stride, z6);
            TLanes.Store(to + 7 * stride, z7);
        }

        TLanes.Store(heads, z);
        return largest;
    }

    // One row of the elimination of bit lines for G z; returns what z·S z lacks of r·z.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static TLanes Eliminate(LineGrid grid, long row, double* z, bool isDown)
    {
        double* inverse = (isDown ? grid.DownInverse : grid.UpInverse).Start + row, g = grid.IteratedConductance.Start + row;
        double* bits = grid.Bits.Start + row, carry = grid.ForwardCarry.Start;
        int stride = grid.Columns;
        TLanes wire = TLanes.Broadcast(grid.Boundary.BitSegmentSiemens), lost = TLanes.Zero;
        for (int j = 0; j < stride; j += Lanes)
        {
            TLanes y = TLanes.MultiplyAdd(TLanes.Load(g + j), TLanes.Load(z + j), TLanes.Load(carry + j));
            TLanes scaled = TLanes.Multiply(y, TLanes.Load(inverse + j));
            lost = TLanes.MultiplyAdd(y, scaled, lost);
            TLanes.Store(bits + j, scaled);
            TLanes.Store(carry + j, TLanes.Multiply(wire, scaled));
        }

        return lost;
    }
}
