using System.Diagnostics;
using System.Text.Json;
using CircuitSim.Circuit.Engines.Ngspice;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Circuit.Engines.NgspiceWasm;

/// <summary>ngspice as WebAssembly, from the npm package eecircuit-engine, run by Node.js: a second version beside the one installed.</summary>
/// <remarks>
/// The package (MIT licence, github.com/eelab-dev/EEcircuit-engine; 1.8.0 holds ngspice 45.2) is the user's; nothing of it is part of this
/// library. Stateless between calls, so one instance may serve several threads.
/// </remarks>
public sealed class NgspiceWasmEngine : IDeckEngine
{
    /// <summary>Name by which commands and reports call it.</summary>
    public const string EngineName = "ngspice-wasm";

    /// <summary>Name of the npm package.</summary>
    public const string PackageName = "eecircuit-engine";

    private const string Script = "run-deck.mjs";

    private static readonly TimeSpan ProbeTime = TimeSpan.FromMinutes(1);

    private readonly string _node;
    private readonly string _module;
    private readonly DeckTrust _trust;
    private readonly Lazy<string?> _permission;
    private readonly Lazy<string> _version;

    private NgspiceWasmEngine(string node, string module, DeckTrust trust)
    {
        (_node, _module, _trust) = (node, module, trust);
        _permission = new Lazy<string?>(FindPermission);
        _version = new Lazy<string>(ReadVersion);
    }

    /// <inheritdoc/>
    public string Name => EngineName;

    /// <summary>Version of the ngspice inside, for example "ngspice-45.2 (WebAssembly)".</summary>
    public string Version => _version.Value;

