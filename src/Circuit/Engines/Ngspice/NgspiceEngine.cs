using System.Diagnostics;
using System.Globalization;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Circuit.Engines.Ngspice;

/// <summary>ngspice as a child process: the reference that every other engine is compared with.</summary>
/// <remarks>
/// A deck with a text of its own is run from that text; only a netlist made in memory is written out first. Stateless between calls, so one
/// instance may serve several threads.
/// </remarks>
public sealed class NgspiceEngine : ICircuitEngine, IDeckEngine
{
    /// <summary>Name by which commands and reports call it.</summary>
    public const string EngineName = "ngspice";

    private const string DeckName = "deck.cir", RawName = "result.raw";

    private static readonly TimeSpan ProbeTime = TimeSpan.FromSeconds(30);

    private readonly string _executable;
    private readonly string? _workFolder;
    private readonly DeckTrust _trust;
    private readonly Lazy<string> _version;
    private readonly Lazy<bool> _hasKlu;

    /// <summary>Creates the engine for an executable.</summary>
    /// <param name="executablePath">Path of ngspice.</param>
    /// <param name="workFolder">Folder in which every run gets a folder of its own, removed afterwards; the system's when null.</param>
    /// <param name="trust">What the user trusts beyond a deck's folder; nothing when null.</param>
    public NgspiceEngine(string executablePath, string? workFolder = null, DeckTrust? trust = null)
    {
        _executable = Path.GetFullPath(executablePath);
        _workFolder = workFolder;
        _trust = trust ?? DeckTrust.None;
        _version = new Lazy<string>(ReadVersion);
        _hasKlu = new Lazy<bool>(FindKlu);
    }

    /// <inheritdoc/>
    public string Name => EngineName;

    /// <summary>Version as the program tells it, for example "ngspice-39".</summary>
    /// <exception cref="EngineException">The program cannot be started or tells nothing.</exception>
    public string Version => _version.Value;

    /// <summary>How child programs are shut in on this system, in words; or that they are not.</summary>
    public static string Confinement => Ngspice.Confinement.Present.Description;

    /// <summary>Whether child programs are shut in on this system.</summary>
    public static bool IsConfined => Ngspice.Confinement.Present.IsThere;

    /// <inheritdoc/>
    public DeckSolver Solver => _hasKlu.Value ? DeckSolver.Klu : DeckSolver.Sparse;

