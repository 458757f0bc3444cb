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
/// </remarks>
internal static unsafe class LinePass<TLanes>
    where TLanes : struct, IDenseLanes<TLanes>
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
    internal static Products Run(LineGrid grid, bool isDown, bool isFirst, double alpha, double beta, LineHeads heads, LineNodes? nodes)
    {
        int groups = grid.Rows / Lanes;
        TLanes gamma = TLanes.Zero, lost = TLanes.Zero, largest = TLanes.Zero;
        grid.BackCarry.Span.Clear();
        grid.ForwardCarry.Span.Clear();
        for (int step = 0; step < groups; step++)
        {
            int group = isDown ? step : groups - 1 - step;
            if (!isFirst) nodes?.Advance<TLanes>(group, alpha, beta);
            gamma = TLanes.Add(gamma, SubstituteAndSweep(grid, group, isDown, isFirst, alpha, beta));
            largest = TLanes.LargerMagnitude(largest, SweepBackAndEliminate(grid, group, isDown, nodes, ref lost));
            heads.Store(grid, group);
        }

        double gammaSum = TLanes.Sum(gamma);
        return new Products(gammaSum, gammaSum - TLanes.Sum(lost), TLanes.Largest(largest));
    }

    // Bit lines back-substituted, residual updated, word lines swept from their sources to their ends.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TLanes SubstituteAndSweep(LineGrid grid, int group, bool isDown, bool isFirst, double alpha, double beta)
    {
        int stride = grid.Columns;
        long start = (long)group * Lanes * stride;
        double* inverse = grid.WordInverse.Start + start, sweep = grid.Sweep.Start, back = grid.BackCarry.Start;
        TLanes wire = TLanes.Broadcast(grid.Boundary.WordSegmentSiemens), gamma = TLanes.Zero, f = TLanes.Zero, coupling = TLanes.Zero;
        Rows rows = new(grid, isDown, isFirst, alpha, beta);
        for (int j = 0; j < stride; j += Lanes)
        {
            long at = start + j;
            TLanes b = TLanes.Load(back + j);
            TLanes r0, r1, r2, r3, r4, r5, r6, r7;
            if (isDown)
            {
                r0 = rows.Update(at, ref b);
                r1 = rows.Update(at + stride, ref b);
                r2 = rows.Update(at + 2 * stride, ref b);
                r3 = rows.Update(at + 3 * stride, ref b);
                r4 = rows.Update(at + 4 * stride, ref b);
                r5 = rows.Update(at + 5 * stride, ref b);
                r6 = rows.Update(at + 6 * stride, ref b);
                r7 = rows.Update(at + 7 * stride, ref b);
            }
            else
            {
                r7 = rows.Update(at + 7 * stride, ref b);
                r6 = rows.Update(at + 6 * stride, ref b);
                r5 = rows.Update(at + 5 * stride, ref b);
                r4 = rows.Update(at + 4 * stride, ref b);
                r3 = rows.Update(at + 3 * stride, ref b);
                r2 = rows.Update(at + 2 * stride, ref b);
                r1 = rows.Update(at + stride, ref b);
                r0 = rows.Update(at, ref b);
            }

            TLanes.Store(back + j, b);
            TLanes.Transpose(ref r0, ref r1, ref r2, ref r3, ref r4, ref r5, ref r6, ref r7);
            double* w = inverse + (long)j * Lanes, to = sweep + (long)j * Lanes;
            Forward(r0, w, to, wire, ref coupling, ref f, ref gamma);
            Forward(r1, w + Lanes, to + Lanes, wire, ref coupling, ref f, ref gamma);
            Forward(r2, w + 2 * Lanes, to + 2 * Lanes, wire, ref coupling, ref f, ref gamma);
            Forward(r3, w + 3 * Lanes, to + 3 * Lanes, wire, ref coupling, ref f, ref gamma);
            Forward(r4, w + 4 * Lanes, to + 4 * Lanes, wire, ref coupling, ref f, ref gamma);
            Forward(r5, w + 5 * Lanes, to + 5 * Lanes, wire, ref coupling, ref f, ref gamma);
            Forward(r6, w + 6 * Lanes, to + 6 * Lanes, wire, ref coupling, ref f, ref gamma);
            Forward(r7, w + 7 * Lanes, to + 7 * Lanes, wire, ref coupling, ref f, ref gamma);
        }

        return gamma;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Forward(
        TLanes residual, double* inverse, double* to, TLanes wire, ref TLanes coupling, ref TLanes f, ref TLanes gamma)
    {
        TLanes pivotInverse = TLanes.Load(inverse);
        f = TLanes.MultiplyAdd(coupling, f, residual);
        TLanes scaled = TLanes.Multiply(f, pivotInverse);
        gamma = TLanes.MultiplyAdd(f, scaled, gamma);
        TLanes.Store(to, scaled);
        coupling = TLanes.Multiply(wire, pivotInverse);
    }

    // Word lines swept back for z, and bit lines eliminated for G z. Returns the largest |z|.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TLanes SweepBackAndEliminate(LineGrid grid, int group, bool isDown, LineNodes? nodes, ref TLanes lost)
    {
        int stride = grid.Columns;
        long start = (long)group * Lanes * stride;
        double* inverse = grid.WordInverse.Start + start, sweep = grid.Sweep.Start, carry = grid.ForwardCarry.Start;
        double* zs = nodes is null ? null : nodes.Correction.Start + start;
        TLanes wire = TLanes.Broadcast(grid.Boundary.WordSegmentSiemens), z = TLanes.Zero, largest = TLanes.Zero, sum = lost;
        Eliminator bits = new(grid, isDown);
        for (int j = stride - Lanes; j >= 0; j -= Lanes)
        {
            double* w = inverse + (long)j * Lanes, from = sweep + (long)j * Lanes;
            TLanes z7 = Back(from + 7 * Lanes, w + 7 * Lanes, wire, ref z, ref largest);
            TLanes z6 = Back(from + 6 * Lanes, w + 6 * Lanes, wire, ref z, ref largest);
            TLanes z5 = Back(from + 5 * Lanes, w + 5 * Lanes, wire, ref z, ref largest);
            TLanes z4 = Back(from + 4 * Lanes, w + 4 * Lanes, wire, ref z, ref largest);
            TLanes z3 = Back(from + 3 * Lanes, w + 3 * Lanes, wire, ref z, ref largest);
            TLanes z2 = Back(from + 2 * Lanes, w + 2 * Lanes, wire, ref z, ref largest);
            TLanes z1 = Back(from + Lanes, w + Lanes, wire, ref z, ref largest);
            TLanes z0 = Back(from, w, wire, ref z, ref largest);
            // The first column of the sweep buffer keeps z at the heads.
            if (j == 0) TLanes.Store(sweep, z0);
            if (zs != null) StoreAll(zs + (long)j * Lanes, z0, z1, z2, z3, z4, z5, z6, z7);
            TLanes.Transpose(ref z0, ref z1, ref z2, ref z3, ref z4, ref z5, ref z6, ref z7);

            long at = start + j;
            TLanes y = TLanes.Load(carry + j), coupling = TLanes.Broadcast(1);
            if (isDown)
            {
                bits.Eliminate(at, z0, ref y, ref coupling, ref sum);
                bits.Eliminate(at + stride, z1, ref y, ref coupling, ref sum);
                bits.Eliminate(at + 2 * stride, z2, ref y, ref coupling, ref sum);
                bits.Eliminate(at + 3 * stride, z3, ref y, ref coupling, ref sum);
                bits.Eliminate(at + 4 * stride, z4, ref y, ref coupling, ref sum);
                bits.Eliminate(at + 5 * stride, z5, ref y, ref coupling, ref sum);
                bits.Eliminate(at + 6 * stride, z6, ref y, ref coupling, ref sum);
                bits.Eliminate(at + 7 * stride, z7, ref y, ref coupling, ref sum);
            }
            else
            {
                bits.Eliminate(at + 7 * stride, z7, ref y, ref coupling, ref sum);
                bits.Eliminate(at + 6 * stride, z6, ref y, ref coupling, ref sum);
                bits.Eliminate(at + 5 * stride, z5, ref y, ref coupling, ref sum);
                bits.Eliminate(at + 4 * stride, z4, ref y, ref coupling, ref sum);
                bits.Eliminate(at + 3 * stride, z3, ref y, ref coupling, ref sum);
                bits.Eliminate(at + 2 * stride, z2, ref y, ref coupling, ref sum);
                bits.Eliminate(at + stride, z1, ref y, ref coupling, ref sum);
                bits.Eliminate(at, z0, ref y, ref coupling, ref sum);
            }

            TLanes.Store(carry + j, TLanes.Multiply(coupling, y));
        }

        lost = sum;
        return largest;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Back(double* from, double* inverse, TLanes wire, ref TLanes z, ref TLanes largest)
    {
        z = TLanes.MultiplyAdd(TLanes.Multiply(wire, TLanes.Load(inverse)), z, TLanes.Load(from));
        largest = TLanes.LargerMagnitude(largest, z);
        return z;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreAll(double* to, TLanes a, TLanes b, TLanes c, TLanes d, TLanes e, TLanes f, TLanes g, TLanes h)
    {
        TLanes.Store(to, a);
        TLanes.Store(to + Lanes, b);
        TLanes.Store(to + 2 * Lanes, c);
        TLanes.Store(to + 3 * Lanes, d);
        TLanes.Store(to + 4 * Lanes, e);
        TLanes.Store(to + 5 * Lanes, f);
        TLanes.Store(to + 6 * Lanes, g);
        TLanes.Store(to + 7 * Lanes, h);
    }

    /// <summary>Back-substitution of bit lines and update of the residual, row by row.</summary>
    private readonly struct Rows
    {
        private readonly double* _bits, _inverse, _g, _residual, _image;
        private readonly TLanes _wire, _alpha, _beta;
        private readonly bool _isFirst;

        internal Rows(LineGrid grid, bool isDown, bool isFirst, double alpha, double beta)
        {
            // What was eliminated upwards is substituted downwards.
            _inverse = (isDown ? grid.UpInverse : grid.DownInverse).Start;
            _bits = grid.Bits.Start;
            _g = grid.IteratedConductance.Start;
            _residual = grid.Residual.Start;
            _image = grid.Image.Start;
            (_wire, _alpha, _beta) = (TLanes.Broadcast(grid.Boundary.BitSegmentSiemens), TLanes.Broadcast(alpha), TLanes.Broadcast(beta));
            _isFirst = isFirst;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal TLanes Update(long at, ref TLanes b)
        {
            b = TLanes.MultiplyAdd(TLanes.Multiply(_wire, TLanes.Load(_inverse + at)), b, TLanes.Load(_bits + at));
            TLanes g = TLanes.Load(_g + at), r = TLanes.Load(_residual + at), image;
            if (_isFirst)
            {
                image = TLanes.Zero;
                r = TLanes.MultiplyAdd(g, b, r);
            }
            else
            {
                image = TLanes.MultiplyAdd(_beta, TLanes.Load(_image + at), TLanes.NegatedMultiplyAdd(g, b, r));
                r = TLanes.NegatedMultiplyAdd(_alpha, image, r);
            }

            TLanes.Store(_image + at, image);
            TLanes.Store(_residual + at, r);
            return r;
        }
    }

    /// <summary>Elimination of bit lines, row by row.</summary>
    private readonly struct Eliminator
    {
        private readonly double* _bits, _inverse, _g;
        private readonly TLanes _wire;

        internal Eliminator(LineGrid grid, bool isDown)
        {
            _inverse = (isDown ? grid.DownInverse : grid.UpInverse).Start;
            _bits = grid.Bits.Start;
            _g = grid.IteratedConductance.Start;
            _wire = TLanes.Broadcast(grid.Boundary.BitSegmentSiemens);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal void Eliminate(long at, TLanes z, ref TLanes y, ref TLanes coupling, ref TLanes lost)
        {
            TLanes pivotInverse = TLanes.Load(_inverse + at);
            y = TLanes.MultiplyAdd(coupling, y, TLanes.Multiply(TLanes.Load(_g + at), z));
            TLanes scaled = TLanes.Multiply(y, pivotInverse);
            lost = TLanes.MultiplyAdd(y, scaled, lost);
            TLanes.Store(_bits + at, scaled);
            coupling = TLanes.Multiply(_wire, pivotInverse);
        }
    }
}