    /// <summary>Version of the package, without starting it.</summary>
    /// <param name="packageFolder">Folder of the package; null when there is none.</param>
    /// <returns>For example "1.8.0", or null when there is no package.</returns>
    public static string? PackageVersion(string? packageFolder)
    {
        string? file = packageFolder is null ? null : Path.Combine(packageFolder, "package.json");
        if (file is null || !File.Exists(file)) return null;
        try
        {
            using JsonDocument package = JsonDocument.Parse(File.ReadAllBytes(file));
            return package.RootElement.ValueKind == JsonValueKind.Object && package.RootElement.TryGetProperty("version", out JsonElement version) ? version.ToString() : null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public DeckSolver Solver => DeckSolver.Klu;

    /// <summary>Makes the engine from Node.js and the package.</summary>
    /// <param name="searchPath">Folders in which <c>node</c> is looked for, as in the PATH variable.</param>
    /// <param name="packageFolder">Folder of the package, which holds <c>dist/eecircuit-engine.mjs</c>; null when none was found.</param>
    /// <param name="trust">What the user trusts beyond a deck's folder; nothing when null. Compact models are not loaded by this engine.</param>
    /// <returns>The engine.</returns>
    /// <exception cref="EngineException">Node.js or the package is missing; the message says how to get it.</exception>
    public static NgspiceWasmEngine Open(string? searchPath, string? packageFolder, DeckTrust? trust = null)
    {
        string? node = (searchPath ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => new[] { Path.Combine(folder, "node"), Path.Combine(folder, "node.exe") })
            .FirstOrDefault(File.Exists);
        if (node is null)
            throw new EngineException(EngineName, "Node.js was not found on the PATH; install it (version 20 or later; Debian: apt-get install nodejs), or use ngspice.");
        string? module = packageFolder is null ? null : Path.Combine(Path.GetFullPath(packageFolder), "dist", "eecircuit-engine.mjs");
        if (module is null || !File.Exists(module))
        {
            throw new EngineException(EngineName,
                $"the npm package {PackageName} was not found{(module is null ? "" : $" ('{module}' does not exist)")}; run 'npm install {PackageName}' in a folder of your own and set CIRCUITSIM_EECIRCUIT to its node_modules/{PackageName}.");
        }

        return new NgspiceWasmEngine(node, module, (trust ?? DeckTrust.None) with { AllowsControl = false });
    }

    /// <inheritdoc/>
    public EngineResult SolveDeckFile(string path, EngineOptions options, CancellationToken cancellationToken = default)
    {
        long start = Stopwatch.GetTimestamp();
        RefereeDeck deck = RefereeDeck.Read(path, _trust);
        var expected = new ExpectedResults(deck, null, EngineName, cancellationToken);
        var results = new List<AnalysisResult>();
        for (int i = 0; i < deck.Analyses.Count; i++)
        {
            TimeSpan left = options.Timeout - Stopwatch.GetElapsedTime(start);
            string text = deck.ToText(i, RefereeOptions.Before(options), RefereeOptions.After(deck, deck.Analyses[i], options, hasKlu: true), keepsSaved: true);
            results.Add(expected.Convert(i, Plot(Run(text, left, options.Timeout, cancellationToken))));
        }

        return new EngineResult(EngineName, Stopwatch.GetElapsedTime(start).TotalSeconds, results);
    }

    private static RawPlot Plot(WasmResult result)
    {
        int parts = result.IsComplex ? 2 : 1, variables = result.Values.Length, points = variables == 0 ? 0 : result.Values[0].Length / parts;
        if (points == 0) throw Failed($"no result was returned. {string.Join(' ', result.Errors)}");
        var values = new double[points * variables * parts];
        for (int v = 0; v < variables; v++)
            for (int p = 0; p < points * parts; p++) values[(p / parts * variables + v) * parts + p % parts] = result.Values[v][p] ?? double.NaN;
        return new RawPlot(
            "", result.Plot, result.IsComplex, [.. result.Names.Zip(result.Kinds, (name, kind) => new RawVariable(name.ToLowerInvariant(), kind))], points, values);
    }

    private WasmResult Run(string text, TimeSpan left, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var folder = new RunFolder(null);
        string script = Path.Combine(folder.Path, Script), deck = Path.Combine(folder.Path, "deck.cir"), output = Path.Combine(folder.Path, "result.json");
        using (Stream source = typeof(NgspiceWasmEngine).Assembly.GetManifestResourceStream(Script)!)
        using (FileStream target = File.Create(script))
            source.CopyTo(target);
        File.WriteAllText(deck, text, RefereeDeck.Encoding);
        string log = new ChildProcess(_node, EngineName, left, timeout, cancellationToken).Run(folder.Path, [.. Permissions(folder.Path), script, _module, deck, output]);
        if (!File.Exists(output)) throw Failed($"no result was written. Its last words: {NgspiceLog.Tail(log)}");
        try
        {
            using FileStream stream = File.OpenRead(output);
            return JsonSerializer.Deserialize<WasmResult>(stream, JsonSerializerOptions.Web) ?? throw Failed("the result is empty");
        }
        catch (JsonException e)
        {
            throw new EngineException(EngineName, $"the result cannot be read: {e.Message} The package may have changed; 1.8.0 is known to work.", e);
        }
    }

    // Node.js with permissions sees its folder and the package, writes to its folder, and starts nothing.
    private string[] Permissions(string folder) => _permission.Value is not string flag ? [] :
    [
        flag, $"--allow-fs-read={folder}{Path.DirectorySeparatorChar}*", $"--allow-fs-read={Path.GetDirectoryName(_module)}{Path.DirectorySeparatorChar}*",
        $"--allow-fs-write={folder}{Path.DirectorySeparatorChar}*",
    ];

    private string? FindPermission()
    {
        using var folder = new RunFolder(null);
        string text = new ChildProcess(_node, EngineName, ProbeTime, ProbeTime, CancellationToken.None).Run(folder.Path, ["--version"]).Trim().TrimStart('v');
        if (!System.Version.TryParse(text, out System.Version? version)) return null;
        // Experimental from 20.0 on; under its own name from 22.13 and 23.5 on.
        return version.Major < 20 ? null
            : version >= new System.Version(23, 5) || version.Major == 22 && version.Minor >= 13 ? "--permission"
            : "--experimental-permission";
    }

    private string ReadVersion()
    {
        string version = Run("version\nv1 a 0 1\nr1 a 0 1\n.op\n.end\n", ProbeTime, ProbeTime, CancellationToken.None).Version;
        return version.Length > 0 ? $"{version} (WebAssembly)" : throw Failed("the program does not tell its version");
    }

    private static EngineException Failed(string problem) => new(EngineName, problem);

    private sealed record WasmResult(string Version, string Plot, bool IsComplex, string[] Names, string[] Kinds, double?[][] Values, string[] Errors);
}
