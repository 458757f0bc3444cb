using System.Runtime.CompilerServices;
using CircuitSim.Circuit.Linear;

namespace CircuitSim.Circuit.Networks;

/// <summary>Newton on the outputs of one layer for 32 samples, eight a vector: residuals with the exact admittance, steps with <see cref="LoadCoupling"/>.</summary>
/// <typeparam name="TLanes">Vector unit.</typeparam>
/// <remarks>
/// The matrix of a step is B + U·Uᵀ, with B made of a 2×2 triangle a neuron; Woodbury's formula inverts it with a system as
/// small as U has columns. What the matrix leaves out of the admittance, E, is all that remains once steps are so short that the
/// inverters are straight; one more step for E·δ alone then takes no currents and no new matrix.
/// A sample stands still once it has converged, so that its result depends on no other sample.
/// </remarks>
internal sealed unsafe class LaneNewton<TLanes>
    where TLanes : struct, IDoubleLanes<TLanes>
{
    private const int Width = DensePanel.Width, Lanes = 8;
    private const double LongestStepVolts = 0.1, SuperlinearVolts = 1e-5;

    private readonly BatchLayer _layer;
    private readonly LaneInverter<TLanes>[] _inverters;
    private readonly NetworkSolverOptions _options;
    private readonly int _neurons, _columns;
    private readonly DensePanel _coupling;
    private readonly DenseBuffer _load, _step, _inverse, _system, _moving, _finishing, _largest, _last, _right, _coupled;

    internal LaneNewton(NetworkCircuit circuit, BatchLayer layer, NetworkSolverOptions options)
    {
        (_layer, _options) = (layer, options);
        _inverters = layer.Inverters is { } own
            ? [.. own.Select(inverter => new LaneInverter<TLanes>(inverter, circuit.SupplyVolts))]
            : [new LaneInverter<TLanes>(circuit.Inverter, circuit.SupplyVolts)];
        (_neurons, _columns) = (layer.Neurons, layer.Coupling.Columns);
        _load = new DenseBuffer((long)(layer.Admittance?.PaddedRows ?? 2 * _neurons) * Width);
        // Rows of zero for the bias pair: it does not move.
        _step = new DenseBuffer((2L * _neurons + 2) * Width);
        _inverse = new DenseBuffer(3L * _neurons * Width);
        _coupling = layer.CouplingTransposed;
        _system = new DenseBuffer((long)layer.CouplingProducts.PaddedRows * Width);
        _right = new DenseBuffer((long)_coupling.PaddedRows * Width);
        (_moving, _finishing, _largest, _last) = (new DenseBuffer(Width), new DenseBuffer(Width), new DenseBuffer(Width), new DenseBuffer(Width));
        _coupled = new DenseBuffer((long)layer.CouplingFactor.PaddedRows * Width);
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
                if (IsAny(_moving, group)) Linearize(gate + group, output + group, group);
            _layer.CouplingProducts.Multiply<TLanes>(_inverse.Start, _system.Start);
            _coupling.Multiply<TLanes>(_step.Start, _right.Start);
            for (int group = 0; group < count; group += Lanes)
            {
                if (!IsAny(_moving, group)) continue;

                Eliminate(group);
                Move(output + group, group, _moving);
            }

            left -= StopConverged(count, isConverged);
            if (FindStraight(count)) left -= Finish(output, count, isConverged);
        }

        return iteration;
    }

    private static bool IsAny(DenseBuffer mask, int group)
    {
        double sum = 0;
        for (int s = group; s < group + Lanes; s++) sum += mask.Start[s];
        return sum > 0;
    }

    // A sample has converged when its step, or the one that would follow, is below the tolerance.
    private int StopConverged(int count, Span<bool> isConverged)
    {
        int stopped = 0;
        for (int s = 0; s < count; s++)
        {
            _finishing.Start[s] = 0;
            if (_moving.Start[s] == 0) continue;

            double step = _largest.Start[s], last = _last.Start[s];
            double ratio = step < SuperlinearVolts && double.IsFinite(last) ? step / last : 1;
            double curved = step * Math.Min(ratio, 10 * ratio * ratio);
            _last.Start[s] = step;
            // With the exact matrix the ratio of steps is squared each time (ten times that is allowed for); otherwise it stays as it is.
            bool isDone = Math.Min(step, _layer.Coupling.IsExact ? curved : step * ratio) <= _options.UpdateToleranceVolts;
            if (!isDone && double.IsFinite(step))
            {
                if (curved <= _options.UpdateToleranceVolts) _finishing.Start[s] = 1;
                continue;
            }

            Stop(s, isDone, isConverged);
            stopped++;
        }

        return stopped;
    }

    private void Stop(int sample, bool isDone, Span<bool> isConverged)
    {
        _moving.Start[sample] = 0;
        isConverged[sample] = isDone;
    }

    // Samples of which nothing but E is left.
    private bool FindStraight(int count)
    {
        bool any = false;
        for (int group = 0; group < count && !any; group += Lanes) any = IsAny(_finishing, group);
        return any;
    }

    // The residual after a step δ of straight inverters is E·δ = Y·δ − D·δ + U·Uᵀδ.
    private int Finish(double* output, int count, Span<bool> isConverged)
    {
        _layer.Admittance!.Multiply<TLanes>(_step.Start, _load.Start);
        _coupling.Multiply<TLanes>(_step.Start, _right.Start);
        _layer.CouplingFactor.Multiply<TLanes>(_right.Start, _coupled.Start);
        for (int group = 0; group < count; group += Lanes)
            if (IsAny(_finishing, group)) Remainder(group);
        _coupling.Multiply<TLanes>(_step.Start, _right.Start);
        for (int group = 0; group < count; group += Lanes)
        {
            if (!IsAny(_finishing, group)) continue;

            Substitute(group);
            Move(output + group, group, _finishing);
        }

        int stopped = 0;
        for (int s = 0; s < count; s++)
        {
            if (_finishing.Start[s] == 0) continue;

            // Steps for E shrink by the same ratio each time.
            double step = _largest.Start[s], next = step * (step / _last.Start[s]);
            _last.Start[s] = step;
            if (!(Math.Min(step, next) <= _options.UpdateToleranceVolts)) continue;

            Stop(s, true, isConverged);
            stopped++;
        }

        return stopped;
    }

    // Steps of each neuron by itself for what E leaves.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Remainder(int group)
    {
        double* load = _load.Start + group, coupled = _coupled.Start + group, step = _step.Start + group, inverse = _inverse.Start + group;
        fixed (double* diagonal = _layer.Coupling.Diagonal)
        {
            for (int j = 0; j < _neurons; j++)
            {
                int n = 2 * j * Width, p = n + Width;
                TLanes excess = TLanes.Add(TLanes.Load(load + n), TLanes.Load(coupled + n));
                TLanes secondExcess = TLanes.Add(TLanes.Load(load + p), TLanes.Load(coupled + p));
                excess = TLanes.NegatedMultiplyAdd(TLanes.Broadcast(diagonal[2 * j]), TLanes.Load(step + n), excess);
                secondExcess = TLanes.NegatedMultiplyAdd(TLanes.Broadcast(diagonal[2 * j + 1]), TLanes.Load(step + p), secondExcess);
                TLanes i21 = TLanes.Load(inverse + (3 * j + 1) * Width), i22 = TLanes.Load(inverse + (3 * j + 2) * Width);
                TLanes.Store(step + n, TLanes.Multiply(excess, TLanes.Load(inverse + 3 * j * Width)));
                TLanes.Store(step + p, TLanes.MultiplyAdd(excess, i21, TLanes.Multiply(secondExcess, i22)));
            }
        }
    }

    // Steps of each neuron by itself, B⁻¹ f, and B⁻¹.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Linearize(double* gate, double* output, int group)
    {
        double* load = _load.Start + group, step = _step.Start + group, inverse = _inverse.Start + group;
        int own = _inverters.Length > 1 ? 1 : 0;
        fixed (double* diagonal = _layer.Coupling.Diagonal)
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
                TLanes.Store(step + 2 * j * Width, dn);
                TLanes.Store(step + (2 * j + 1) * Width, dp);
                TLanes.Store(inverse + 3 * j * Width, i11);
                TLanes.Store(inverse + (3 * j + 1) * Width, i21);
                TLanes.Store(inverse + (3 * j + 2) * Width, i22);
            }
        }
    }

    // Row-major [row, column] of Uᵀ B⁻¹ U.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double* Entry(int group, int row, int column) => _system.Start + (row * _columns + column) * Width + group;

    // Uᵀ B⁻¹ f, then c.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double* Right(int group, int row) => _right.Start + row * Width + group;

    // (1 + Uᵀ B⁻¹ U) c = Uᵀ B⁻¹ f: the matrix becomes its factors L and R, with ones on the diagonal of R. It is close to a
    // positive definite one, so that no pivots are sought; a sample for which that fails is solved by itself.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Eliminate(int group)
    {
        int r = _columns;
        TLanes one = TLanes.Broadcast(1);
        for (int k = 0; k < r; k++)
        {
            // The reciprocal takes the diagonal's place.
            TLanes inverse = TLanes.Divide(one, TLanes.Add(one, TLanes.Load(Entry(group, k, k))));
            TLanes.Store(Entry(group, k, k), inverse);
            for (int b = k + 1; b < r; b++) TLanes.Store(Entry(group, k, b), TLanes.Multiply(inverse, TLanes.Load(Entry(group, k, b))));
            for (int a = k + 1; a < r; a++)
            {
                TLanes factor = TLanes.Load(Entry(group, a, k));
                for (int b = k + 1; b < r; b++)
                    TLanes.Store(Entry(group, a, b), TLanes.NegatedMultiplyAdd(factor, TLanes.Load(Entry(group, k, b)), TLanes.Load(Entry(group, a, b))));
            }
        }

        Substitute(group);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Substitute(int group)
    {
        int r = _columns;
        for (int a = 0; a < r; a++)
        {
            TLanes sum = TLanes.Load(Right(group, a));
            for (int b = 0; b < a; b++) sum = TLanes.NegatedMultiplyAdd(TLanes.Load(Entry(group, a, b)), TLanes.Load(Right(group, b)), sum);
            TLanes.Store(Right(group, a), TLanes.Multiply(sum, TLanes.Load(Entry(group, a, a))));
        }

        for (int a = r - 2; a >= 0; a--)
        {
            TLanes sum = TLanes.Load(Right(group, a));
            for (int b = a + 1; b < r; b++) sum = TLanes.NegatedMultiplyAdd(TLanes.Load(Entry(group, a, b)), TLanes.Load(Right(group, b)), sum);
            TLanes.Store(Right(group, a), sum);
        }
    }

    // δ = d − B⁻¹ U c, shortened where it is long.
    private void Move(double* output, int group, DenseBuffer moving)
    {
        int r = _columns;
        double* step = _step.Start + group, inverse = _inverse.Start + group;
        TLanes largest = TLanes.Zero;
        fixed (double* factor = _layer.Coupling.Factor)
        {
            for (int j = 0; j < _neurons; j++)
            {
                TLanes n = TLanes.Zero, p = TLanes.Zero;
                for (int b = 0; b < r; b++)
                {
                    TLanes c = TLanes.Load(Right(group, b));
                    n = TLanes.MultiplyAdd(TLanes.Broadcast(factor[2 * j * r + b]), c, n);
                    p = TLanes.MultiplyAdd(TLanes.Broadcast(factor[(2 * j + 1) * r + b]), c, p);
                }

                TLanes i21 = TLanes.Load(inverse + (3 * j + 1) * Width), i22 = TLanes.Load(inverse + (3 * j + 2) * Width);
                TLanes dn = TLanes.NegatedMultiplyAdd(TLanes.Load(inverse + 3 * j * Width), n, TLanes.Load(step + 2 * j * Width));
                TLanes dp = TLanes.NegatedMultiplyAdd(i21, n, TLanes.NegatedMultiplyAdd(i22, p, TLanes.Load(step + (2 * j + 1) * Width)));
                largest = TLanes.LargerMagnitude(TLanes.LargerMagnitude(largest, dn), dp);
                TLanes.Store(step + 2 * j * Width, dn);
                TLanes.Store(step + (2 * j + 1) * Width, dp);
            }
        }

        TLanes.Store(_largest.Start + group, largest);
        TLanes limit = TLanes.Broadcast(LongestStepVolts);
        TLanes length = TLanes.Multiply(TLanes.Divide(limit, TLanes.Max(limit, largest)), TLanes.Load(moving.Start + group));
        for (int i = 0; i < 2 * _neurons; i++)
            TLanes.Store(output + i * Width, TLanes.MultiplyAdd(length, TLanes.Load(step + i * Width), TLanes.Load(output + i * Width)));
    }
}
