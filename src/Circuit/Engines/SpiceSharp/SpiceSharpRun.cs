using System.Numerics;
using CircuitSim.Circuit.Engines.Ngspice;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;
using global::SpiceSharp.Simulations;
using global::SpiceSharp.Simulations.IntegrationMethods;

namespace CircuitSim.Circuit.Engines.SpiceSharp;

/// <summary>Runs the analyses of one netlist, each in a circuit of its own.</summary>
internal sealed class SpiceSharpRun
{
    // SpiceSharp iterates until nothing changes by more. Below these, rounding, multiplied by the gain of a few inverters, goes on for ever;
    // Newton squares the error, so that what is left after such a step is rounding already.
    private const double LeastVolts = 1e-10, LeastAmps = 1e-15;

    private readonly Netlist _netlist;
    private readonly List<Element> _elements;
    private readonly EngineOptions _options;
    private readonly ExpectedVectors _expected;
    private readonly CancellationToken _cancellationToken;

    internal SpiceSharpRun(Netlist netlist, List<Element> elements, EngineOptions options, CancellationToken cancellationToken)
    {
        (_netlist, _elements, _options, _cancellationToken) = (netlist, elements, options, cancellationToken);
        _expected = new ExpectedVectors(netlist, elements);
    }

    internal AnalysisResult Run(Analysis analysis) => analysis switch
    {
        OperatingPointAnalysis => OperatingPoint(),
        DcSweepAnalysis dc => Sweep(dc),
        TransientAnalysis transient => Transient(transient),
        AcAnalysis ac => SmallSignal(ac),
        _ => throw new EngineException(SpiceSharpEngine.EngineName, $"analysis {analysis.GetType().Name} is not known; solve the netlist with --engine ngspice."),
    };

    private OperatingPoint OperatingPoint()
    {
        var simulation = new OP("op");
        (Recorder<double> volts, Recorder<double> amps) = RunReal(simulation, 0, 0, OP.ExportOperatingPoint, null);
        return new OperatingPoint(
            simulation.Statistics.Iterations, volts.Values.ToDictionary(v => v.Key, v => v.Value[^1]), amps.Values.ToDictionary(a => a.Key, a => a.Value[^1]));
    }

    private DcSweepResult Sweep(DcSweepAnalysis dc)
    {
        // The last sweep of the list varies fastest.
        var sweeps = new List<ISweep>();
        if (dc.Outer is not null) sweeps.Add(new ParameterSweep(dc.Outer.Source, dc.Outer.Levels));
        sweeps.Add(new ParameterSweep(dc.Inner.Source, dc.Inner.Levels));
        var simulation = new DC("dc", sweeps);
        simulation.DCParameters.SweepMaxIterations = _options.MaximumIterations;
        var levels = new List<double>();
        (Recorder<double> volts, Recorder<double> amps) = RunReal(simulation, 0, 0, DC.ExportSweep, () => levels.Add(simulation.GetCurrentSweepValue()[^1]));
        return new DcSweepResult(dc.Inner.Source, levels, volts.Lists(), amps.Lists());
    }

    private TransientResult Transient(TransientAnalysis transient)
    {
        bool isGear = _netlist.Options.TryGetValue("method", out string? method) && method == "gear";
        SpiceMethod parameters = isGear ? new Gear() : new Trapezoidal();
        parameters.InitialStep = transient.StepSeconds;
        parameters.StartTime = transient.StartSeconds;
        parameters.StopTime = transient.StopSeconds;
        // SPICE's own bound: a fiftieth of the run, and never more than the printing step.
        parameters.MaxStep = transient.MaximumStepSeconds ?? Math.Min(transient.StepSeconds, (transient.StopSeconds - transient.StartSeconds) / 50);
        parameters.RelativeTolerance = parameters.LteRelTol = _options.TransientRelativeTolerance;
        if (_options.IsTight) (parameters.AbsoluteTolerance, parameters.ChargeTolerance, parameters.TrTol) = (1e-15, 1e-20, 1);
        parameters.UseIc = transient.UsesInitialConditions;
        parameters.Validate = false;
        foreach ((string node, double volts) in _netlist.InitialVolts) parameters.InitialConditions[node] = volts;
        var simulation = new Transient("tran", parameters);
        var times = new List<double>();
        (Recorder<double> nodeVolts, Recorder<double> amps) = RunReal(
            simulation, transient.StepSeconds, transient.StopSeconds, global::SpiceSharp.Simulations.Transient.ExportTransient, () => times.Add(simulation.Time));
        return new TransientResult(times, nodeVolts.Lists(), amps.Lists());
    }

