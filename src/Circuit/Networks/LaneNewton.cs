using System.Runtime.CompilerServices;
using CircuitSim.Circuit.Linear;

namespace CircuitSim.Circuit.Networks;

/// <summary>Newton on the outputs of one layer for 32 samples, eight a vector: residuals with the exact admittance, steps with <see cref="LoadCoupling"/>.</summary>
/// <typeparam name="TLanes">Vector unit.</typeparam>
/// <remarks>
/// The matrix of a step is B + U·Uᵀ, with B made of a 2×2 triangle a neuron; Woodbury's formula inverts it with a system as
/// small as U has columns. A sample stands still once it has converged, so that its result depends on no other sample.
/// </remarks>
internal sealed unsafe class LaneNewton<TLanes>
    where TLanes : struct, IDoubleLanes<TLanes>
{
    private const int Width = DensePanel.Width, Lanes = 8, PanelColumns = Width / Lanes;
    private const double LongestStepVolts = 0.1, SuperlinearVolts = 1e-5;

    private readonly BatchLayer _layer;
    private readonly LaneInverter<TLanes>[] _inverters;
    private readonly NetworkSolverOptions _options;
    private readonly int _neurons, _columns;
    private readonly int _panels;
    private readonly DensePanel _coupling;
    private readonly DenseBuffer _load, _step, _inverse, _system, _moving, _largest, _last, _shares;

    internal LaneNewton(NetworkCircuit circuit, BatchLayer layer, NetworkSolverOptions options)
    {
        (_layer, _options) = (layer, options);
        _inverters = layer.Inverters is { } own
            ? [.. own.Select(inverter => new LaneInverter<TLanes>(inverter, circuit.SupplyVolts))]
            : [new LaneInverter<TLanes>(circuit.Inverter, circuit.SupplyVolts)];
        (_neurons, _columns) = (layer.Neurons, layer.Coupling.Columns);
        _load = new DenseBuffer((long)(layer.Admittance?.PaddedRows ?? 2 * _neurons) * Width);
        _step = new DenseBuffer(2L * _neurons * Lanes);
        _inverse = new DenseBuffer(3L * _neurons * Lanes);
        _coupling = layer.CouplingTransposed;
        _panels = (_columns + 1 + PanelColumns - 1) / PanelColumns;
        _system = new DenseBuffer((long)_panels * _coupling.PaddedRows * Width);
        _shares = new DenseBuffer((long)_panels * 2 * _neurons * Width);
        (_moving, _largest, _last) = (new DenseBuffer(Width), new DenseBuffer(Width), new DenseBuffer(Width));
    }

    /// <summary>Solves a block.</summary>
    /// <param name="gate">Gates, volts, [neuron, sample].</param>
    /// <param name="output">Outputs n and p in turn, then the bias pair, volts, [output, sample]; holds the start.</param>
    /// <param name="count">Samples that count; the others stand still.</param>
    /// <param name="isConverged">Receives whether each sample converged.</param>
    /// <returns>Iterations of the slowest sample.</returns>
    internal int Solve(double* gate, double* output, int count, Span<bool> isConverged)
    {
        for (int s = 0; s < Width; s++) _moving.Start[s] = s < count ? 1 : 0;
        _last.Span.Fill(double.PositiveInfinity);
        isConverged.Clear();
        int left = count, most = Math.Min(_options.MostIterations, 40);
        int iteration = 0;
        while (left > 0 && iteration < most)
        {
            iteration++;
            _layer.Admittance?.Multiply<TLanes>(output, _load.Start);
            for (int group = 0; group < count; group += Lanes)
                if (IsAnyMoving(group)) Step(gate + group, output + group, group);
            left -= StopConverged(count, isConverged);
        }

        return iteration;
    }

    private bool IsAnyMoving(int group)
    {
        double sum = 0;
        for (int s = group; s < group + Lanes; s++) sum += _moving.Start[s];
        return sum > 0;
    }

    // A sample has converged when its step, or the one that would follow, is below the tolerance.
    private int StopConverged(int count, Span<bool> isConverged)
    {
        int stopped = 0;
        for (int s = 0; s < count; s++)
        {
            if (_moving.Start[s] == 0) continue;

            double step = _largest.Start[s];
            double next = NextStep(step, _last.Start[s]);
            _last.Start[s] = step;
            bool isDone = Math.Min(step, next) <= _options.UpdateToleranceVolts;
            if (!isDone && double.IsFinite(step)) continue;

            _moving.Start[s] = 0;
            isConverged[s] = isDone;
            stopped++;
        }

        return stopped;
    }

    // With the exact matrix the ratio of steps is squared each time (ten times that is allowed for); otherwise it stays as it is.
    private double NextStep(double step, double last)
    {
        if (!(step < SuperlinearVolts) || !double.IsFinite(last)) return step;
        double ratio = step / last;
        return step * (_layer.Coupling.IsExact ? Math.Min(ratio, 10 * ratio * ratio) : ratio);
    }

    private void Step(double* gate, double* output, int group)
    {
        Linearize(gate, output, group);
        if (_columns > 0) SolveSystem();
        Move(output, group);
    }

    // Steps of each neuron by itself, and the small system that couples them.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Linearize(double* gate, double* output, int group)
    {
        double* load = _load.Start + group, step = _step.Start, inverse = _inverse.Start;
        int r = _columns, own = _inverters.Length > 1 ? 1 : 0;
        fixed (double* diagonal = _layer.Coupling.Diagonal, factor = _layer.Coupling.Factor)
        {
            for (int j = 0; j < _neurons; j++)
            {
                TLanes n = TLanes.Load(output + 2 * j * Width), p = TLanes.Load(output + (2 * j + 1) * Width);
                TLanes first = _inverters[2 * j * own].Current(TLanes.Load(gate + j * Width), n, out _, out TLanes firstSlope);
                TLanes second = _inverters[(2 * j + 1) * own].Current(n, p, out TLanes gain, out TLanes secondSlope);
                TLanes excess = TLanes.Subtract(TLanes.Load(load + 2 * j * Width), first);
                TLanes secondExcess = TLanes.Subtract(TLanes.Load(load + (2 * j + 1) * Width), second);
                TLanes one = TLanes.Broadcast(1);
                TLanes i11 = TLanes.Divide(one, TLanes.Subtract(firstSlope, TLanes.Broadcast(diagonal[2 * j])));
                TLanes i22 = TLanes.Divide(one, TLanes.Subtract(secondSlope, TLanes.Broadcast(diagonal[2 * j + 1])));
                TLanes i21 = TLanes.Subtract(TLanes.Zero, TLanes.Multiply(gain, TLanes.Multiply(i11, i22)));
                TLanes dn = TLanes.Multiply(excess, i11);
                TLanes dp = TLanes.MultiplyAdd(excess, i21, TLanes.Multiply(secondExcess, i22));
                TLanes.Store(step + 2 * j * Lanes, dn);
                TLanes.Store(step + (2 * j + 1) * Lanes, dp);
                TLanes.Store(inverse + 3 * j * Lanes, i11);
                TLanes.Store(inverse + (3 * j + 1) * Lanes, i21);
                TLanes.Store(inverse + (3 * j + 2) * Lanes, i22);
                if (r == 0) continue;

                double* un = factor + 2 * j * r, up = un + r;
                for (int b = 0; b < r; b++)
                {
                    TLanes uN = TLanes.Broadcast(un[b]), uP = TLanes.Broadcast(up[b]);
                    TLanes.Store(Share(2 * j, b), TLanes.Multiply(uN, i11));
                    TLanes.Store(Share(2 * j + 1, b), TLanes.MultiplyAdd(uN, i21, TLanes.Multiply(uP, i22)));
                }

                TLanes.Store(Share(2 * j, r), dn);
                TLanes.Store(Share(2 * j + 1, r), dp);
            }
        }
    }

    // Columns of B⁻¹ U and, last, B⁻¹ f: four columns of eight samples make a panel of 32.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double* Share(int output, int column) =>
        _shares.Start + ((long)(column / PanelColumns) * 2 * _neurons + output) * Width + column % PanelColumns * Lanes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double* Entry(int row, int column) =>
        _system.Start + ((long)(column / PanelColumns) * _coupling.PaddedRows + row) * Width + column % PanelColumns * Lanes;

    // (1 + Uᵀ B⁻¹ U) c = Uᵀ B⁻¹ f by elimination; the right-hand side is the last column and becomes c. The matrix is close to
    // a positive definite one, so that no pivots are sought; a sample for which that fails is solved by itself.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SolveSystem()
    {
        int r = _columns;
        TLanes one = TLanes.Broadcast(1);
        for (int panel = 0; panel < _panels; panel++)
            _coupling.Multiply<TLanes>(_shares.Start + (long)panel * 2 * _neurons * Width, _system.Start + (long)panel * _coupling.PaddedRows * Width);
        for (int k = 0; k < r; k++)
        {
            TLanes.Store(Entry(k, k), TLanes.Add(one, TLanes.Load(Entry(k, k))));
            TLanes inverse = TLanes.Divide(one, TLanes.Load(Entry(k, k)));
            for (int b = k + 1; b <= r; b++) TLanes.Store(Entry(k, b), TLanes.Multiply(inverse, TLanes.Load(Entry(k, b))));
            for (int a = k + 1; a < r; a++)
            {
                TLanes factor = TLanes.Load(Entry(a, k));
                for (int b = k + 1; b <= r; b++)
                    TLanes.Store(Entry(a, b), TLanes.NegatedMultiplyAdd(factor, TLanes.Load(Entry(k, b)), TLanes.Load(Entry(a, b))));
            }
        }

        for (int a = r - 2; a >= 0; a--)
        {
            TLanes sum = TLanes.Load(Entry(a, r));
            for (int b = a + 1; b < r; b++) sum = TLanes.NegatedMultiplyAdd(TLanes.Load(Entry(a, b)), TLanes.Load(Entry(b, r)), sum);
            TLanes.Store(Entry(a, r), sum);
        }
    }

    // δ = d − B⁻¹ U c, shortened where it is long.
    private void Move(double* output, int group)
    {
        int r = _columns;
        double* step = _step.Start, inverse = _inverse.Start;
        TLanes largest = TLanes.Zero;
        fixed (double* factor = _layer.Coupling.Factor)
        {
            for (int j = 0; j < _neurons; j++)
            {
                TLanes n = TLanes.Zero, p = TLanes.Zero;
                for (int b = 0; b < r; b++)
                {
                    TLanes c = TLanes.Load(Entry(b, r));
                    n = TLanes.MultiplyAdd(TLanes.Broadcast(factor[2 * j * r + b]), c, n);
                    p = TLanes.MultiplyAdd(TLanes.Broadcast(factor[(2 * j + 1) * r + b]), c, p);
                }

                TLanes i21 = TLanes.Load(inverse + (3 * j + 1) * Lanes), i22 = TLanes.Load(inverse + (3 * j + 2) * Lanes);
                TLanes dn = TLanes.NegatedMultiplyAdd(TLanes.Load(inverse + 3 * j * Lanes), n, TLanes.Load(step + 2 * j * Lanes));
                TLanes dp = TLanes.NegatedMultiplyAdd(i21, n, TLanes.NegatedMultiplyAdd(i22, p, TLanes.Load(step + (2 * j + 1) * Lanes)));
                largest = TLanes.LargerMagnitude(TLanes.LargerMagnitude(largest, dn), dp);
                TLanes.Store(step + 2 * j * Lanes, dn);
                TLanes.Store(step + (2 * j + 1) * Lanes, dp);
            }
        }

        TLanes.Store(_largest.Start + group, largest);
        TLanes limit = TLanes.Broadcast(LongestStepVolts);
        TLanes length = TLanes.Multiply(TLanes.Divide(limit, TLanes.Max(limit, largest)), TLanes.Load(_moving.Start + group));
        for (int i = 0; i < 2 * _neurons; i++)
            TLanes.Store(output + i * Width, TLanes.MultiplyAdd(length, TLanes.Load(step + i * Lanes), TLanes.Load(output + i * Width)));
    }
}
