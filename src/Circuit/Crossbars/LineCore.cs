using System.Runtime.CompilerServices;
using CircuitSim.Circuit.Linear;

namespace CircuitSim.Circuit.Crossbars;

/// <summary>Crossbar with wire resistance on both sides: the algorithm of <see cref="PlainLineCore"/>, one vectorised pass an iteration.</summary>
/// <typeparam name="TLanes">Vector unit.</typeparam>
internal sealed unsafe class LineCore<TLanes> : ICrossbarCore, IDisposable
    where TLanes : struct, IDoubleLanes<TLanes>
{
    private const int Lanes = LineGrid.Lanes;

    // A step reduces the error by this much at most as far as it is worth asking.
    private const double MostGain = 1000;

    private readonly CrossbarSpec _spec;
    private readonly LineGrid _grid;
    private readonly LineHeads _heads;
    private readonly RitzValues _ritz = new();
    private LineNodes? _nodes;

    internal LineCore(CrossbarSpec spec)
    {
        _spec = spec;
        _grid = LineGrid.Rent(spec);
        _heads = new LineHeads(_grid.Rows);
        LineFactorization<TLanes>.Factorize(_grid);
    }

    public CrossbarMethod Method => CrossbarMethod.LineConjugateGradients;

    /// <summary>Gives the memory back; the core cannot be used again.</summary>
    public void Dispose() => _grid.Return();

    public CrossbarState Solve(in CrossbarDrive drive, double toleranceVolts, int mostIterations, bool hasNodes, CrossbarState? spare = null)
    {
        // Where a port is merged with a node, its current takes all node voltages to compute.
        bool needsNodes = hasNodes || _grid.IsFeedMerged || _grid.IsEndMerged;
        LineNodes? nodes = needsNodes ? _nodes ??= new LineNodes(_grid) : null;
        nodes?.Clear();
        _heads.Clear();
        Start(drive);
        (int iterations, double error) = Iterate(toleranceVolts, mostIterations, nodes);
        CrossbarState state = CrossbarState.Of(_grid.WordLines, _grid.BitLines, hasNodes, spare);
        (state.Iterations, state.ErrorVolts) = (iterations, error);
        if (nodes is null) CollectPorts(state);
        else CollectNodes(state, nodes, drive);
        return state;
    }

    private (int Iterations, double ErrorVolts) Iterate(double toleranceVolts, int mostIterations, LineNodes? nodes)
    {
        _ritz.Clear();
        double lastGamma = 0, alpha = 0, beta = 0;
        for (int k = 0; ; k++)
        {
            BeginPass(k, alpha, beta);
            LinePass<TLanes>.Products found = LinePass<TLanes>.Run(_grid, IsDown(k), isFirst: k == 0, alpha, beta, _heads, nodes);
            AdvanceLastBits(k, alpha, beta);
            if (found.Gamma == 0) return (k, 0);

            double newBeta = k == 0 ? 0 : found.Gamma / lastGamma;
            alpha = found.Gamma / (k == 0 ? found.Delta : found.Delta - newBeta * found.Gamma / alpha);
            (beta, lastGamma) = (newBeta, found.Gamma);
            _ritz.Add(alpha, beta);
            if (found.Largest > MostGain * toleranceVolts && k < mostIterations) continue;

            double error = found.Largest / _ritz.Smallest();
            if (error <= toleranceVolts) return (k, error);
            if (k >= mostIterations || !double.IsFinite(error)) throw NotConverged(k, error);

            // The step that is now known would leave no more than twice what a step by z leaves.
            double left = 2 * (error - found.Largest);
            if (k == 0 || left > toleranceVolts) continue;
            TakeLastStep(k + 1, alpha, beta, nodes);
            return (k + 1, left);
        }
    }

    private static bool IsDown(int pass) => pass % 2 == 1;

    // Substitution upwards begins with the last row, substitution downwards ends with it.
    private DenseBuffer LastRow(int pass) => IsDown(pass) ? _grid.BackCarry : _grid.LastRow;

    private void BeginPass(int pass, double alpha, double beta)
    {
        if (pass > 0) _heads.Advance(alpha, beta);
        if (!IsDown(pass)) BitsOfLastWordLine().CopyTo(_grid.LastRow.Span);
    }

    private void TakeLastStep(int pass, double alpha, double beta, LineNodes? nodes)
    {
        BeginPass(pass, alpha, beta);
        LinePass<TLanes>.Finish(_grid, IsDown(pass), alpha, beta, nodes);
        AdvanceLastBits(pass, alpha, beta);
    }

    // The sum over lines is not kept, so the worst place is only known to be somewhere: the line with the largest drop at its head.
    private Errors.ConvergenceException NotConverged(int iterations, double error)
    {
        int worst = 0;
        for (int i = 1; i < _grid.WordLines; i++)
            if (Math.Abs(_heads.Volts[i]) > Math.Abs(_heads.Volts[worst])) worst = i;
        return CrossbarErrors.NotConverged(iterations, error, worst, 0, _heads.Volts[worst]);
    }

    // First elimination, downwards, of G V + J, and the part of the residual that the bit lines do not make.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Start(in CrossbarDrive drive)
    {
        int stride = _grid.Columns;
        double wire = _grid.Boundary.BitSegmentSiemens;
        double* g = _grid.Conductance.Start, own = _grid.IteratedConductance.Start, inverse = _grid.DownInverse.Start;
        double* bits = _grid.Bits.Start, r = _grid.Residual.Start;
        for (int i = 0; i < _grid.WordLines; i++)
        {
            long row = (long)i * stride;
            TLanes volts = TLanes.Broadcast(drive.SourceVolts[i]), negative = TLanes.Broadcast(-drive.SourceVolts[i]), w = TLanes.Broadcast(wire);
            for (long at = row; at < row + stride; at += Lanes)
            {
                TLanes y = TLanes.Multiply(TLanes.Load(g + at), volts);
                if (i > 0) y = TLanes.MultiplyAdd(w, TLanes.Load(bits + at - stride), y);
                TLanes.Store(bits + at, TLanes.Multiply(y, TLanes.Load(inverse + at)));
                TLanes.Store(r + at, TLanes.Multiply(TLanes.Load(own + at), negative));
            }

            if (HasPushedCurrents(drive, i)) AddPushedCurrents(drive, i);
        }
    }

    private bool HasPushedCurrents(in CrossbarDrive drive, int wordLine) =>
        !drive.WordNodeAmps.IsEmpty || !drive.BitNodeAmps.IsEmpty || (wordLine == _grid.WordLines - 1 && !drive.EndAmps.IsEmpty);

    private void AddPushedCurrents(in CrossbarDrive drive, int i)
    {
        bool hasEnds = i == _grid.WordLines - 1 && !drive.EndAmps.IsEmpty;
        for (int j = 0; j < _grid.BitLines; j++)
        {
            long at = (long)i * _grid.Columns + j;
            double amps = hasEnds ? drive.EndAmps[j] : 0;
            if (!drive.BitNodeAmps.IsEmpty) amps += drive.BitNodeAmps[i * _grid.BitLines + j];
            _grid.Bits.Start[at] += amps * _grid.DownInverse.Start[at];
            if (!drive.WordNodeAmps.IsEmpty && !(_grid.IsFeedMerged && j == 0)) _grid.Residual.Start[at] += drive.WordNodeAmps[i * _grid.BitLines + j];
        }
    }

    private Span<double> BitsOfLastWordLine() => _grid.Bits.Span.Slice((_grid.WordLines - 1) * _grid.Columns, _grid.Columns);

    // The last row of the bit lines that the pass substituted back: the start, then corrections.
    private void AdvanceLastBits(int pass, double alpha, double beta)
    {
        ReadOnlySpan<double> found = LastRow(pass).Span;
        Span<double> last = _grid.LastBits.Span, direction = _grid.LastBitsDirection.Span;
        if (pass == 0)
        {
            found.CopyTo(last);
            direction.Clear();
            return;
        }

        for (int j = 0; j < last.Length; j++)
        {
            direction[j] = found[j] + beta * direction[j];
            last[j] += alpha * direction[j];
        }
    }

    private void CollectPorts(CrossbarState state)
    {
        // Kirchhoff over a word line: what the source delivers is what its devices take, up to the residual.
        for (int i = 0; i < _grid.WordLines; i++)
        {
            double residual = DenseKernels.SumInParts(_grid.Residual.Span.Slice(i * _grid.Columns, _grid.BitLines));
            state.WordLineAmps[i] = -_grid.Boundary.FeedSiemens * _heads.Volts[i] - residual;
        }

        _grid.LastBits.Span[.._grid.BitLines].CopyTo(state.LastVolts);
        for (int j = 0; j < _grid.BitLines; j++) state.EndAmps[j] = _grid.Boundary.EndSiemens * state.LastVolts[j];
    }

    private void CollectNodes(CrossbarState state, LineNodes nodes, in CrossbarDrive drive)
    {
        int m = _grid.WordLines, n = _grid.BitLines;
        double[] x = state.HasNodes ? state.WordDeviationVolts : new double[m * n];
        double[] b = state.HasNodes ? state.BitVolts : new double[m * n];
        for (int i = 0; i < m; i++)
            for (int j = 0; j < n; j++) x[i * n + j] = nodes[i, j];
        SolveBitLines(x, b, drive);
        CrossbarCurrents.Fill(state, _grid.Boundary, LineOpens.None, [], n, _spec.ConductanceSiemens.Span, drive, x, b);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SolveBitLines(double[] x, double[] b, in CrossbarDrive drive)
    {
        int m = _grid.WordLines, n = _grid.BitLines;
        double wire = _grid.Boundary.BitSegmentSiemens;
        ReadOnlySpan<double> g = _spec.ConductanceSiemens.Span;
        for (int i = 0; i < m; i++)
            for (int j = 0; j < n; j++)
            {
                int at = i * n + j;
                double amps = g[at] * (drive.SourceVolts[i] + x[at]);
                if (!drive.BitNodeAmps.IsEmpty) amps += drive.BitNodeAmps[at];
                if (i == m - 1 && !drive.EndAmps.IsEmpty) amps += drive.EndAmps[j];
                if (i > 0) amps += wire * b[at - n];
                b[at] = amps * _grid.DownInverse.Start[(long)i * _grid.Columns + j];
            }

        for (int i = m - 2; i >= 0; i--)
            for (int j = 0; j < n; j++)
                b[i * n + j] += wire * _grid.DownInverse.Start[(long)i * _grid.Columns + j] * b[(i + 1) * n + j];
    }
}
