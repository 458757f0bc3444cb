using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Linear;
using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Circuit.Engines.Native;

/// <summary>Transient analysis with steps chosen by the local truncation error of the charges, landing on every corner of a source.</summary>
internal sealed class TransientSolver
{
    private const int StepIterations = 40;

    // Part of the time from corner to corner.
    private const double SmallestStep = 1e-14;
    private const double LargestGrowth = 2;

    // The first step from a corner is of first order: it is short, and the next ones grow the faster, under their estimates.
    private const double CornerPart = 1e-3;
    private const double CornerGrowth = 8;
    private const int CornerSteps = 6;
    private const double SmallestPart = 1e-4;

    // Steps in a row over which a charge may jump.
    private const int MostJumps = 1000;
    private const int MostCorners = 1_000_000;

    // Part of the time so far below which a step that fails means that there is no way on.
    private const double JumpPart = 1e-9;

    // Two for each rejected step, one less for each accepted one.
    private const int UnrestBeforeEuler = 8;

    private readonly NativeCircuit _circuit;
    private readonly EngineOptions _options;
    private readonly NewtonSolver _newton;
    private readonly OutputVectors _outputs;
    private readonly IntegrationFormula _formula;
    private readonly double[] _times = new double[3];
    private readonly double[][] _points;
    private readonly double[] _predicted, _rounding, _chargeRounding;
    private double[] _solution;
    private int _pointCount, _sinceCorner, _unrest, _jumps;
    private bool _hasFailed, _hasLookedAhead;
    private double _horizon;

    /// <summary>Creates the solver.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <param name="options">Tolerances.</param>
    /// <param name="newton">Solves each point.</param>
    /// <param name="outputs">What is recorded.</param>
    /// <param name="usesGear">True for Gear's formula instead of the trapezoidal rule.</param>
    public TransientSolver(NativeCircuit circuit, EngineOptions options, NewtonSolver newton, OutputVectors outputs, bool usesGear)
    {
        _circuit = circuit;
        _options = options;
        _newton = newton;
        _outputs = outputs;
        _formula = new IntegrationFormula(circuit.ChargeCount, usesGear);
        _points = [new double[circuit.Size], new double[circuit.Size], new double[circuit.Size]];
        _solution = new double[circuit.Size];
        _predicted = new double[circuit.Size];
        _rounding = new double[circuit.Size];
        _chargeRounding = new double[circuit.ChargeCount];
    }

    /// <summary>Integrates from a starting point.</summary>
    /// <param name="transient">Times.</param>
    /// <param name="x">Operating point, or initial conditions.</param>
    /// <exception cref="ConvergenceException">A step does not converge however short it is.</exception>
    public TransientResult Run(TransientAnalysis transient, double[] x)
    {
        LoadState state = _newton.State;
        double stop = transient.StopSeconds;
        double longest = LongestStep(transient);
        var recorder = new OutputRecorder<double>(_outputs);
        var times = new List<double>();

        state.Mode = LoadMode.Initial;
        _newton.Load(x);
        _circuit.Linear.NoteCharges(x, state.Charges);
        if (transient.UsesInitialConditions) _circuit.Linear.SetInitialCharges(state.Charges);
        _formula.Begin(state.Charges);
        AcceptDevices();
        state.Mode = LoadMode.Transient;
        if (transient.UsesInitialConditions) Settle(x, 1e-6 * Math.Min(longest, transient.StepSeconds));
        Record(0, x);

        double time = 0;
        x.CopyTo(_points[0], 0);
        double[] corners = Corners(transient);
        for (int c = 0; c < corners.Length; c++)
        {
            // Nothing smooth leads over a corner: history begins anew, with a short step.
            double corner = corners[c];
            Restart(time);
            _hasLookedAhead = false;
            // Past a short ramp the sources are at their new levels.
            _horizon = Math.Min(longest, corners[Math.Min(c + 1, corners.Length - 1)] - time);
            double step = CornerPart * Math.Min(longest, corner - time), shortest = Math.Max(SmallestStep * (corner - time), 16 * Math.BitIncrement(corner) - 16 * corner);
            while (time < corner)
            {
                step = Math.Min(step, longest);
                double rest = corner - time;
                bool reachesCorner = step * 1.0001 >= rest;
                // Two equal steps to the corner are better than a long and a tiny one.
                double taken = reachesCorner ? rest : 2 * step > rest ? rest / 2 : step;
                double target = reachesCorner ? corner : time + taken;
                (bool isGood, double next) = Attempt(target, taken, shortest);
                if (!isGood)
                {
                    step = next;
                    if (step < shortest) throw Failure(time);
                    continue;
                }

                time = target;
                Record(time, _points[0]);
                step = next;
            }
        }

        return new TransientResult(times, recorder.NodeVolts(), recorder.BranchAmps());

        void Record(double at, double[] solution)
        {
            if (at < transient.StartSeconds) return;
            AnalysisLimits.CheckSoFar(times.Count + 1, _outputs.Count, _options);
            times.Add(at);
            recorder.Add(solution);
        }
    }

