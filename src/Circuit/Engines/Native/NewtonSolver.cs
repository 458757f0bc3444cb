using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Linear;

namespace CircuitSim.Circuit.Engines.Native;

/// <summary>Newton's method on the circuit equations F(x) = 0, damped where it would diverge; owns scratch memory, so one a thread.</summary>
/// <remarks>
/// A step is accepted when the next simplified step, J(x)⁻¹F(x + λd), is shorter than the step d: the natural monotonicity
/// test of Deuflhard, Newton Methods for Nonlinear Problems, Springer 2004, section 3.3. It measures in volts whatever the scale of the equations.
/// </remarks>
internal sealed class NewtonSolver
{
    // A damped step shorter than this part of the full one no longer moves anything.
    private const double SmallestDamping = 1e-7;

    private const int UndampedIterations = 60;
    private const int QuickIterations = 15;

    // Stiff enough to outweigh any element, as in SPICE.
    private const double ClampSiemens = 1e10;

    private readonly NativeCircuit _circuit;
    private readonly EngineOptions _options;
    private readonly CancellationToken _cancellationToken;
    private readonly SparseLu _lu;
    private readonly double[] _step, _next, _noise, _sizes;
    private readonly bool[] _isCreeping;
    private double[] _point, _trial;

    // Charge rate that the factors of a linear circuit hold for; NaN when there are none to keep.
    private double _keptRate = double.NaN;

    /// <summary>Prepares the solver for a circuit.</summary>
    /// <exception cref="SingularSystemException">The pattern of the equations is singular.</exception>
    public NewtonSolver(NativeCircuit circuit, EngineOptions options, CancellationToken cancellationToken)
    {
        _circuit = circuit;
        _options = options;
        _cancellationToken = cancellationToken;
        _lu = SparseLu.Create(circuit.Matrix, out int singular, cancellationToken) ?? throw Singular(singular);
        State = new LoadState(circuit.Matrix.Values, circuit.Slots, circuit.Size, circuit.ChargeCount) { JunctionSiemens = options.MinimumConductanceSiemens };
        _point = new double[circuit.Size];
        _step = new double[circuit.Size];
        _next = new double[circuit.Size];
        _trial = new double[circuit.Size];
        _noise = new double[circuit.Size];
        _isCreeping = new bool[circuit.NodeCount];
        _sizes = new double[circuit.Size];
    }

    /// <summary>What devices see: sources, time, gmin.</summary>
    public LoadState State { get; }

    /// <summary>Conductance from every node to ground, siemens; a help that is taken away again.</summary>
    public double ShuntSiemens { get; set; }

    /// <summary>Nodes held at given voltages.</summary>
    public (int Node, double Volts)[] Clamps { get; set; } = [];

    /// <summary>Conductance from every node to its voltage in <see cref="Anchors"/>, siemens: a capacitor in a step of backward Euler.</summary>
    public double AnchorSiemens { get; set; }

    /// <summary>See <see cref="AnchorSiemens"/>.</summary>
    public double[] Anchors { get; set; } = [];

    /// <summary>What was needed to find the solutions so far.</summary>
    public ConvergenceAid Aids { get; set; }

    /// <summary>How the last call that failed stood.</summary>
    public NewtonFailure? LastFailure { get; private set; }

    /// <summary>Iterations of all calls so far.</summary>
    public int TotalIterations { get; private set; }

    /// <summary>Solves from a starting point.</summary>
    /// <param name="x">Starting point on entry; solution on success, unchanged otherwise.</param>
    /// <param name="maximumIterations">Steps allowed.</param>
    /// <returns>Null on success.</returns>
    public NewtonFailure? Solve(double[] x, int maximumIterations)
    {
        if (_circuit.IsLinear)
        {
            NewtonFailure? singular = SolveLinear(x);
            if (singular is not null) LastFailure = singular;
            return singular;
        }

        NewtonFailure? failure = Iterate(x, maximumIterations, isDamped: true);
        // Where a slope is all but infinite, as of √x at 0, full steps lead away and damped ones do not.
        if (failure is { HasNoStep: true })
        {
            failure = Iterate(x, Math.Min(maximumIterations, UndampedIterations), isDamped: false);
            if (failure is null) Aids |= ConvergenceAid.UndampedNewton;
        }

        if (failure is not null) LastFailure = failure;
        return failure;
    }

    /// <summary>Solves a time step, which begins near its solution: full steps lead there sooner than damped ones, if they lead there at all.</summary>
    /// <param name="x">Starting point on entry; solution on success, unchanged otherwise.</param>
    /// <returns>Whether they did.</returns>
    public bool SolveQuickly(double[] x)
    {
        if (_circuit.IsLinear) return Solve(x, 1) is null;
        State.IsLimited = true;
        bool isFound = Iterate(x, QuickIterations, isDamped: false) is null;
        State.IsLimited = false;
        return isFound;
    }