    private AcResult SmallSignal(AcAnalysis ac)
    {
        IReadOnlyList<double> frequencies = ac.FrequenciesHertz;
        var simulation = new AC("ac", frequencies);
        var volts = new Recorder<Complex>(_expected.Nodes.Select(n => (n, Volts(n, node => Export(new ComplexVoltageExport(simulation, node))))));
        var amps = new Recorder<Complex>(_expected.Branches.Select(b => (b, Export(new ComplexCurrentExport(simulation, b)))));
        Run(simulation, 0, 0, AC.ExportSmallSignal, volts.Add, amps.Add);
        return new AcResult(frequencies, volts.Lists(), amps.Lists());
    }

    private (Recorder<double> Volts, Recorder<double> Amps) RunReal(BiasingSimulation simulation, double step, double stop, int flag, Action? record)
    {
        var volts = new Recorder<double>(_expected.Nodes.Select(n => (n, Volts(n, node => Export(new RealVoltageExport(simulation, node))))));
        var amps = new Recorder<double>(_expected.Branches.Select(b => (b, Export(new RealCurrentExport(simulation, b)))));
        Run(simulation, step, stop, flag, volts.Add, amps.Add, record);
        return (volts, amps);
    }

    // A simulation must be enumerated to its end, or it can never be used again; it is used once.
    private void Run(BiasingSimulation simulation, double step, double stop, int flag, params Action?[] record)
    {
        Configure(simulation);
        foreach (int reached in simulation.Run(new SpiceSharpBuilder(step, stop).Build(_elements), flag))
        {
            _cancellationToken.ThrowIfCancellationRequested();
            if (reached != flag) continue;
            foreach (Action? action in record) action?.Invoke();
        }
    }

    private void Configure(BiasingSimulation simulation)
    {
        BiasingParameters parameters = simulation.BiasingParameters;
        bool isTransient = simulation is Transient;
        parameters.RelativeTolerance = isTransient ? _options.TransientRelativeTolerance : _options.RelativeTolerance;
        parameters.VoltageTolerance = Math.Max(_options.VoltageToleranceVolts, isTransient ? 1e-9 : LeastVolts);
        parameters.AbsoluteTolerance = Math.Max(_options.CurrentToleranceAmps, LeastAmps);
        parameters.Gmin = _options.MinimumConductanceSiemens;
        parameters.DcMaxIterations = _options.MaximumIterations;
        parameters.Validate = false;
        foreach ((string node, double volts) in _netlist.GuessedVolts) parameters.Nodesets[node] = volts;
    }

    private static Func<T> Export<T>(IExport<T> export) => () => export.Value;

    // A pair "a,b" is a difference; ground is zero.
    private static Func<T> Volts<T>(string name, Func<string, Func<T>> export)
        where T : INumberBase<T>
    {
        Func<T>[] nodes = [.. name.Split(',').Select(n => n == Netlist.Ground ? () => T.Zero : export(n))];
        return nodes.Length == 1 ? nodes[0] : () => nodes[0]() - nodes[1]();
    }

    private sealed class Recorder<T>
    {
        private readonly List<(Func<T> Read, List<T> Values)> _columns = [];

        internal Recorder(IEnumerable<(string Name, Func<T> Read)> columns)
        {
            foreach ((string name, Func<T> read) in columns)
            {
                Values[name] = [];
                _columns.Add((read, Values[name]));
            }
        }

        internal Dictionary<string, List<T>> Values { get; } = [];

        internal void Add()
        {
            foreach ((Func<T> read, List<T> values) in _columns) values.Add(read());
        }

        internal Dictionary<string, IReadOnlyList<T>> Lists() => Values.ToDictionary(v => v.Key, v => (IReadOnlyList<T>)v.Value);
    }
}