    /// <summary>Looks for ngspice in a list of folders.</summary>
    /// <param name="searchPath">Folders as in the PATH variable; null finds nothing.</param>
    /// <param name="workFolder">Folder in which every run gets a folder of its own, removed afterwards; the system's when null.</param>
    /// <param name="trust">What the user trusts beyond a deck's folder; nothing when null.</param>
    /// <returns>The engine, or null when no folder holds it.</returns>
    public static NgspiceEngine? TryFind(string? searchPath, string? workFolder = null, DeckTrust? trust = null)
    {
        foreach (string folder in (searchPath ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            foreach (string file in new[] { "ngspice", "ngspice.exe" })
            {
                string path = Path.Combine(folder, file);
                if (File.Exists(path)) return new NgspiceEngine(path, workFolder, trust);
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public EngineResult Solve(Netlist netlist, EngineOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(netlist);
        IReadOnlyList<Analysis> analyses = netlist.Analyses.Count > 0 ? netlist.Analyses : [new OperatingPointAnalysis()];
        Netlist written = netlist with { Analyses = analyses };
        string text = SpiceWriter.ToText(written with { SavedVectors = [], Measures = [] });
        return Run(RefereeDeck.Parse(Bytes(text), netlist.Title, _trust), written, options, cancellationToken);
    }

    /// <inheritdoc/>
    public EngineResult SolveDeckFile(string path, EngineOptions options, CancellationToken cancellationToken = default) =>
        Run(RefereeDeck.Read(path, _trust), null, options, cancellationToken);

    /// <summary>Runs a deck file from its own text and answers in the names and the order of what was read of it.</summary>
    /// <param name="path">The deck.</param>
    /// <param name="deck">What our own reader made of it: vectors and measures that are asked for. Null returns everything.</param>
    /// <param name="options">Tolerances and time limit; tight tolerances overrule the deck's own, others leave it as it is.</param>
    /// <param name="cancellationToken">Ends the program.</param>
    /// <returns>One result for each analysis, in the deck's order.</returns>
    /// <exception cref="InputFileException">The deck is missing, holds what could run a command or reach another file, or asks for no analysis.</exception>
    /// <exception cref="EngineException">ngspice failed, timed out or wrote nothing.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public EngineResult SolveDeckFile(string path, Netlist? deck, EngineOptions options, CancellationToken cancellationToken = default) =>
        Run(RefereeDeck.Read(path, _trust), deck, options, cancellationToken);

    /// <summary>Runs a deck from its own text and answers in the names and the order of what was read of it.</summary>
    /// <param name="text">The deck; its first line is the title.</param>
    /// <param name="deck">What our own reader made of the text: vectors and measures that are asked for. Null returns everything.</param>
    /// <param name="path">What messages call the deck; files that it includes are looked for beside it.</param>
    /// <param name="options">Tolerances and time limit; tight tolerances overrule the deck's own, others leave it as it is.</param>
    /// <param name="cancellationToken">Ends the program.</param>
    /// <returns>One result for each analysis, in the deck's order.</returns>
    /// <exception cref="InputFileException">The deck holds what could run a command or reach another file, or asks for no analysis.</exception>
    /// <exception cref="EngineException">ngspice failed, timed out or wrote nothing.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public EngineResult SolveDeckText(string text, Netlist? deck, string path, EngineOptions options, CancellationToken cancellationToken = default) =>
        Run(RefereeDeck.Parse(Bytes(text), path, _trust), deck, options, cancellationToken);

    private EngineResult Run(RefereeDeck deck, Netlist? netlist, EngineOptions options, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        if (deck.Control.Count > 0)
        {
            RawPlot last = RunOne(deck.ToControlledText(RawName), deck.Settings, options.Timeout, options.Timeout, cancellationToken);
            return new EngineResult(Name, Stopwatch.GetElapsedTime(start).TotalSeconds, [NgspiceResult.Convert(last)])
            {
                Notes = ["the deck's .control block was run, as allowed; the result is that of its last analysis", .. deck.LeftOut.Select(LeftOut)],
            };
        }

        var expected = new ExpectedResults(deck, netlist, Name, cancellationToken);
        var results = new List<AnalysisResult>();
        for (int i = 0; i < deck.Analyses.Count; i++)
        {
            TimeSpan left = options.Timeout - Stopwatch.GetElapsedTime(start);
            string text = deck.ToText(i, RefereeOptions.Before(options), RefereeOptions.After(deck, deck.Analyses[i], options, _hasKlu.Value), keepsSaved: netlist is null);
            results.Add(expected.Convert(i, RunOne(text, deck.Settings, left, options.Timeout, cancellationToken)));
        }

        return new EngineResult(Name, Stopwatch.GetElapsedTime(start).TotalSeconds, results) { Notes = [.. deck.LeftOut.Select(LeftOut)] };
    }

    private static string LeftOut(string what) => $"left out of what ngspice is given: {what}";

    private RawPlot RunOne(string text, IReadOnlyList<string> settings, TimeSpan left, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var folder = new RunFolder(_workFolder);
        File.WriteAllText(Path.Combine(folder.Path, DeckName), text, RefereeDeck.Encoding);
        // Settings that the user trusts are the only ones that the program reads at its start.
        if (settings.Count > 0) File.WriteAllLines(Path.Combine(folder.Path, ".spiceinit"), settings, RefereeDeck.Encoding);
        IReadOnlyList<string> arguments = [.. settings.Count > 0 ? Array.Empty<string>() : ["-n"], "-b", "-r", RawName, DeckName];
        string log = new ChildProcess(_executable, EngineName, left, timeout, cancellationToken).Run(folder.Path, arguments);
        NgspiceLog.ThrowOnError(log);
        string raw = Path.Combine(folder.Path, RawName);
        return File.Exists(raw) ? RawFile.Read(raw)[0] : throw Failed("no result was written", log);
    }

    // A deck is bytes on its way to ngspice; a text made here becomes UTF-8.
    private static string Bytes(string text) => RefereeDeck.Encoding.GetString(System.Text.Encoding.UTF8.GetBytes(text));

    private bool FindKlu()
    {
        using var folder = new RunFolder(_workFolder);
        File.WriteAllText(Path.Combine(folder.Path, DeckName), "klu\nv1 a 0 1\nr1 a 0 1\n.options klu\n.op\n.end\n");
        string log = new ChildProcess(_executable, EngineName, ProbeTime, ProbeTime, CancellationToken.None).Run(folder.Path, ["-n", "-b", DeckName]);
        return log.Contains("KLU", StringComparison.Ordinal);
    }

    private string ReadVersion()
    {
        using var folder = new RunFolder(_workFolder);
        string text = new ChildProcess(_executable, EngineName, ProbeTime, ProbeTime, CancellationToken.None).Run(folder.Path, ["--version"]);
        string? line = text.Split('\n').FirstOrDefault(l => l.Contains("ngspice-", StringComparison.Ordinal));
        if (line is null) throw Failed("the program does not tell its version", text);
        int at = line.IndexOf("ngspice-", StringComparison.Ordinal);
        return line[at..].Split([' ', '\t', '\r', ':'], 2)[0];
    }

    private static EngineException Failed(string problem, string log)
        => new(EngineName, string.Create(CultureInfo.InvariantCulture, $"{problem}. Its last words: {NgspiceLog.Tail(log)}"));
}
