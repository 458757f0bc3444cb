using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Linear;

namespace CircuitSim.Circuit.Crossbars;

/// <summary>Refines the solved node voltages of a crossbar in twice the precision and bounds the error that is left.</summary>
/// <remarks>
/// With r the currents that do not balance at the nodes, the error e of the voltages obeys A·e = r. A, a matrix of conductances, is an M-matrix: its
/// inverse has no negative entry (A. Berman and R. J. Plemmons, Nonnegative Matrices in the Mathematical Sciences, 1979), so that |e| ≤ A⁻¹·|r|.
/// A factor gives A⁻¹·|r| to a few roundings, because nothing cancels in it. Where a factor takes too long, conjugate gradients give a y, which
/// bounds the error as well when A·y ≥ |r| at every node; that is checked. Derived in <c>docs/derivations/crossbar-solvers.md</c>.
/// Not thread-safe.
/// </remarks>
internal sealed class CrossbarRefinement
{
    private const int MostSteps = 12;

    // Over the largest source: what is left is far below the rounding of a voltage, and what would be worth another way.
    private const double Enough = 1.0 / (1L << 62), Poor = 1.0 / (1L << 55);

    // Over what flows: rounding of balances. Over a solved response: a factor's rounding, of which it has far less.
    private static readonly double s_balanceRounding = Math.ScaleB(1, -96), s_unit = Math.ScaleB(1, -53);
    private const double ResponseMargin = 1.001;

    private readonly CrossbarSpec _spec;
    private readonly CrossbarSolverOptions _options;
    private readonly ICrossbarCore _core;
    private readonly CrossbarGraph _graph;
    private readonly List<(int A, int B, DoubleDouble Siemens)> _edges;
    private readonly DoubleDouble[] _balance;
    private readonly double[] _flow, _amps, _answer;
    private DoubleDouble[] _volts;
    private CholeskyCore? _factor;
    private double[] _wordAmps = [], _bitAmps = [];
    private CrossbarState? _spare;

    internal CrossbarRefinement(CrossbarSpec spec, CrossbarSolverOptions options, ICrossbarCore core)
    {
        (_spec, _options, _core) = (spec, options, core);
        _factor = core as CholeskyCore;
        _graph = _factor?.Graph ?? new CrossbarGraph(spec, hasOpenEnds: false);
        _edges = _graph.ExactEdges();
        int count = _graph.NodeCount;
        (_volts, _balance) = (new DoubleDouble[count], new DoubleDouble[count]);
        (_flow, _amps, _answer) = (new double[count], new double[count], new double[count]);
    }

    private ReadOnlySpan<(int A, int B, DoubleDouble Siemens)> Edges => CollectionsMarshal.AsSpan(_edges);

