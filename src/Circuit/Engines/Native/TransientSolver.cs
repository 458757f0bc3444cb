using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Circuit.Engines.Native;

/// <summary>Transient analysis with steps chosen by the local truncation error, landing on every corner of a source.</summary>
/// <remarks>
/// The error of a step is estimated from the difference between the solution and a parabola through the three points before, after
/// Nagel, SPICE2, UCB/ERL M520, 1975, chapter 4. It is measured against each unknown's largest value so far.
/// </remarks>
internal sealed class TransientSolver(NativeCircuit circuit, EngineOptions options, NewtonSolver newton, OutputVectors outputs)
{
    private const int StepIterations = 40;
    private const double LargestGrowth = 2;
    private const int MostCorners = 1_000_000;

    // Two for each rejected step, one less for each accepted one.
    private const int UnrestBeforeEuler = 8;

    // What begins at rest has no size yet to be exact against; below these nothing needs to be.
    private const double SmallestVolts = 1e-9;
    private const double SmallestAmps = 1e-15;

    private readonly IntegrationFormula _formula = new(circuit.ChargeCount);
    private readonly List<(double Time, double[] X)> _history = [];
    private readonly double[] _scale = new double[circuit.Size];
    private readonly bool[] _isWatched = Watched(circuit);
    private int _unrest;

    /// <summary>True for Gear's formula instead of the trapezoidal rule.</summary>
    public bool UsesGear { get; init; }

    /// <summary>Integrates from a starting point.</summary>
    /// <param name="transient">Times.</param>
    /// <param name="x">Operating point, or initial conditions.</param>
    /// <exception cref="ConvergenceException">A step does not converge however short it is.</exception>
    public TransientResult Run(TransientAnalysis transient, double[] x)
    {
        LoadState state = newton.State;
        double stop = transient.StopSeconds;
        double longest = transient.MaximumStepSeconds ?? Math.Min(transient.StepSeconds, (stop - transient.StartSeconds) / 50);
        double shortest = 1e-14 * stop;
        var recorder = new OutputRecorder<double>();
        var times = new List<double>();

        newton.Load(x);
        if (transient.UsesInitialConditions) foreach (NativeDevice device in circuit.Devices) device.SetInitialCharges(state.Charges);
        _formula.Begin(state.Charges);
        AcceptDevices();
        state.Mode = LoadMode.Transient;
        if (transient.UsesInitialConditions) Settle(x, 1e-6 * Math.Min(longest, transient.StepSeconds));
        Record(0, x);

        double time = 0;
        foreach (double corner in Corners(transient))
        {
            // Nothing smooth leads over a corner: history begins anew, with a short step.
            _history.Clear();
            _history.Add((time, (double[])x.Clone()));
            double step = Math.Min(longest, corner - time) / 100;
            while (time < corner)
            {
                step = Math.Min(step, longest);
                bool reachesCorner = time + step * 1.0001 >= corner;
                // Two equal steps to the corner are better than a long and a tiny one.
                double target = reachesCorner ? corner : time + (time + 2 * step > corner ? (corner - time) / 2 : step);
                double taken = target - time;
                (bool isGood, double next) = Attempt(target, taken, x);
                if (!isGood)
                {
                    step = next;
                    if (step < shortest) throw Failure(time, x);
                    continue;
                }

                time = target;
                Record(time, x);
                step = next;
            }
        }

        return new TransientResult(times, recorder.NodeVolts(), recorder.BranchAmps());

        void Record(double at, double[] solution)
        {
            for (int i = 0; i < solution.Length; i++) _scale[i] = Math.Max(_scale[i], Math.Abs(solution[i]));
            if (at < transient.StartSeconds) return;
            times.Add(at);
            recorder.Add(outputs.NodeVolts(solution), outputs.BranchAmps(solution));
        }
    }

