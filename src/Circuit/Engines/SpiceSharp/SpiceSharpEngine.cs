using System.Diagnostics;
using CircuitSim.Circuit.Engines.Native;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;
using global::SpiceSharp;

namespace CircuitSim.Circuit.Engines.SpiceSharp;

/// <summary>SpiceSharp as an engine in this process. Compiled with <c>-p:SpiceSharp=true</c>.</summary>
/// <remarks>
/// The netlist is built through SpiceSharp's own entities; EKV transistors, memristors and behavioural sources are entities of ours with exact
/// derivatives. Each analysis gets a circuit and a simulation of its own, because both keep state. Stateless, so one instance may
/// serve several threads.
/// </remarks>
public sealed class SpiceSharpEngine : ICircuitEngine
{
    /// <summary>Name by which commands and reports call it.</summary>
    public const string EngineName = "spicesharp";

    /// <inheritdoc/>
    public string Name => EngineName;

    string? ICircuitEngine.Version => Version;

    /// <summary>Version of SpiceSharp.</summary>
    public static string Version => typeof(global::SpiceSharp.Circuit).Assembly.GetName().Version!.ToString(3);

    /// <inheritdoc/>
    public EngineResult Solve(Netlist netlist, EngineOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(netlist);
        long start = Stopwatch.GetTimestamp();
        List<Element> elements = FlatNetlist.Expand(netlist, cancellationToken);
        bool isDirect = netlist.Analyses.Count == 0 || netlist.Analyses.Any(a => a is not TransientAnalysis { UsesInitialConditions: true });
        // Floating nodes and loops get our own words, with the names of all nodes.
        TopologyCheck.Run(NativeCircuitBuilder.Build(netlist.Title, elements), isDirect);
        var run = new SpiceSharpRun(netlist, elements, DeckOptions.Apply(netlist.Options, options), cancellationToken);
        IReadOnlyList<Analysis> analyses = netlist.Analyses.Count > 0 ? netlist.Analyses : [new OperatingPointAnalysis()];
        try
        {
            List<AnalysisResult> results = [.. analyses.Select(run.Run)];
            return new EngineResult(Name, Stopwatch.GetElapsedTime(start).TotalSeconds, results);
        }
        catch (SpiceSharpException e)
        {
            throw new EngineException(Name, $"{e.Message} Try --engine native.", e);
        }
    }
}
