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

    /// <summary>Steps allowed on the way to a solution, where a shorter way can be tried instead.</summary>
    public const int HomotopyIterations = 60;

    private const int UndampedIterations = 60;
    private const int MostTimeSteps = 1000;
    private const int ClampedIterations = 100;
    private const int QuickIterations = 15;

    // Stiff enough to outweigh any element, as in SPICE.
    private const double ClampSiemens = 1e10;

    // What the equations may be off by, as a part of reltol: a step within reltol of a smooth element leaves far less, that of a steep one may not.
    private const double ResidualPart = 1e-3;

    // Below this part of its terms, or reltol, an equation is not asked to hold: expressions may cancel within.
    private const double SmallestResidualPart = 1e-9;

    // Charge rates whose factors are as good as each other's.
    private const double SameSize = 8;

    // Amperes, or volts of a branch, that no rounding of this engine's elements comes to, unless their slopes are beyond 1e9.
    private const double FarFromRounding = 1e-5;

    // Roundings that each term of an equation may carry; half as many again would do for the devices of this engine.
    private const double RoundingPart = 16 * 1.1102230246251565e-16;

    private readonly NativeCircuit _circuit;
    private readonly EngineOptions _options;
    private readonly CancellationToken _cancellationToken;
    private readonly SparseLu _lu;
    private readonly double[] _step, _next, _noise, _sizes;
    private readonly double[] _strictParts, _stepParts;
    private readonly bool[] _isCreeping;
    private readonly bool _mayBeSteep;
    private ExtendedSolver? _extended;
    private double[] _point, _trial;

    // Conductance from every node to its anchor, siemens: a capacitor in a step of backward Euler.
    private double _anchorSiemens;
    private double[] _anchors = [];

    // Charge rate that the factors of a linear circuit hold for; NaN when there are none to keep.
    private double _keptRate = double.NaN;
    private bool _areFactorsGood, _areFactorsTrusted;
    private double _trustedRate = double.NaN;

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
        _strictParts = new double[circuit.Size];
        Array.Fill(_strictParts, Math.Min(options.RelativeTolerance, Math.Max(SmallestResidualPart, ResidualPart * options.RelativeTolerance)));
        _stepParts = (double[])_strictParts.Clone();
        // Smooth elements leave so little after a step within its tolerance that a time step need not ask for it.
        for (int n = 0; n < circuit.NodeCount; n++) _stepParts[n] = Math.Max(_strictParts[n], options.RelativeTolerance);
        _mayBeSteep = circuit.Devices.Any(d => d.MayBeSteep);
        foreach (int row in circuit.Devices.Where(d => d.MayBeSteep).SelectMany(d => d.Rows))
            if (row >= 0) _stepParts[row] = _strictParts[row];
    }

    /// <summary>What devices see: sources, time, gmin.</summary>
    public LoadState State { get; }

    /// <summary>Conductance from every node to ground, siemens; a help that is taken away again.</summary>
    public double ShuntSiemens { get; set; }

    /// <summary>Nodes held at given voltages.</summary>
    public (int Node, double Volts)[] Clamps { get; set; } = [];

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

        NewtonFailure? failure = Iterate(x, maximumIterations, StepRule.Damped);
        // Where a slope is all but infinite, as of √x at 0, damped steps lead nowhere and full ones away; so they do where a solution ends in time.
        if (failure is { HasNoStep: true } || (failure is not null && State.Mode == LoadMode.Transient))
        {
            failure = Iterate(x, Math.Min(maximumIterations, UndampedIterations), StepRule.Full);
            if (failure is null) Aids |= ConvergenceAid.UndampedNewton;
        }

        if (failure is not null) LastFailure = failure;
        return failure;
    }

    /// <summary>Solves by steps in which junctions and voltages are kept from moving far, and equations that hold to rounding count as held.</summary>
    /// <param name="x">Starting point on entry; solution on success, unchanged otherwise.</param>
    /// <returns>Null on success.</returns>
    public NewtonFailure? SolveClamped(double[] x)
    {
        State.IsLimited = true;
        NewtonFailure? failure = Iterate(x, ClampedIterations, StepRule.Clamped);
        State.IsLimited = false;
        if (failure is not null) return failure;
        Aids |= ConvergenceAid.LimitedNewton;
        // What counted as held on the way, steps that nothing clamps may still mend.
        Iterate(x, ClampedIterations, StepRule.Damped);
        return null;
    }

    /// <summary>Solves a time step, which begins near its solution: full steps lead there sooner than damped ones, if they lead there at all.</summary>
    /// <param name="x">Starting point on entry; solution on success, unchanged otherwise.</param>
    /// <returns>Whether they did.</returns>
    public bool SolveQuickly(double[] x)
    {
        if (_circuit.IsLinear) return Solve(x, 1) is null;
        State.IsLimited = true;
        bool isFound = Iterate(x, QuickIterations, StepRule.Full) is null;
        State.IsLimited = false;
        return isFound;
    }

    /// <summary>
    /// Solves with a capacitor at every node, from the starting point on in time steps that grow until the circuit stands still without it: the way that
    /// a circuit takes whose state has ended, as a comparator's at its threshold.
    /// </summary>
    /// <param name="x">Starting point on entry; solution on success, unchanged otherwise.</param>
    /// <returns>Null on success.</returns>
    public NewtonFailure? SolveThroughTime(double[] x)
    {
        const double Slowest = 1e6, Fastest = 1e-13;
        var point = (double[])x.Clone();
        _anchors = (double[])x.Clone();
        double siemens = 1;
        NewtonFailure? failure = null;
        for (int step = 0; step < MostTimeSteps; step++)
        {
            _anchorSiemens = siemens;
            failure = Solve(point, HomotopyIterations);
            if (failure is not null)
            {
                siemens *= 8;
                if (siemens > Slowest) break;
                continue;
            }

            if (siemens == 0)
            {
                point.CopyTo(x, 0);
                Aids |= ConvergenceAid.PseudoTransient;
                return null;
            }

            point.CopyTo(_anchors, 0);
            siemens = siemens / 2 < Fastest ? 0 : siemens / 2;
        }

        _anchorSiemens = 0;
        return failure ?? LastFailure;
    }

    private NewtonFailure? Iterate(double[] x, int maximumIterations, StepRule rule)
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
            bool mayBeAtRounding = !IsTimeStep && !State.HasLimited && Largest(State.Residual, 0, _point.Length) <= FarFromRounding;
            if (_lu.Factor() is >= 0 and int singular) return new NewtonFailure(iteration, worst, previous, worst < 0 ? 0 : _point[worst], singular);
            if (rule == StepRule.Clamped) MaskRounding(_point);
            NegatedSolve(_step);
            if (iteration > 1 && rule == StepRule.Full) LengthenCreeping();
            if (rule == StepRule.Clamped) ClampStep(iteration);
            double damping = rule == StepRule.Damped ? Damp(_point) : FullStep(_point);
            bool hasConverged = damping == 1 && !State.HasLimited && (IsTimeStep ? NeedsNoMore(_trial) : HasConverged(_point, _trial));
            if (!hasConverged && mayBeAtRounding && !(damping == 1 && Length(_next) <= 0.5 * Length(_step)))
            {
                // A step that is made of rounding, as after a chain of gates of high gain, leads to no point that fits the equations better than this one.
                LoadPoint(_point);
                if (IsAtRounding(_point))
                {
                    _point.CopyTo(x, 0);
                    return null;
                }

                LoadPoint(_trial);
            }

            if (damping == 0) return new NewtonFailure(iteration, worst, previous, worst < 0 ? 0 : _point[worst]) { HasNoStep = true };

            worst = Worst(_step);
            if (worst >= 0) previous = _point[worst];
            if (rule == StepRule.Full) NoteCreeping();
            (_point, _trial) = (_trial, _point);
            if (!hasConverged) continue;

            if (_options.IsTight) Refine(_point, worst < 0 ? 0 : Math.Abs(_step[worst]));
            else if (!IsTimeStep) Polish();
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

    /// <summary>Takes equations that hold to rounding as held: after a chain of gates of high gain their rounding would move the gates behind by volts each time.</summary>
    private void MaskRounding(double[] x)
    {
        SumSizes(x);
        for (int row = 0; row < x.Length; row++)
            if (Math.Abs(State.Residual[row]) <= RoundingPart * (_noise[row] + _sizes[row])) State.Residual[row] = 0;
    }

    /// <summary>Keeps each voltage from moving by more than a volt, or itself, and by less and less when that does not settle.</summary>
    private void ClampStep(int iteration)
    {
        const int IterationsPerHalving = 20;
        double part = Math.ScaleB(1, -(iteration / IterationsPerHalving));
        for (int i = 0; i < _circuit.NodeCount; i++)
        {
            double limit = part * Math.Max(1, Math.Abs(_point[i]));
            _step[i] = Math.Clamp(_step[i], -limit, limit);
        }
    }

    /// <summary>True in a step of a transient whose errors matter more than those of its iteration.</summary>
    private bool IsTimeStep => State.Mode == LoadMode.Transient && !_options.IsTight;

    /// <summary>A linear circuit takes one step, which is refined where rounding in the factors matters, and keeps its factors as long as the time step stays.</summary>
    private NewtonFailure? SolveLinear(double[] x)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        TotalIterations++;
        _circuit.Linear.Prepare(State);
        double rate = Clamps.Length > 0 || ShuntSiemens != 0 || _anchorSiemens != 0 ? double.NaN : State.Mode == LoadMode.Transient ? State.ChargeRate : 0;
        bool isKept = rate == _keptRate;
        Array.Clear(x);
        if (isKept)
        {
            LoadResidual(x, isAtZero: true);
        }
        else
        {
            _keptRate = double.NaN;
            _circuit.Linear.WriteJacobian(State);
            LoadResidual(x, isAtZero: true);
            _areFactorsGood = _lu.Factor() < 0;
            // What a charge rate of the same size needed no correction for, this one does not either.
            _areFactorsTrusted = rate > _trustedRate / SameSize && rate < _trustedRate * SameSize;
            _keptRate = rate;
        }

        if (_areFactorsGood)
        {
            NegatedSolve(x);
            if (_areFactorsTrusted && IsTimeStep) return double.IsFinite(Length(x)) ? null : new NewtonFailure(1, -1, 0, 0) { HasNoStep = true };
            int steps = RefineLinear(x);
            _areFactorsGood = steps > 0;
            _areFactorsTrusted = steps == 1;
            _trustedRate = steps == 1 ? rate : double.NaN;
            if (_areFactorsGood) return IsTimeStep ? null : Doubted(x, v => _lu.Solve(v));
        }

        _extended ??= new ExtendedSolver(_circuit, _cancellationToken);
        int singular = _extended.Solve(State, Ties(), x);
        return singular >= 0 ? new NewtonFailure(1, -1, 0, 0, singular) : Doubted(x, _extended.SolveAgain);
    }

    /// <summary>Corrects the solution of a linear circuit by what its elements one by one are off by.</summary>
    /// <returns>Corrections needed; 0 when they do not shrink: the factors have lost what holds some node.</returns>
    private int RefineLinear(double[] x)
    {
        const int MostSteps = 20;
        const double Part = 1e-3, Shrinking = 0.1, Trust = 1e-9, FirstPart = 1e-6;
        double volts = RoundingPart * Largest(x, 0, _circuit.NodeCount), amps = double.NaN;
        for (int i = 0; i < x.Length; i++) _next[i] = Math.Max(Math.Abs(x[i]), FirstPart / RoundingPart * volts);
        for (int step = 0; step < MostSteps; step++)
        {
            LoadResidual(x, isAtZero: false);
            NegatedSolve(_step);
            bool isDone = true;
            for (int i = 0; i < x.Length; i++)
            {
                bool isNode = i < _circuit.NodeCount;
                double size = Math.Abs(_step[i]);
                if (!double.IsFinite(size)) return 0;
                double wanted = Part * ((isNode ? _options.VoltageToleranceVolts : _options.CurrentToleranceAmps) + _options.RelativeTolerance * Math.Abs(x[i]));
                if (size <= Math.Min(wanted, Trust * Math.Abs(x[i]))) continue;
                double rounding = isNode ? volts : double.IsNaN(amps) ? amps = RoundingAmps(x) : amps;
                if (size <= rounding) continue;
                isDone = false;
                if (size > Shrinking * Math.Abs(_next[i])) return 0;
            }

            for (int i = 0; i < x.Length; i++) x[i] += _step[i];
            if (isDone) return step + 1;
            _step.CopyTo(_next, 0);
        }

        return 0;
    }

    /// <summary>Refuses a solution that one rounding of each element would move by much: not the circuit decides it, but the last digit of its values.</summary>
    private NewtonFailure? Doubted(double[] x, Action<double[]> solve)
    {
        const double LargestPart = 1e-4;
        Array.Clear(_next);
        _circuit.Linear.AddRounding(x, _next);
        solve(_next);
        int worst = -1;
        double most = LargestPart * Largest(x, 0, _circuit.NodeCount);
        for (int i = 0; i < _circuit.NodeCount; i++)
            if (!(Math.Abs(_next[i]) <= most)) (worst, most) = (i, Math.Abs(_next[i]));
        return worst < 0 ? null : new NewtonFailure(1, -1, 0, 0, worst);
    }

    /// <summary>What rounding of the voltages leaves in currents that have no equation but that of their node.</summary>
    private double RoundingAmps(double[] x)
    {
        SumSizes(x);
        return RoundingPart * Largest(_noise, 0, _circuit.NodeCount);
    }

    private static double Largest(double[] x, int from, int to)
    {
        double largest = 0;
        for (int i = from; i < to; i++) largest = Math.Max(largest, Math.Abs(x[i]));
        return largest;
    }

    /// <summary>Conductances to fixed voltages that stand beside the circuit's own elements.</summary>
    private IEnumerable<(int Node, double Siemens, double Volts)> Ties()
    {
        foreach ((int node, double volts) in Clamps) yield return (node, ClampSiemens, volts);
        for (int n = 0; ShuntSiemens != 0 && n < _circuit.NodeCount; n++) yield return (n, ShuntSiemens, 0);
        for (int n = 0; _anchorSiemens != 0 && n < _circuit.NodeCount; n++) yield return (n, _anchorSiemens, _anchors[n]);
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
        LoadResidual(x, isAtZero: false);
    }

    // Linear devices write to the residual only, so that a linear circuit may leave its Jacobian as it is.
    private void LoadResidual(double[] x, bool isAtZero)
    {
        State.X = x;
        Array.Clear(State.Sizes);
        Array.Clear(State.ChargeSizes);
        State.HasLimited = false;
        if (isAtZero) _circuit.Linear.WriteOffsets(State.Residual);
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

        for (int n = 0; _anchorSiemens != 0 && n < _circuit.NodeCount; n++)
        {
            State.AddResidual(n, _anchorSiemens * (x[n] - _anchors[n]));
            State.AddJacobian(_circuit.NodeDiagonal[n], _anchorSiemens);
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

    /// <summary>The simplified step that the test computed is one more correction for nothing, where the equations hold better with it.</summary>
    private void Polish()
    {
        for (int i = 0; i < _point.Length; i++) _trial[i] = _point[i] + _next[i];
        // Between smooth elements a correction that shrank as Newton corrections do needs no proof.
        if (!_mayBeSteep && Length(_next) <= 0.01 * Length(_step))
        {
            (_point, _trial) = (_trial, _point);
            return;
        }

        double before = Imbalance(_point);
        LoadPoint(_trial);
        if (!State.HasLimited && Imbalance(_trial) <= before) (_point, _trial) = (_trial, _point);
    }

    /// <summary>Newton steps until rounding stops them; the best point stays.</summary>
    /// <param name="point">The point, within a step of its solution.</param>
    /// <param name="last">Length of the step that led there.</param>
    private void Refine(double[] point, double last)
    {
        const int MostSteps = 30;
        for (int i = 0; i < MostSteps; i++)
        {
            LoadPoint(point);
            if (_lu.Factor() >= 0) return;
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

        return Imbalance(to) <= 1;
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
        return Imbalance(to) <= 1;
    }

    /// <summary>
    /// By how much the equations at the point that is loaded are off, as a part of what they may be off by: currents at a node by abstol, voltages of a
    /// branch by vntol, both by a part of their terms and by rounding. A small step alone says little where a slope is steep.
    /// </summary>
    private double Imbalance(double[] x)
    {
        // Every term of a row may carry the rounding of its voltage; in transients large charge currents cancel.
        const double Rounding = 1e-14;
        double[] parts = IsTimeStep ? _stepParts : _strictParts;
        SumSizes(x);
        double largest = 0;
        for (int row = 0; row < x.Length; row++)
        {
            double floor = row < _circuit.NodeCount ? _options.CurrentToleranceAmps : _options.VoltageToleranceVolts;
            double ratio = Math.Abs(State.Residual[row]) / (floor + parts[row] * _sizes[row] + Rounding * _noise[row]);
            if (!(ratio <= largest)) largest = ratio;
        }

        return largest;
    }

    /// <summary>True when every equation at the point that is loaded is as near to holding as the rounding of its terms lets one tell.</summary>
    private bool IsAtRounding(double[] x)
    {
        SumSizes(x);
        for (int row = 0; row < x.Length; row++)
            if (!(Math.Abs(State.Residual[row]) <= RoundingPart * (_noise[row] + _sizes[row]))) return false;
        return true;
    }

    /// <summary>Sums the sizes of the terms of each equation, and of what their rounding follows: slopes times voltages.</summary>
    private void SumSizes(double[] x)
    {
        SparseMatrix matrix = _circuit.Matrix;
        State.Sizes.CopyTo(_sizes, 0);
        _circuit.Linear.AddSizes(x, _sizes);
        for (int row = 0; row < x.Length; row++) _noise[row] = State.Mode == LoadMode.Transient ? State.ChargeSizes[row] : 0;
        for (int column = 0; column < x.Length; column++)
        {
            double size = Math.Abs(x[column]);
            for (int p = matrix.ColumnStarts[column]; p < matrix.ColumnStarts[column + 1]; p++) _noise[matrix.RowIndices[p]] += size * Math.Abs(matrix.Values[p]);
        }
    }
}