    /// <summary>Tries one step; on success the solution replaces <paramref name="x"/>.</summary>
    /// <returns>Whether it was accepted, and the step to try next.</returns>
    private (bool IsGood, double NextStep) Attempt(double target, double step, double[] x)
    {
        LoadState state = newton.State;
        state.Seconds = target;
        int points = _history.Count;
        if (points == 1) _formula.Euler(state, step);
        else if (UsesGear) _formula.Gear(state, step, _history[^1].Time - _history[^2].Time);
        else _formula.Trapezoidal(state, step);

        double[] predicted = Predict(target);
        var solution = (double[])predicted.Clone();
        if (newton.Solve(solution, StepIterations) is not null) return (false, step / 8);
        double ratio = points >= 3 ? ErrorRatio(solution, predicted, target, step) : 0;
        if (ratio > 1)
        {
            // A kink in a capacitance makes the trapezoidal rule ring whatever the step; one step of backward Euler stops that.
            _unrest += 2;
            if (_unrest >= UnrestBeforeEuler)
            {
                _unrest = 0;
                _history.RemoveRange(0, points - 1);
            }

            return (false, step * Math.Max(0.1, 0.9 * Math.Pow(ratio, -1.0 / 3)));
        }

        _unrest = Math.Max(0, _unrest - 1);

        newton.Load(solution);
        _formula.Accept(state);
        AcceptDevices();
        solution.CopyTo(x, 0);
        _history.Add((target, solution));
        if (_history.Count > 3) _history.RemoveAt(0);
        // Without an estimate the step grows carefully.
        double growth = points < 3 ? 1.5 : Math.Min(LargestGrowth, 0.9 * Math.Pow(Math.Max(ratio, 1e-6), -1.0 / 3));
        return (true, step * growth);
    }

    /// <summary>The point that a parabola (or what there is of it) through the history leads to.</summary>
    private double[] Predict(double target)
    {
        (double t0, double[] x0) = _history[^1];
        var predicted = (double[])x0.Clone();
        if (_history.Count == 1) return predicted;
        (double t1, double[] x1) = _history[^2];
        for (int i = 0; i < predicted.Length; i++)
        {
            double slope = (x0[i] - x1[i]) / (t0 - t1);
            predicted[i] += slope * (target - t0);
            if (_history.Count < 3) continue;
            (double t2, double[] x2) = _history[^3];
            double bend = (slope - (x1[i] - x2[i]) / (t1 - t2)) / (t0 - t2);
            predicted[i] += bend * (target - t0) * (target - t1);
        }

        return predicted;
    }

    /// <summary>Largest local error as a part of what is allowed.</summary>
    private double ErrorRatio(double[] solution, double[] predicted, double target, double step)
    {
        double before = _history[^1].Time - _history[^2].Time;
        double predictor = step * (target - _history[^2].Time) * (target - _history[^3].Time) / 6;
        double corrector = UsesGear ? step * step * (step + before) * (step + before) / (6 * (2 * step + before)) : step * step * step / 12;
        double share = corrector / (predictor + corrector);
        double worst = 0;
        for (int i = 0; i < solution.Length; i++)
        {
            if (!_isWatched[i]) continue;
            double floor = i < circuit.NodeCount ? Math.Max(options.VoltageToleranceVolts, SmallestVolts) : Math.Max(options.CurrentToleranceAmps, SmallestAmps);
            double allowed = options.TransientRelativeTolerance * Math.Max(_scale[i], Math.Abs(solution[i])) + floor;
            worst = Math.Max(worst, share * Math.Abs(solution[i] - predicted[i]) / allowed);
        }

        return worst;
    }

    /// <summary>From initial conditions: a step so short that charges cannot move finds the voltages that fit them.</summary>
    private void Settle(double[] x, double step)
    {
        _formula.Euler(newton.State, step);
        newton.State.Seconds = 0;
        if (newton.Solve(x, options.MaximumIterations) is not null) throw Failure(0, x);
        newton.Load(x);
        _formula.Accept(newton.State);
        AcceptDevices();
    }

    private void AcceptDevices()
    {
        foreach (NativeDevice device in circuit.Devices) device.Accept();
    }

    /// <summary>Corners of all sources and the end, ascending.</summary>
    private double[] Corners(TransientAnalysis transient)
    {
        double stop = transient.StopSeconds, apart = 1e-9 * Math.Min(transient.StepSeconds, stop);
        var all = new List<double>();
        foreach ((string name, IndependentSource source) in circuit.Sources)
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

    /// <summary>Node voltages and fluxes are watched; currents of sources follow from them.</summary>
    private static bool[] Watched(NativeCircuit circuit)
        => [.. Enumerable.Range(0, circuit.Size).Select(i => i < circuit.NodeCount || circuit.FluxBranches.Contains(i))];

    private ConvergenceException Failure(double time, double[] x)
    {
        NewtonFailure? last = newton.LastFailure;
        int node = last is { WorstUnknown: >= 0 } ? last.WorstUnknown : 0;
        return new ConvergenceException(
            FormattableString.Invariant($"Transient analysis at {time:G6} s"), newton.TotalIterations, Math.Abs((last?.LastVolts ?? x[node]) - x[node]), "V",
            circuit.Names[node], x[node], last?.LastVolts ?? x[node],
            "Add capacitance at that node, smooth the source that switches there, or loosen reltol.");
    }
}
