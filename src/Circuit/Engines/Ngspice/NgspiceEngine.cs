using System.Diagnostics;
using System.Globalization;
using CircuitSim.Circuit.Engines.Native;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Circuit.Engines.Ngspice;

/// <summary>ngspice as a child process: the reference that every other engine is compared with.</summary>
/// <remarks>Stateless between calls, so one instance may serve several threads.</remarks>
public sealed class NgspiceEngine : ICircuitEngine, IDeckEngine
{
    /// <summary>Name by which commands and reports call it.</summary>
    public const string EngineName = "ngspice";

    private readonly string _executable;
    private readonly string? _workFolder;
    private readonly Lazy<string> _version;

    /// <summary>Creates the engine for an executable.</summary>
    /// <param name="executablePath">Path of ngspice.</param>
    /// <param name="workFolder">Folder in which every run gets a folder of its own, removed afterwards; the system's when null.</param>
    public NgspiceEngine(string executablePath, string? workFolder = null)
    {
        _executable = executablePath;
        _workFolder = workFolder;
        _version = new Lazy<string>(ReadVersion);
    }

    /// <inheritdoc/>
    public string Name => EngineName;

    /// <summary>Version as the program tells it, for example "ngspice-39".</summary>
    /// <exception cref="EngineException">The program cannot be started or tells nothing.</exception>
    public string Version => _version.Value;

    /// <summary>Looks for ngspice in a list of folders.</summary>
    /// <param name="searchPath">Folders as in the PATH variable; null finds nothing.</param>
    /// <param name="workFolder">Folder in which every run gets a folder of its own, removed afterwards; the system's when null.</param>
    /// <returns>The engine, or null when no folder holds it.</returns>
    public static NgspiceEngine? TryFind(string? searchPath, string? workFolder = null)
    {
        foreach (string folder in (searchPath ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            foreach (string file in new[] { "ngspice", "ngspice.exe" })
            {
                string path = Path.Combine(folder, file);
                if (File.Exists(path)) return new NgspiceEngine(path, workFolder);
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public EngineResult Solve(Netlist netlist, EngineOptions options, CancellationToken cancellationToken = default)
    {
        List<Element> elements = FlatNetlist.Expand(netlist, cancellationToken);
        IReadOnlyList<Analysis> analyses = netlist.Analyses.Count > 0 ? netlist.Analyses : [new OperatingPointAnalysis()];
        long start = Stopwatch.GetTimestamp();
        using var folder = new RunFolder(_workFolder);
        File.WriteAllText(Path.Combine(folder.Path, "deck.cir"), NgspiceDeck.Write(netlist, analyses, options));
        string log = new NgspiceProcess(_executable, options.Timeout, cancellationToken).Run(folder.Path, ["-b", "deck.cir"]);
        NgspiceLog.ThrowOnError(log);
        var expected = new ExpectedVectors(MeasureEvaluation.WithMeasured(netlist), elements);
        var results = new List<AnalysisResult>();
        for (int i = 0; i < analyses.Count; i++)
        {
            string file = Path.Combine(folder.Path, NgspiceDeck.RawName(i));
            if (!File.Exists(file)) throw Failed($"analysis {i + 1} wrote no result", log);
            results.Add(MeasureEvaluation.Apply(netlist, analyses[i], NgspiceResult.Convert(RawFile.Read(file)[0], analyses[i], expected)));
        }

        return new EngineResult(Name, Stopwatch.GetElapsedTime(start).TotalSeconds, results);
    }

    /// <summary>Runs a deck file as it lies on disk, unchanged, with <c>ngspice -b</c> in its own folder.</summary>
    /// <param name="path">The deck.</param>
    /// <param name="options">Only the time limit is used; the deck's own options hold.</param>
    /// <param name="cancellationToken">Ends the program.</param>
    /// <returns>One result for each analysis that ngspice ran, in its order.</returns>
    /// <exception cref="InputFileException">The deck is missing.</exception>
    /// <exception cref="EngineException">ngspice failed, timed out or wrote nothing.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public EngineResult SolveDeckFile(string path, EngineOptions options, CancellationToken cancellationToken = default)
    {
        if (!File.Exists(path)) throw new InputFileException(path, "the deck does not exist; check the path.");
        long start = Stopwatch.GetTimestamp();
        using var folder = new RunFolder(_workFolder);
        string raw = Path.Combine(folder.Path, "result.raw"), full = Path.GetFullPath(path);
        string log = new NgspiceProcess(_executable, options.Timeout, cancellationToken)
            .Run(Path.GetDirectoryName(full)!, ["-b", "-r", raw, Path.GetFileName(full)]);
        NgspiceLog.ThrowOnError(log);
        if (!File.Exists(raw)) throw Failed("no result was written; the deck may ask for no analysis", log);
        List<AnalysisResult> results = [.. RawFile.Read(raw).Select(NgspiceResult.Convert)];
        return new EngineResult(Name, Stopwatch.GetElapsedTime(start).TotalSeconds, results);
    }

    private string ReadVersion()
    {
        string text = new NgspiceProcess(_executable, TimeSpan.FromSeconds(30), CancellationToken.None).Run(null, ["--version"]);
        string? line = text.Split('\n').FirstOrDefault(l => l.Contains("ngspice-", StringComparison.Ordinal));
        if (line is null) throw Failed("the program does not tell its version", text);
        int at = line.IndexOf("ngspice-", StringComparison.Ordinal);
        return line[at..].Split([' ', '\t', '\r', ':'], 2)[0];
    }

    private static EngineException Failed(string problem, string log)
        => new(EngineName, string.Create(CultureInfo.InvariantCulture, $"{problem}. Its last words: {NgspiceLog.Tail(log)}"));
}
