using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Circuit.Engines.Native;

/// <summary>Runs the analyses of one circuit.</summary>
internal sealed class NativeRun
{
    private readonly Netlist _netlist;
    private readonly NativeCircuit _circuit;
    private readonly EngineOptions _options;
    private readonly CancellationToken _cancellationToken;
    private readonly NewtonSolver _newton;
    private readonly OperatingPointSolver _operatingPoint;
    private readonly OutputVectors _outputs;

    public NativeRun(Netlist netlist, NativeCircuit circuit, EngineOptions options, CancellationToken cancellationToken)
    {
        _netlist = netlist;
        _circuit = circuit;
        _options = options;
        _cancellationToken = cancellationToken;
        _newton = new NewtonSolver(circuit, options, cancellationToken);
        _operatingPoint = new OperatingPointSolver(circuit, options, _newton, cancellationToken);
        _outputs = OutputVectors.Choose(MeasureEvaluation.WithMeasured(netlist), circuit);
    }

    /// <summary>Runs one analysis.</summary>
    /// <exception cref="EngineException">The analysis is unknown.</exception>
    public AnalysisResult Run(Analysis analysis)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        AnalysisLimits.Check(analysis, _outputs.Count, _options);
        _newton.State.Mode = LoadMode.Direct;
        _newton.State.FollowsWaveforms = false;
        _newton.State.Seconds = 0;
        _newton.Aids = ConvergenceAid.None;
        AnalysisResult result = analysis switch
        {
            OperatingPointAnalysis => OperatingPoint(),
            DcSweepAnalysis dc => Sweep(dc),
            TransientAnalysis transient => Transient(transient),
            AcAnalysis ac => SmallSignal(ac),
            _ => throw new EngineException(NativeEngine.EngineName, $"analysis {analysis.GetType().Name} is not known; solve the netlist with --engine ngspice."),
        };
        return MeasureEvaluation.Apply(_netlist, analysis, result with { Aids = _newton.Aids });
    }

    private OperatingPoint OperatingPoint()
    {
        int before = _newton.TotalIterations;
        double[] x = Start();
        double[] row = _outputs.Row(x);
        int volts = _outputs.VoltNames.Count;
        return new OperatingPoint(_newton.TotalIterations - before, Named(_outputs.VoltNames, row[..volts]), Named(_outputs.AmpNames, row[volts..]));

        static Dictionary<string, double> Named(IReadOnlyList<string> names, double[] values)
        {
            var named = new Dictionary<string, double>(names.Count);
            for (int i = 0; i < values.Length; i++) named[names[i]] = values[i];
            return named;
        }
    }

    private DcSweepResult Sweep(DcSweepAnalysis dc)
    {
        IndependentSource inner = Source(dc.Inner.Source);
        IndependentSource? outer = dc.Outer is null ? null : Source(dc.Outer.Source);
        var levels = new List<double>();
        var lost = new List<LostPoint>();
        CircuitSimException? first = null;
        var recorder = new OutputRecorder<double>(_outputs);
        double[]? x = null;
        try
        {
            foreach (double? outerLevel in dc.Outer?.Levels.Select(l => (double?)l) ?? [null])
            {
                if (outer is not null) outer.SweptLevel = outerLevel;
                foreach (double level in dc.Inner.Levels)
                {
                    _cancellationToken.ThrowIfCancellationRequested();
                    inner.SweptLevel = level;
                    try
                    {
                        double[] point = PointAfter(x);
                        recorder.Add(point);
                        levels.Add(level);
                        x = point;
                    }
                    catch (Exception e) when (e is ConvergenceException or SingularSystemException)
                    {
                        first ??= (CircuitSimException)e;
                        lost.Add(new LostPoint(level, outerLevel, e.Message));
                    }
                }
            }
        }
        finally
        {
            inner.SweptLevel = null;
            if (outer is not null) outer.SweptLevel = null;
        }

        if (levels.Count == 0 && first is not null) throw first;
        return new DcSweepResult(dc.Inner.Source, levels, recorder.NodeVolts(), recorder.BranchAmps()) { LostPoints = lost };
    }

    /// <summary>The next point of a sweep: the point before is the best guess, and the guess of an operating point the next one.</summary>
    private double[] PointAfter(double[]? last)
    {
        if (last is null) return Start();
        var x = (double[])last.Clone();
        try
        {
            _operatingPoint.Solve(x);
            return x;
        }
        catch (ConvergenceException)
        {
            return Start();
        }
    }

    private TransientResult Transient(TransientAnalysis transient)
    {
        LoadState state = _newton.State;
        state.FollowsWaveforms = true;
        state.StepSeconds = transient.StepSeconds;
        state.StopSeconds = transient.StopSeconds;
        double[] x;
        if (transient.UsesInitialConditions)
        {
            x = new double[_circuit.Size];
            foreach ((int node, double volts) in Clamps(_netlist.InitialVolts, ".ic")) x[node] = volts;
        }
        else
        {
            _newton.Clamps = Clamps(_netlist.InitialVolts, ".ic");
            x = Start();
            _newton.Clamps = [];
        }

        bool usesGear = _netlist.Options.TryGetValue("method", out string? method) && method == "gear";
        return new TransientSolver(_circuit, _options, _newton, _outputs, usesGear).Run(transient, x);
    }

    private AcResult SmallSignal(AcAnalysis ac)
    {
        // What only capacitors hold may have any level at DC.
        _newton.Clamps = [.. TopologyCheck.FloatingNodes(_circuit).Select(n => (n, 0.0))];
        double[] x = Start();
        _newton.Clamps = [];
        return new SmallSignalSolver(_circuit, _newton).Run(ac, x, _outputs, _cancellationToken);
    }

    /// <summary>The operating point, from the node voltages guessed in .nodeset if there are any.</summary>
    private double[] Start()
    {
        var x = new double[_circuit.Size];
        (int Node, double Volts)[] guesses = Clamps(_netlist.GuessedVolts, ".nodeset");
        if (guesses.Length > 0)
        {
            (int Node, double Volts)[] held = _newton.Clamps;
            _newton.Clamps = [.. held, .. guesses];
            _operatingPoint.Solve(x);
            _newton.Clamps = held;
        }

        _operatingPoint.Solve(x);
        return x;
    }

    private (int Node, double Volts)[] Clamps(IReadOnlyDictionary<string, double> volts, string statement)
    {
        string[] unknown = [.. volts.Keys.Where(n => !_circuit.Nodes.ContainsKey(n)).Select(n => $"{statement} gives v({n}), but the circuit has no such node.")];
        if (unknown.Length > 0) throw new InvalidDesignException($"Netlist '{_netlist.Title}'", unknown);
        return [.. volts.Select(v => (_circuit.Nodes[v.Key], v.Value))];
    }

    private IndependentSource Source(string name) => _circuit.Sources.TryGetValue(name, out IndependentSource? source)
        ? source
        : throw new InvalidDesignException($"Netlist '{_netlist.Title}'", [$".dc sweeps {name}, but the circuit has no independent source of that name."]);
}
