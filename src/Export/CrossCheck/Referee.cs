using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Engines.Native;
using CircuitSim.Circuit.Engines.Ngspice;
using CircuitSim.Circuit.Engines.NgspiceWasm;
using CircuitSim.Circuit.Errors;
using CircuitSim.Export.Reports;
using CircuitSim.Export.Runs;

namespace CircuitSim.Export.CrossCheck;

/// <summary>Someone who solves exported decks from their text: another simulator, or our own second solver.</summary>
/// <param name="Name">Name in experiments and on the command line.</param>
/// <param name="Engine">The engine, or null when it is not on this machine.</param>
/// <param name="AbsentBecause">Why it is not there; empty when it is.</param>
/// <param name="ChecksAll">Whether it was asked for; our own second solver checks some decks without being asked.</param>
internal sealed record Referee(string Name, IDeckEngine? Engine, string AbsentBecause, bool ChecksAll)
{
    internal const string SpiceSharpName = "spicesharp";

    /// <summary>Names that <c>check: against</c> takes besides <c>behavioural</c>.</summary>
    internal static readonly IReadOnlyList<string> Names = [NgspiceEngine.EngineName, NgspiceWasmEngine.EngineName, SpiceSharpName, NativeEngine.EngineName];

    /// <summary>True for our own second solver: it shares no equation with the solver of layers, but its authors.</summary>
    internal bool IsOwnSolver => Name == NativeEngine.EngineName;

    /// <summary>What reports call it.</summary>
    internal string Label => Engine switch
    {
        null => Name,
        ReadDeckEngine => $"{Name}, from the deck",
        _ => Engine.Version,
    };

    /// <summary>The referees of an experiment; our own second solver is always the last.</summary>
    internal static IReadOnlyList<Referee> Of(CheckSettings check, RunServices services) =>
        [.. Names.Where(n => check.Against.Contains(n) || n == NativeEngine.EngineName).Select(n => Of(n, check.Against.Contains(n), services))];

    /// <summary>Versions of everything that could solve decks, for the fingerprint of the check stage.</summary>
    internal static string Versions(RunServices services) => string.Join(", ",
    [
        NgspiceEngine.TryFind(services.EngineSearchPath)?.Version ?? "absent", NgspiceWasmEngine.PackageVersion(services.EecircuitFolder) ?? "absent",
        .. services.DeckEngines.Select(e => $"{e.Name} {e.Version}".TrimEnd()),
    ]);

    /// <summary>What referees did in a run, for its report.</summary>
    internal static IEnumerable<EngineUse> Uses(IReadOnlyList<Referee> referees) => referees.Where(r => !r.IsOwnSolver).Select(r => new EngineUse
    {
        Name = r.Name,
        Version = r.Engine?.Version,
        IsAvailable = r.Engine is not null,
        Role = r.Engine is null ? r.AbsentBecause : $"solved exported decks from their text; {(r.Engine is ReadDeckEngine ? "in this process" : NgspiceEngine.Confinement)}",
    });

    private static Referee Of(string name, bool checksAll, RunServices services)
    {
        try
        {
            IDeckEngine? engine = name switch
            {
                NgspiceEngine.EngineName => NgspiceEngine.TryFind(services.EngineSearchPath, trust: services.Trust),
                NgspiceWasmEngine.EngineName => NgspiceWasmEngine.Open(services.EngineSearchPath, services.EecircuitFolder, services.Trust),
                _ => services.DeckEngines.FirstOrDefault(e => e.Name == name) is { } own ? new ReadDeckEngine(own, own.Version ?? ProgramVersion.Text) : null,
            };
            // An engine that cannot tell its version cannot be started.
            _ = engine?.Version;
            return new Referee(name, engine, engine is not null ? "" : name switch
            {
                NgspiceEngine.EngineName => "ngspice was not found on this machine; install it (Debian: apt-get install ngspice) and run 'circuitsim check'",
                _ => $"{name} is not part of this build",
            }, checksAll);
        }
        catch (EngineException e)
        {
            return new Referee(name, null, e.Message.TrimEnd('.'), checksAll);
        }
    }
}
