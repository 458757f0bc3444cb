using System.CommandLine;
using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Engines.Native;
using CircuitSim.Circuit.Engines.Ngspice;
using CircuitSim.Circuit.Engines.NgspiceWasm;
#if SPICESHARP
using CircuitSim.Circuit.Engines.SpiceSharp;
#endif
using CircuitSim.Circuit.Errors;
using CircuitSim.Export.Runs;

namespace CircuitSim.Cli;

/// <summary>The engines that <c>--engine</c> offers.</summary>
internal static class EngineChoice
{
    internal static string[] Names { get; } =
    [
        NativeEngine.EngineName,
        NgspiceEngine.EngineName,
#if SPICESHARP
        SpiceSharpEngine.EngineName,
#endif
    ];

    /// <summary>Engines of this process, which read exported decks back.</summary>
    internal static IReadOnlyList<ICircuitEngine> InProcess { get; } =
    [
        new NativeEngine(),
#if SPICESHARP
        new SpiceSharpEngine(),
#endif
    ];

    /// <summary>Who solves exported decks from their text, by the names of <c>--against</c>.</summary>
    internal static IEnumerable<string> Referees => [NgspiceEngine.EngineName, NgspiceWasmEngine.EngineName, .. InProcess.Select(e => e.Name)];

    /// <summary>What help says of the choice; the same in every build.</summary>
    internal const string Description = "native or ngspice; in builds with it also spicesharp";

    internal static Option<string> CreateOption(string description)
    {
        var option = new Option<string>("--engine") { Description = description, HelpName = "ENGINE", DefaultValueFactory = _ => NativeEngine.EngineName };
        option.AcceptOnlyFromAmong(Names);
        return option;
    }

    /// <summary>Version of SpiceSharp, or null in a build without it.</summary>
    internal static string? SpiceSharpVersion =>
#if SPICESHARP
        SpiceSharpEngine.Version;
#else
        null;
#endif

    /// <summary>Finds an engine by its name.</summary>
    /// <exception cref="EngineException">ngspice is not installed.</exception>
    internal static ICircuitEngine Create(string name, CliContext context, DeckTrust trust) => name switch
    {
        NgspiceEngine.EngineName => FindNgspice(context, trust),
#if SPICESHARP
        SpiceSharpEngine.EngineName => new SpiceSharpEngine(),
#endif
        _ => new NativeEngine(),
    };

    /// <summary>Finds a solver of exported decks by its name.</summary>
    /// <exception cref="EngineException">It is not installed.</exception>
    internal static IDeckEngine CreateReferee(string name, CliContext context, DeckTrust trust) => name switch
    {
        NgspiceEngine.EngineName => FindNgspice(context, trust),
        NgspiceWasmEngine.EngineName => NgspiceWasmEngine.Open(context.SearchPath, context.EecircuitFolder, trust),
        NativeEngine.EngineName => new ReadDeckEngine(InProcess[0], $"our own second solver {ProgramVersion.Text}"),
        _ => new ReadDeckEngine(InProcess.Single(e => e.Name == name), SpiceSharpVersion!),
    };

    /// <summary>What a user trusts, as the command line says it.</summary>
    /// <exception cref="UsageException">A folder does not exist.</exception>
    internal static DeckTrust Trust(ParseResult parsed, bool allowsControl = false)
    {
        string[] folders = parsed.GetResult(SharedOptions.Trust) is null ? [] : parsed.GetValue(SharedOptions.Trust) ?? [];
        string? missing = folders.FirstOrDefault(f => !Directory.Exists(f));
        return missing is null ? new DeckTrust { Folders = folders, AllowsControl = allowsControl } : throw new UsageException($"--trust names '{missing}', which is no folder.");
    }

    internal static NgspiceEngine FindNgspice(CliContext context, DeckTrust trust) => NgspiceEngine.TryFind(context.SearchPath, trust: trust)
        ?? throw new EngineException(NgspiceEngine.EngineName, "not found on the PATH; install it (Debian: apt-get install ngspice) or use --engine native.");
}