    /// <summary>Refines a solution.</summary>
    /// <param name="sourceVolts">Sources, volts.</param>
    /// <param name="state">The solution, with node voltages; receives refined ones and ports.</param>
    /// <returns>Bounds of the error of any voltage, volts, and of any end current, amperes.</returns>
    internal (double Volts, double EndAmps) Refine(ReadOnlySpan<double> sourceVolts, CrossbarState state)
    {
        double largest = 0;
        foreach (double volts in sourceVolts) largest = Math.Max(largest, Math.Abs(volts));
        Start(sourceVolts, state);
        double[]? bounds = _factor is null ? ByCore(largest) : null;
        if (bounds is null) Start(sourceVolts, state);
        if (bounds is null || Largest(bounds) > Poor * largest) bounds = ByFactor(sourceVolts, largest);
        if (Largest(bounds) > Poor * largest) bounds = ByElimination(sourceVolts, bounds);
        return Fill(state, sourceVolts, bounds, largest);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Start(ReadOnlySpan<double> sourceVolts, CrossbarState state)
    {
        int n = _spec.BitLineCount;
        for (int at = 0; at < state.BitVolts.Length; at++)
        {
            _volts[_graph.Word(at / n, at % n)] = DoubleDouble.Sum(sourceVolts[at / n], state.WordDeviationVolts[at]);
            _volts[_graph.Bit(at / n, at % n)] = state.BitVolts[at];
        }

        SetKnown(sourceVolts);
    }

    private void SetKnown(ReadOnlySpan<double> sourceVolts)
    {
        for (int i = 0; i < sourceVolts.Length; i++) _volts[_graph.FirstSource + i] = sourceVolts[i];
        Array.Clear(_volts, _graph.FirstEnd, _spec.BitLineCount);
    }

    // Currents that do not balance at each node of unknown voltage, and what flows there.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Balance()
    {
        Array.Clear(_balance);
        Array.Clear(_flow);
        foreach ((int a, int b, DoubleDouble siemens) in Edges)
        {
            DoubleDouble amps = siemens * (_volts[a] - _volts[b]);
            _balance[a] -= amps;
            _balance[b] += amps;
            double flow = Math.Abs(amps.High);
            _flow[a] += flow;
            _flow[b] += flow;
        }
    }

    private double[] ByFactor(ReadOnlySpan<double> sourceVolts, double largest)
    {
        _factor ??= new CholeskyCore(_spec);
        double[] bounds = BoundByFactor();
        if (Largest(bounds) > Poor * largest)
        {
            // The sources' own pushes make no more than the largest of them: a start that no ratio of conductances spoils.
            DoubleDouble[] before = [.. _volts];
            Array.Clear(_amps);
            _graph.PushSources(sourceVolts, 0, _amps);
            _factor.Respond(_amps, _answer);
            for (int k = 0; k < _answer.Length; k++) _volts[k] = _answer[k];
            SetKnown(sourceVolts);
            double[] ours = BoundByFactor();
            if (Largest(ours) < Largest(bounds)) bounds = ours;
            else _volts = before;
        }

        for (int step = 0; step < MostSteps && Largest(bounds) > Enough * largest; step++)
        {
            DoubleDouble[] before = [.. _volts];
            Balance();
            for (int k = 0; k < _amps.Length; k++) _amps[k] = _balance[k].High;
            _factor.Respond(_amps, _answer);
            for (int k = 0; k < _graph.FirstSource; k++) _volts[k] += _answer[k];
            double[] next = BoundByFactor();
            if (!(Largest(next) < Largest(bounds)))
            {
                _volts = before;
                break;
            }

            bounds = next;
        }

        return bounds;
    }

    private double[] BoundByFactor()
    {
        Balance();
        for (int k = 0; k < _amps.Length; k++) _amps[k] = Math.Abs(_balance[k].High) + s_balanceRounding * _flow[k];
        _factor!.Respond(_amps, _answer);
        return [.. _answer.Take(_graph.FirstSource).Select(volts => ResponseMargin * volts)];
    }

    // One correction and one bound by the crossbar's own solver; null when what it gives does not bound the error.
    private double[]? ByCore(double largest)
    {
        double floor = Math.ScaleB(largest, -72);
        try
        {
            Balance();
            for (int k = 0; k < _amps.Length; k++) _amps[k] = _balance[k].High;
            Respond(floor);
            for (int k = 0; k < _graph.FirstSource; k++) _volts[k] += _answer[k];

            // Pushed into every node, so that conjugate gradients, which are right to a share of the largest voltage, are right everywhere.
            Balance();
            double[] diagonal = Diagonal();
            for (int k = 0; k < _amps.Length; k++)
            {
                _flow[k] = Math.Abs(_balance[k].High) + s_balanceRounding * _flow[k];
                _amps[k] = _flow[k] + floor * diagonal[k];
            }

            Respond(floor / 16);
            double[] bounds = _answer[.._graph.FirstSource];
            double factor = Cover(bounds);
            if (double.IsFinite(factor))
            {
                DenseKernels.Scale(factor, bounds.AsSpan());
                return bounds;
            }
        }
        catch (ConvergenceException)
        {
            // The factor does what the iteration does not.
        }

        return null;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double[] Diagonal()
    {
        var diagonal = new double[_amps.Length];
        foreach ((int a, int b, DoubleDouble siemens) in Edges)
        {
            diagonal[a] += siemens.High;
            diagonal[b] += siemens.High;
        }

        return diagonal;
    }

    // Smallest factor for which A·(factor·y) is at least what does not balance, roundings of the product against it; infinite when there is none.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double Cover(double[] y)
    {
        Array.Clear(_amps);
        foreach ((int a, int b, DoubleDouble siemens) in Edges)
        {
            double first = a < y.Length ? y[a] : 0, second = b < y.Length ? y[b] : 0;
            double amps = siemens.High * (first - second), rounding = 8 * s_unit * siemens.High * (Math.Abs(first) + Math.Abs(second));
            _amps[a] += amps - rounding;
            _amps[b] -= amps + rounding;
        }

        double factor = 1;
        for (int k = 0; k < y.Length; k++)
        {
            // Nodes without branches are numbers that merged nodes do not use.
            if (_flow[k] == 0 && _amps[k] == 0) continue;
            if (!(_amps[k] > 0)) return double.PositiveInfinity;
            factor = Math.Max(factor, _flow[k] / _amps[k]);
        }

        return factor;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Respond(double toleranceVolts)
    {
        int m = _spec.WordLineCount, n = _spec.BitLineCount;
        if (_wordAmps.Length == 0) (_wordAmps, _bitAmps) = (new double[m * n], new double[m * n]);
        for (int at = 0; at < _wordAmps.Length; at++)
        {
            int word = _graph.Word(at / n, at % n), bit = _graph.Bit(at / n, at % n);
            _wordAmps[at] = word < _graph.FirstSource && (!_graph.HasWordLineNodes || at % n == 0) ? _amps[word] : 0;
            _bitAmps[at] = bit < _graph.FirstSource && (!_graph.HasBitLineNodes || at / n == m - 1) ? _amps[bit] : 0;
        }

        var drive = new CrossbarDrive { SourceVolts = new double[m], WordNodeAmps = _wordAmps, BitNodeAmps = _bitAmps };
        _spare = _core.Solve(drive, toleranceVolts, _options.MostIterations, hasNodes: true, _spare);
        for (int at = 0; at < _wordAmps.Length; at++)
        {
            _answer[_graph.Word(at / n, at % n)] = _spare.WordDeviationVolts[at];
            _answer[_graph.Bit(at / n, at % n)] = _spare.BitVolts[at];
        }
    }

    // Where double precision cannot tell a conductance's own drop from the rounding of its volts.
    private double[] ByElimination(ReadOnlySpan<double> sourceVolts, double[] bounds)
    {
        var known = new double[_volts.Length];
        sourceVolts.CopyTo(known.AsSpan(_graph.FirstSource));
        NestedDissectionTree tree = CrossbarDissection.OfLines(_graph, _spec);
        if (ExtendedElimination.Solve(_edges, tree.Order, known) is not var (volts, magnitudes)) return bounds;

        _volts = volts;
        double[] found = BoundByFactor();
        // Of an elimination of N nodes without subtraction, O(N³) roundings at the very most get into one voltage (C. A. O'Cinneide, Numerische
        // Mathematik 65, 1993).
        double relative = 8 * Math.Pow(tree.Order.Count + 1, 3) * Math.ScaleB(1, -102);
        for (int k = 0; k < found.Length; k++) found[k] = Math.Min(double.IsNaN(found[k]) ? double.PositiveInfinity : found[k], relative * magnitudes[k]);
        return found;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (double Volts, double EndAmps) Fill(CrossbarState state, ReadOnlySpan<double> sourceVolts, double[] bounds, double largest)
    {
        int m = _spec.WordLineCount, n = _spec.BitLineCount;
        double error = 0;
        for (int at = 0; at < state.BitVolts.Length; at++)
        {
            int word = _graph.Word(at / n, at % n), bit = _graph.Bit(at / n, at % n);
            state.WordDeviationVolts[at] = (_volts[word] - sourceVolts[at / n]).High;
            state.BitVolts[at] = _volts[bit].High;
            error = Math.Max(error, Math.Max(Error(word), Error(bit)));
        }

        // Besides the rounding of these numbers, that of a sum of source and deviation and of what a file gives in ohms.
        if (error > 0) error += 8 * s_unit * largest;
        state.BitVolts.AsSpan((m - 1) * n, n).CopyTo(state.LastVolts);
        return (error, FillAmps(state, bounds));

        double Error(int node) => node < _graph.FirstSource ? Math.Abs(_volts[node].Low) + bounds[node] : 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double FillAmps(CrossbarState state, double[] bounds)
    {
        int m = _spec.WordLineCount, n = _spec.BitLineCount;
        var amps = new DoubleDouble[m + n];
        var errors = new double[m + n];
        foreach ((int a, int b, DoubleDouble siemens) in Edges)
        {
            if (a >= _graph.FirstSource) Add(a, b, siemens);
            if (b >= _graph.FirstSource) Add(b, a, siemens);
        }

        double worst = 0;
        for (int i = 0; i < m; i++) state.WordLineAmps[i] = amps[i].High;
        for (int j = 0; j < n; j++)
        {
            state.EndAmps[j] = -amps[m + j].High;
            worst = Math.Max(worst, errors[m + j] + Math.Abs(amps[m + j].Low) + s_balanceRounding * Math.Abs(amps[m + j].High));
        }

        for (int k = 0; k < _graph.Shorts.Count; k++)
        {
            (int from, int to, double ohms) = _graph.Shorts[k];
            state.ShortAmps[k] = ((_volts[from] - _volts[to]) / ohms).High;
        }

        return worst;

        void Add(int known, int other, DoubleDouble siemens)
        {
            amps[known - _graph.FirstSource] += siemens * (_volts[known] - _volts[other]);
            if (other < bounds.Length) errors[known - _graph.FirstSource] += siemens.High * bounds[other];
        }
    }

    // Not a number is larger than all others, so that it is never within a bound.
    private static double Largest(double[] values)
    {
        double largest = 0;
        foreach (double value in values)
            if (!(value <= largest)) largest = double.IsNaN(value) ? double.PositiveInfinity : value;
        return largest;
    }
}