    /// <summary>The longest step of an analysis, seconds.</summary>
    public static double LongestStep(TransientAnalysis transient)
        => transient.MaximumStepSeconds ?? Math.Min(transient.StepSeconds, (transient.StopSeconds - transient.StartSeconds) / 50);

    private void Restart(double time)
    {
        _formula.Restart();
        _pointCount = 1;
        _sinceCorner = 0;
        _times[0] = time;
    }

    /// <summary>Tries one step; on success its solution is the first of the last points.</summary>
    /// <returns>Whether it was accepted, and the step to try next.</returns>
    private (bool IsGood, double NextStep) Attempt(double target, double step, double shortest)
    {
        LoadState state = _newton.State;
        state.Seconds = target;
        _formula.Prepare(state, step);
        // A linear circuit is solved from nothing.
        if (!_circuit.IsLinear)
        {
            Predict(target, _solution);
            _solution.CopyTo(_predicted, 0);
        }

        // A shorter step comes cheaper than a damped iteration, once.
        bool isFound = _newton.SolveQuickly(_solution) || ((_hasFailed || _options.IsTight) && _newton.Solve(_solution, StepIterations) is null)
            || (step < JumpPart * target && HasJumped());
        _hasFailed = !isFound;
        if (!isFound)
        {
            // Where a capacitance ends, the trapezoidal rule would turn the current round that flowed into it.
            Restart(_times[0]);
            return (false, step / 8);
        }

        _newton.NoteCharges(_solution);
        int order = _formula.ErrorOrder;
        double ratio = _formula.ErrorRatio(state, _options);
        if (ratio > 1) ratio = ErrorRatioAboveRounding();
        // What changes a charge within the shortest step is a jump, and no error.
        bool isJump = ratio > 1 && step < 10 * shortest;
        if (isJump && ++_jumps > MostJumps) return (false, 0);
        if (ratio > 1 && !isJump)
        {
            if (!_hasLookedAhead && _sinceCorner <= CornerSteps) LookAhead();
            // A kink in a capacitance makes the trapezoidal rule ring whatever the step; one step of backward Euler stops that.
            _unrest += 2;
            if (_unrest >= UnrestBeforeEuler)
            {
                _unrest = 0;
                Restart(_times[0]);
            }

            // The change that the first step's error is taken from may be a jump at the corner, which shrinks no faster than the step.
            return (false, Math.Max(shortest, step * (order == 2 ? Math.Max(SmallestPart, 0.9 / ratio) : Math.Max(0.1, 0.9 * Math.Pow(ratio, -1.0 / 3)))));
        }

        _unrest = Math.Max(0, _unrest - 1);
        if (!isJump) _jumps = 0;
        double most = ++_sinceCorner > CornerSteps ? LargestGrowth : CornerGrowth;
        double growth = Math.Min(most, 0.9 * Math.Pow(Math.Max(ratio, 1e-6), -1.0 / order));
        bool hasLeft = HasLeftItsCurve();
        _formula.Accept(state);
        AcceptDevices();
        (_points[0], _points[1], _points[2], _solution) = (_solution, _points[0], _points[1], _points[2]);
        (_times[0], _times[1], _times[2]) = (target, _times[0], _times[1]);
        _pointCount = hasLeft ? 1 : Math.Min(_pointCount + 1, 3);
        if (isJump) Restart(target);
        return (true, Math.Max(shortest, step * growth));
    }

    /// <summary>The error once more, without what may be rounding: at rest charges change by nothing else, which no step is short enough for.</summary>
    private double ErrorRatioAboveRounding()
    {
        // A few units in the last place, which the weights of uneven steps enlarge.
        const double Rounding = 1e-14;
        LoadState state = _newton.State;
        SparseMatrix matrix = _circuit.Matrix;
        state.Sizes.CopyTo(_rounding, 0);
        _circuit.Linear.AddSizes(_solution, _rounding);
        for (int column = 0; column < _solution.Length; column++)
        {
            double size = Math.Abs(_solution[column]);
            for (int p = matrix.ColumnStarts[column]; p < matrix.ColumnStarts[column + 1]; p++) _rounding[matrix.RowIndices[p]] += size * Math.Abs(matrix.Values[p]);
        }

        double volts = 0, amps = 0;
        for (int row = 0; row < _rounding.Length; row++)
        {
            _rounding[row] *= Rounding;
            if (row >= _circuit.NodeCount) continue;
            volts = Math.Max(volts, Rounding * Math.Abs(_solution[row]));
            amps = Math.Max(amps, _rounding[row]);
        }

        _newton.Spread(_rounding, volts, amps);
        _circuit.Linear.NoteCharges(_rounding, _chargeRounding);
        return _formula.ErrorRatio(state, _options, _chargeRounding);
    }

