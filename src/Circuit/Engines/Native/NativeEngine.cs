using System.Diagnostics;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Circuit.Engines.Native;

/// <summary>The engine that is always there: modified nodal analysis with sparse LU and damped Newton.</summary>
/// <remarks>Stateless, so one instance may serve several threads.</remarks>
public sealed class NativeEngine : ICircuitEngine
{
    /// <summary>Name by which commands and reports call it.</summary>
    public const string EngineName = "native";

    /// <inheritdoc/>
    public string Name => EngineName;

    /// <inheritdoc/>
    public EngineResult Solve(Netlist netlist, EngineOptions options, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.Timeout);
        try
        {
            return Solve(netlist, options, Stopwatch.GetTimestamp(), limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw EngineException.TimedOut(EngineName, options.Timeout);
        }
    }

    private static EngineResult Solve(Netlist netlist, EngineOptions options, long start, CancellationToken cancellationToken)
    {
        NativeCircuit circuit = NativeCircuitBuilder.Build(netlist.Title, FlatNetlist.Expand(netlist, cancellationToken));
        IReadOnlyList<Analysis> analyses = netlist.Analyses.Count > 0 ? netlist.Analyses : [new OperatingPointAnalysis()];
        foreach (Analysis analysis in analyses) TopologyCheck.Run(circuit, analysis, netlist.InitialVolts.Keys);
        EngineOptions effective = DeckOptions.Apply(netlist.Options, options);
        var run = new NativeRun(netlist, circuit, effective, cancellationToken);
        List<AnalysisResult> results = [.. analyses.Select(run.Run)];
        return new EngineResult(EngineName, Stopwatch.GetElapsedTime(start).TotalSeconds, results);
    }
}