    private NewtonFailure? Iterate(double[] x, int maximumIterations, bool isDamped)
    {
        x.CopyTo(_point, 0);
        int worst = -1;
        double previous = 0;
        State.BeginsIteration = true;
        _circuit.Linear.Prepare(State);
        LoadPoint(_point);
        State.BeginsIteration = false;
        for (int iteration = 1; iteration <= maximumIterations; iteration++)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            TotalIterations++;
            if (_lu.Factor() is >= 0 and int singular) return new NewtonFailure(iteration, worst, previous, worst < 0 ? 0 : _point[worst], singular);
            NegatedSolve(_step);
            if (iteration > 1 && !isDamped) LengthenCreeping();
            double damping = isDamped ? Damp(_point) : FullStep(_point);
            if (damping == 0) return new NewtonFailure(iteration, worst, previous, worst < 0 ? 0 : _point[worst]) { HasNoStep = true };

            worst = Worst(_step);
            if (worst >= 0) previous = _point[worst];
            if (!isDamped) NoteCreeping();
            bool hasConverged = damping == 1 && !State.HasLimited && (IsTimeStep ? NeedsNoMore(_trial)
                : HasConverged(_point, _trial) || (IsRounding(Length(_step), _point) && Length(_next) > 0.5 * Length(_step) && CurrentsBalance(_trial)));
            (_point, _trial) = (_trial, _point);
            if (!hasConverged) continue;

            // The simplified step that the test computed is one more correction for nothing; a time step keeps the point whose charges are loaded.
            for (int i = 0; !IsTimeStep && i < _point.Length; i++) _point[i] += _next[i];
            if (_options.IsTight) Refine(_point);
            _point.CopyTo(x, 0);
            return null;
        }

