using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Circuit.Engines.Native;

/// <summary>Runs the analyses of one circuit.</summary>
internal sealed class NativeRun
{
    private readonly NativeCircuit _circuit;
    private readonly EngineOptions _options;
    private readonly CancellationToken _cancellationToken;
    private readonly NewtonSolver _newton;
    private readonly OutputVectors _outputs;

    public NativeRun(Netlist netlist, NativeCircuit circuit, EngineOptions options, CancellationToken cancellationToken)
    {
        _circuit = circuit;
        _options = options;
        _cancellationToken = cancellationToken;
        _newton = new NewtonSolver(circuit, options);
        _outputs = OutputVectors.Choose(netlist, circuit);
    }

    /// <summary>Runs one analysis.</summary>
    /// <exception cref="EngineException">The analysis is unknown.</exception>
    public AnalysisResult Run(Analysis analysis) => analysis switch
    {
        OperatingPointAnalysis => OperatingPoint(),
        _ => throw new EngineException(NativeEngine.EngineName, $"analysis {analysis.GetType().Name} is not known; solve the netlist with --engine ngspice."),
    };

    private OperatingPoint OperatingPoint()
    {
        var x = new double[_circuit.Size];
        int before = _newton.TotalIterations;
        new OperatingPointSolver(_circuit, _options, _newton, _cancellationToken).Solve(x);
        return new OperatingPoint(_newton.TotalIterations - before, _outputs.NodeVolts(x), _outputs.BranchAmps(x));
    }
}