    /// <summary>Tells the error control how far charges will move: a long step of backward Euler is no solution, but of the right size.</summary>
    private void LookAhead()
    {
        _hasLookedAhead = true;
        LoadState state = _newton.State;
        state.Seconds = _times[0] + _horizon;
        _formula.PrepareEuler(state, _horizon);
        _points[0].CopyTo(_solution, 0);
        if (!_newton.SolveQuickly(_solution)) return;
        _newton.NoteCharges(_solution);
        _formula.NoteExtent(state.Charges);
    }

    /// <summary>Where a state ends, as a comparator's at its threshold, no step is short enough: the circuit goes to another one at once.</summary>
    private bool HasJumped()
    {
        Restart(_times[0]);
        _formula.Prepare(_newton.State, _newton.State.Seconds - _times[0]);
        _points[0].CopyTo(_solution, 0);
        return _newton.SolveThroughTime(_solution) is null;
    }

    /// <summary>The point that a parabola (or what there is of it) through the last points leads to.</summary>
    private void Predict(double target, double[] predicted)
    {
        double[] x0 = _points[0], x1 = _points[1], x2 = _points[2];
        double t0 = _times[0], t1 = _times[1], t2 = _times[2];
        if (_pointCount == 1)
        {
            x0.CopyTo(predicted, 0);
        }
        else if (_pointCount == 2)
        {
            double w1 = -(target - t0) / (t0 - t1), w0 = 1 - w1;
            for (int i = 0; i < predicted.Length; i++) predicted[i] = w0 * x0[i] + w1 * x1[i];
        }
        else
        {
            double w0 = (target - t1) * (target - t2) / ((t0 - t1) * (t0 - t2)), w1 = (target - t0) * (target - t2) / ((t1 - t0) * (t1 - t2));
            double w2 = (target - t0) * (target - t1) / ((t2 - t0) * (t2 - t1));
            for (int i = 0; i < predicted.Length; i++) predicted[i] = w0 * x0[i] + w1 * x1[i] + w2 * x2[i];
        }
    }

    /// <summary>
    /// True when the solution is far from where the points before led, as past a comparator's threshold: a curve over the jump would lead back to the
    /// state before, which may solve the equations as well.
    /// </summary>
    private bool HasLeftItsCurve()
    {
        const double Part = 0.25;
        double missed = 0, largest = 0;
        for (int n = 0; n < _circuit.NodeCount && !_circuit.IsLinear; n++)
        {
            missed = Math.Max(missed, Math.Abs(_solution[n] - _predicted[n]));
            largest = Math.Max(largest, Math.Abs(_solution[n]));
        }

        return missed > Part * largest;
    }

    /// <summary>From initial conditions: a step so short that charges cannot move finds the voltages that fit them.</summary>
    private void Settle(double[] x, double step)
    {
        _formula.Prepare(_newton.State, step);
        _newton.State.Seconds = 0;
        if (_newton.Solve(x, _options.MaximumIterations) is not null) throw Failure(0);
        _newton.NoteCharges(x);
        _formula.Accept(_newton.State);
        AcceptDevices();
    }

    private void AcceptDevices()
    {
        foreach (NativeDevice device in _circuit.Devices) device.Accept();
    }

    /// <summary>Corners of all sources and the end, ascending.</summary>
    private double[] Corners(TransientAnalysis transient)
    {
        double stop = transient.StopSeconds, apart = 1e-9 * Math.Min(transient.StepSeconds, stop);
        var all = new List<double>();
        foreach ((string name, IndependentSource source) in _circuit.Sources)
        {
            int count = 0;
            foreach (double corner in source.Value.Waveform?.Corners(transient.StepSeconds, stop) ?? [])
            {
                if (corner > apart && corner < stop - apart) all.Add(corner);
                if (++count > MostCorners)
                    throw new InvalidDesignException("Transient analysis", [FormattableString.Invariant($"{name} has more than {MostCorners} corners before {stop:R} s; its period is too short.")]);
            }
        }

        all.Sort();
        var corners = new List<double>();
        foreach (double corner in all)
            if (corners.Count == 0 || corner - corners[^1] > apart) corners.Add(corner);
        return [.. corners, stop];
    }

    private ConvergenceException Failure(double time)
    {
        NewtonFailure? last = _newton.LastFailure;
        int node = last is { WorstUnknown: >= 0 } ? last.WorstUnknown : 0;
        double volts = _points[0][node];
        return new ConvergenceException(
            FormattableString.Invariant($"Transient analysis at {time:G6} s"), _newton.TotalIterations, Math.Abs((last?.LastVolts ?? volts) - volts), "V",
            _circuit.Names[node], volts, last?.LastVolts ?? volts,
            "Add capacitance at that node, smooth the source that switches there, or loosen reltol.");
    }
}