        return new NewtonFailure(maximumIterations, worst, previous, worst < 0 ? 0 : _point[worst]);
    }

    /// <summary>
    /// Notes nodes at which a full step halved the way that is left, as at a double root: a quarter of the residual stays. That is so between two
    /// transistors that are all but off, whose current is a square.
    /// </summary>
    private void NoteCreeping()
    {
        for (int i = 0; i < _circuit.NodeCount; i++)
        {
            double part = _next[i] / _step[i];
            _isCreeping[i] = part is > 0.2 and < 0.3;
        }
    }

    /// <summary>Takes almost the double step there, which stays on the side of the root where the current flows.</summary>
    private void LengthenCreeping()
    {
        const double Almost = 1.9;
        for (int i = 0; i < _circuit.NodeCount; i++)
            if (_isCreeping[i]) _step[i] *= Almost;
    }

    /// <summary>True in a step of a transient whose errors matter more than those of its iteration.</summary>
    private bool IsTimeStep => State.Mode == LoadMode.Transient && !_options.IsTight;

    /// <summary>A linear circuit takes one step, and keeps its factors as long as the time step stays.</summary>
    private NewtonFailure? SolveLinear(double[] x)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        TotalIterations++;
        _circuit.Linear.Prepare(State);
        double rate = Clamps.Length > 0 || ShuntSiemens != 0 || AnchorSiemens != 0 ? double.NaN : State.Mode == LoadMode.Transient ? State.ChargeRate : 0;
        // Where rounding does not matter, the solution comes straight from the sources and the charges.
        if (IsTimeStep) Array.Clear(x);
        if (rate != _keptRate)
        {
            _keptRate = double.NaN;
            _circuit.Linear.WriteJacobian(State);
            LoadResidual(x);
            if (_lu.Factor() is >= 0 and int singular) return new NewtonFailure(1, -1, 0, 0, singular);
            _keptRate = rate;
        }
        else
        {
            LoadResidual(x);
        }

        NegatedSolve(_step);
        if (!double.IsFinite(Length(_step))) return new NewtonFailure(1, -1, 0, 0) { HasNoStep = true };
        for (int i = 0; i < x.Length; i++) x[i] += _step[i];
        if (_options.IsTight) Refine(x);
        return null;
    }

    /// <summary>The error for an unknown at which elimination stopped.</summary>
    public SingularSystemException Singular(int unknown)
    {
        string name = _circuit.Names[unknown];
        string what = unknown < _circuit.NodeCount ? $"the voltage of node '{name}'" : $"the current of '{name}'";
        return new SingularSystemException(name, $"The circuit equations do not determine {what}; look for a node without a resistive path or for sources in conflict there.");
    }

    /// <summary>F and J at a point, with shunts and clamps.</summary>
    public void Load(double[] x)
    {
        _circuit.Linear.Prepare(State);
        LoadPoint(x);
    }

    /// <summary>Notes the charges at the solution that was found last.</summary>
    public void NoteCharges(double[] x)
    {
        if (!_circuit.IsLinear && !IsTimeStep) LoadPoint(x);
        _circuit.Linear.NoteCharges(x, State.Charges);
    }

    /// <summary>Turns the rounding of each equation into that of each unknown, by the factors of the last step and with signs as if thrown.</summary>
    /// <param name="rounding">Amperes or volts of each row on entry; volts or amperes of each unknown on return.</param>
    /// <param name="volts">Rounding that refinement leaves in any voltage.</param>
    /// <param name="amps">Rounding that it leaves in any current.</param>
    public void Spread(double[] rounding, double volts, double amps)
    {
        for (int i = 0; i < rounding.Length; i++)
            if (Thrown(i) < 0) rounding[i] = -rounding[i];
        _lu.Solve(rounding);
        for (int i = 0; i < rounding.Length; i++) rounding[i] += Thrown(i) * (i < _circuit.NodeCount ? volts : amps);

        // Between −1 and 1, without a pattern, and the same every time.
        static double Thrown(int i) => (uint)(i + 1) * 0x9E3779B9u * 4.6566128730773926e-10 - 1;
    }

    private void LoadPoint(double[] x)
    {
        _circuit.Linear.WriteJacobian(State);
        LoadResidual(x);
    }

    // Linear devices write to the residual only, so that a linear circuit may leave its Jacobian as it is.
    private void LoadResidual(double[] x)
    {
        State.X = x;
        Array.Clear(State.Sizes);
        Array.Clear(State.ChargeSizes);
        State.HasLimited = false;
        if (_circuit.IsLinear && IsTimeStep) _circuit.Linear.WriteOffsets(State.Residual);
        else _circuit.Linear.WriteResidual(x, State.Residual);
        foreach (NativeDevice device in _circuit.Devices) device.Load(State);
        foreach ((int node, double volts) in Clamps)
        {
            State.AddResidual(node, ClampSiemens * (x[node] - volts));
            State.AddJacobian(_circuit.NodeDiagonal[node], ClampSiemens);
        }

        for (int n = 0; ShuntSiemens != 0 && n < _circuit.NodeCount; n++)
        {
            State.AddResidual(n, ShuntSiemens * x[n]);
            State.AddJacobian(_circuit.NodeDiagonal[n], ShuntSiemens);
        }

        for (int n = 0; AnchorSiemens != 0 && n < _circuit.NodeCount; n++)
        {
            State.AddResidual(n, AnchorSiemens * (x[n] - Anchors[n]));
            State.AddJacobian(_circuit.NodeDiagonal[n], AnchorSiemens);
        }
    }

    private void NegatedSolve(double[] target)
    {
        for (int i = 0; i < target.Length; i++) target[i] = -State.Residual[i];
        _lu.Solve(target);
    }

    private void MoveTrial(double[] point, double damping)
    {
        // What decays to nothing would end in subnormal numbers, which processors compute with a hundred times slower.
        const double Nothing = 1e-100;
        for (int i = 0; i < point.Length; i++)
        {
            double moved = point[i] + damping * _step[i];
            _trial[i] = Math.Abs(moved) < Nothing ? 0 : moved;
        }
    }

    private double FullStep(double[] point)
    {
        MoveTrial(point, 1);
        LoadPoint(_trial);
        NegatedSolve(_next);
        return double.IsFinite(Length(_trial)) ? 1 : 0;
    }

    /// <summary>Finds how much of the step to take; the equations at the new point are loaded on return.</summary>
    /// <returns>The damping factor, or 0 when no step helps.</returns>
    private double Damp(double[] point)
    {
        double length = Length(_step);
        if (!double.IsFinite(length)) return 0;
        for (double damping = 1; damping >= SmallestDamping;)
        {
            MoveTrial(point, damping);
            LoadPoint(_trial);
            NegatedSolve(_next);
            double nextLength = Length(_next);
            if (!double.IsFinite(nextLength))
            {
                damping /= 4;
                continue;
            }

            // Steps near rounding cannot be told apart any more; they are accepted.
            if (nextLength <= (1 - damping / 4) * length || (damping == 1 && HasConverged(point, _trial))) return damping;
            if (damping == 1 && IsRounding(length, point)) return damping;
            double bend = 0;
            for (int i = 0; i < _circuit.NodeCount; i++)
            {
                double difference = _next[i] - (1 - damping) * _step[i];
                bend += difference * difference;
            }

            double predicted = damping * damping * length / (2 * Math.Sqrt(bend));
            damping = Math.Min(damping / 2, Math.Max(predicted, damping / 10));
        }

        return 0;
    }

    /// <summary>Newton steps until rounding stops them; the best point stays.</summary>
    private void Refine(double[] point)
    {
        const int MostSteps = 30;
        double last = double.PositiveInfinity;
        for (int i = 0; i < MostSteps; i++)
        {
            LoadPoint(point);
            if (!_circuit.IsLinear && _lu.Factor() >= 0) return;
            NegatedSolve(_step);
            double largest = 0;
            for (int n = 0; n < _circuit.NodeCount; n++) largest = Math.Max(largest, Math.Abs(_step[n]));
            if (!(largest < last)) return;
            for (int n = 0; n < point.Length; n++) point[n] += _step[n];
            if (largest == 0 || largest > 0.5 * last) return;
            last = largest;
        }
    }

    private double Length(double[] vector)
    {
        double sum = 0;
        for (int i = 0; i < _circuit.NodeCount; i++) sum += vector[i] * vector[i];
        return Math.Sqrt(sum);
    }

    private int Worst(double[] step)
    {
        int worst = -1;
        double largest = 0;
        for (int i = 0; i < _circuit.NodeCount; i++)
        {
            if (!(Math.Abs(step[i]) > largest)) continue;
            largest = Math.Abs(step[i]);
            worst = i;
        }

        return worst;
    }

    private bool HasConverged(double[] from, double[] to)
    {
        double largestCurrent = 0;
        for (int i = _circuit.NodeCount; i < to.Length; i++) largestCurrent = Math.Max(largestCurrent, Math.Abs(to[i]));
        for (int i = 0; i < to.Length; i++)
        {
            bool isNode = i < _circuit.NodeCount;
            // Currents follow from voltages, and tight voltages leave them nothing but rounding.
            if (!isNode && _options.IsTight) break;
            double floor = isNode ? _options.VoltageToleranceVolts : _options.CurrentToleranceAmps;
            // A source whose current cancels to nothing carries the rounding of the currents that cancel.
            double size = isNode ? Math.Max(Math.Abs(from[i]), Math.Abs(to[i])) : largestCurrent;
            if (!(Math.Abs(to[i] - from[i]) <= floor + _options.RelativeTolerance * size)) return false;
        }

        return CurrentsBalance(to);
    }

    /// <summary>Whether the correction that would follow the point is a small part of the tolerances, and no sign of an iteration that creeps.</summary>
    private bool NeedsNoMore(double[] to)
    {
        const double Part = 0.1;
        double largestCurrent = 0;
        for (int i = _circuit.NodeCount; i < to.Length; i++) largestCurrent = Math.Max(largestCurrent, Math.Abs(to[i]));
        double relative = Part * _options.RelativeTolerance, volts = Part * _options.VoltageToleranceVolts, amps = Part * _options.CurrentToleranceAmps;
        for (int i = 0; i < _circuit.NodeCount; i++)
            if (!(Math.Abs(_next[i]) <= volts + relative * Math.Abs(to[i]))) return false;
        for (int i = _circuit.NodeCount; i < to.Length; i++)
            if (!(Math.Abs(_next[i]) <= amps + relative * largestCurrent)) return false;
        return CurrentsBalance(to);
    }

    /// <summary>Whether the currents at every node cancel: a tiny step also comes from a derivative that is all but infinite, as of √x at 0.</summary>
    private bool CurrentsBalance(double[] x)
    {
        // Every term of a row may carry the rounding of its voltage; in transients large charge currents cancel.
        const double Rounding = 1e-14;
        SparseMatrix matrix = _circuit.Matrix;
        State.Sizes.CopyTo(_sizes, 0);
        _circuit.Linear.AddSizes(x, _sizes);
        for (int row = 0; row < x.Length; row++) _noise[row] = State.Mode == LoadMode.Transient ? Rounding * State.ChargeSizes[row] : 0;
        for (int column = 0; column < x.Length; column++)
        {
            double size = Rounding * Math.Abs(x[column]);
            for (int p = matrix.ColumnStarts[column]; p < matrix.ColumnStarts[column + 1]; p++) _noise[matrix.RowIndices[p]] += size * Math.Abs(matrix.Values[p]);
        }

        double relative = Math.Max(_options.RelativeTolerance, 1e-6);
        for (int n = 0; n < _circuit.NodeCount; n++)
            if (!(Math.Abs(State.Residual[n]) <= _options.CurrentToleranceAmps + relative * _sizes[n] + _noise[n])) return false;
        return true;
    }

    /// <summary>True when a tight iteration has come so far that its steps may be rounding of the equations.</summary>
    private bool IsRounding(double length, double[] point) => _options.IsTight && length <= 1e-9 * (1 + Length(point));
}
