using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Engines.Native;
using CircuitSim.Circuit.Engines.Ngspice;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Cli;

/// <summary>The engines that <c>--engine</c> offers.</summary>
internal static class EngineChoice
{
    internal static string[] Names { get; } =
    [
        NativeEngine.EngineName,
        NgspiceEngine.EngineName,
    ];

    /// <summary>Finds an engine by its name.</summary>
    /// <exception cref="EngineException">ngspice is not installed.</exception>
    internal static ICircuitEngine Create(string name, CliContext context) => name switch
    {
        NgspiceEngine.EngineName => FindNgspice(context),
        _ => new NativeEngine(),
    };

    internal static NgspiceEngine FindNgspice(CliContext context) => NgspiceEngine.TryFind(context.SearchPath)
        ?? throw new EngineException(NgspiceEngine.EngineName, "not found on the PATH; install it (Debian: apt-get install ngspice) or use --engine native.");
}
