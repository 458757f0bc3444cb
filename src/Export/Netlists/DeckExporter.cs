using System.Globalization;
using System.Text.Json;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;
using CircuitSim.Circuit.Netlists.Dialects;
using CircuitSim.Circuit.Networks;
using CircuitSim.Export.Reports;
using CircuitSim.Export.Speed;
using CircuitSim.Mapping.Files;
using CircuitSim.Training.Data;

namespace CircuitSim.Export.Netlists;

/// <summary>Writes the circuit of a network as decks that ngspice runs unchanged, and in the dialects of other simulators.</summary>
/// <remarks>
/// For each sample there is the circuit as designed. Where ngspice could not solve that in reasonable time, two more decks stand in for it:
/// the same network with ideal wires, and an excerpt of each layer with its wires.
/// </remarks>
public static class DeckExporter
{
    /// <summary>Index of the decks, beside the dialects' folders.</summary>
    public const string IndexFile = "decks.json";

    /// <summary>Beyond this a simulator with the solver Sparse 1.3 is not asked to solve a deck, and parts of it are written too.</summary>
    private const double MostNgspiceSeconds = 20;

    private const int MostExcerptPairs = 15;
    private const int MostExcerptNeurons = 24;

    // Tolerances that a solver with doubles can meet, and that still leave 1e-9 V; they are part of the deck so that it needs no changes.
    // Newton stops when no voltage changes by more than reltol |v| + vntol. What it can reach is rounding: the residual of a bit line whose
    // segments (0.4 to 1 S) carry 0.25 V is some 2^-53 x 0.25 A = 3e-17 A; its devices, 1e-5 S in all, turn that into 3e-12 V, inverters
    // with a gain of 3 into 1e-11 V a layer. reltol |v| has to lie above: 1e-9 x 0.25 V = 2.5e-10 V does, 1e-12 x 0.25 V does not, and a
    // solver that pivots otherwise than ours (KLU) then iterates for ever. What is left after the last step is far below the step
    // itself, because Newton squares it: measured 7e-11 V. vntol holds where v is near zero. gmin, in siemens across 83 564 nodes, has to
    // leave every node alone: 1e-18 S x 0.25 V against 1e-5 S is 2.5e-14 V. abstol lies below every current that is checked one by one.
    internal static readonly IReadOnlyDictionary<string, string> TightOptions = new Dictionary<string, string>
    {
        ["reltol"] = "1e-9",
        ["vntol"] = "1e-11",
        ["abstol"] = "1e-18",
        ["gmin"] = "1e-18",
        ["itl1"] = "500",
    };

    // A transient chooses its steps by reltol and trtol; at 1e-12 it would take millions of them.
    internal static readonly IReadOnlyDictionary<string, string> TransientOptions = new Dictionary<string, string>
    {
        ["reltol"] = "1e-4",
        ["vntol"] = "1e-9",
        ["abstol"] = "1e-15",
        ["chgtol"] = "1e-20",
        ["trtol"] = "1",
        ["gmin"] = "1e-18",
        ["itl1"] = "500",
    };

    /// <summary>Writes all decks into a folder, which takes the place of an earlier one when everything is written.</summary>
    /// <param name="folder">Folder of all netlists.</param>
    /// <param name="name">Name of the run, for titles.</param>
    /// <param name="circuit">The circuit as designed.</param>
    /// <param name="data">Held-out samples.</param>
    /// <param name="samples">Samples to write, indices from 0 into <paramref name="data"/>.</param>
    /// <param name="dialects">Simulators to write for; ngspice when null.</param>
    /// <param name="progress">Receives the share done and what is being written.</param>
    /// <param name="cancellationToken">Ends the work early; the folder is then as before.</param>
    /// <returns>The decks.</returns>
    /// <exception cref="InvalidDesignException">A sample index is beyond the held-out samples, or a dialect has no form for the user's inverter.</exception>
    public static IReadOnlyList<DeckEntry> Write(
        string folder, string name, NetworkCircuit circuit, VoltageSet data, IReadOnlyList<int> samples,
        IReadOnlyList<SpiceDialect>? dialects = null, Action<double, string>? progress = null, CancellationToken cancellationToken = default) =>
        Write(folder, name, circuit, data, samples, sequence: null, dialects, progress, cancellationToken);

    /// <summary>Writes all decks, with a transient through samples among them.</summary>
    internal static IReadOnlyList<DeckEntry> Write(
        string folder, string name, NetworkCircuit circuit, VoltageSet data, IReadOnlyList<int> samples, (SampleSequence Samples, SpeedSettings Settings)? sequence,
        IReadOnlyList<SpiceDialect>? dialects, Action<double, string>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(samples);
        string[] outside = [.. samples.Where(s => s >= data.SampleCount)
            .Select(s => $"export sample {s} does not exist; {data.SampleCount} samples are held out, 0 to {data.SampleCount - 1}.")];
        if (outside.Length > 0) throw new InvalidDesignException("Netlist export", outside);

        return Replace(folder, beside => WriteDrafts(
            beside, NetworkDecks.Draft(name, circuit, data, samples, sequence, cancellationToken), dialects ?? [SpiceDialect.Ngspice],
            draft => progress?.Invoke(draft.Sample is int sample ? (double)At(sample) / samples.Count : 1, draft.Name), cancellationToken));

        int At(int sample) => samples.TakeWhile(s => s != sample).Count();
    }

    /// <summary>Writes decks beside a folder and puts them in its place, with their index, when all are written.</summary>
    internal static IReadOnlyList<DeckEntry> Replace(string folder, Func<string, IReadOnlyList<DeckEntry>> write)
    {
        IReadOnlyList<DeckEntry> decks = [];
        AtomicFolder.Replace(folder, beside =>
        {
            decks = write(beside);
            AtomicFile.Write(Path.Combine(beside, IndexFile), s => JsonSerializer.Serialize(s, decks, FidelityJson.Options));
        });
        return decks;
    }

    /// <summary>Reads the index of the decks.</summary>
    /// <param name="folder">Folder of all netlists.</param>
    /// <returns>The decks, in the order in which they were written.</returns>
    /// <exception cref="InputFileException">The index is missing or broken, or names a file outside of its folder.</exception>
    public static IReadOnlyList<DeckEntry> ReadIndex(string folder)
    {
        string path = Path.Combine(folder, IndexFile);
        List<DeckEntry> decks = JsonInput.Read<List<DeckEntry>>(path, "an index of decks", "Export the netlists again.", FidelityJson.Options);
        foreach (DeckEntry deck in decks)
        {
            if (SpiceDialect.Find(deck.Dialect) is null) throw new InputFileException(path, "holds a deck of a dialect that this program does not write; export the netlists again.");
            if (deck.Sample < 0 || deck.ExcerptLayer < 0 || deck.File.Contains('/', StringComparison.Ordinal))
                throw new InputFileException(path, "holds a deck with a negative index, or one that is not in its dialect's folder; export the netlists again.");
            InnerPath.Of(path, $"{deck.Dialect}/{deck.File}");
        }

        return decks;
    }

    /// <summary>The excerpt of one layer that stands in for a deck too large for ngspice.</summary>
    /// <param name="solver">Solver of the whole network.</param>
    /// <param name="point">A result of that solver.</param>
    /// <param name="sample">Sample index within the result.</param>
    /// <param name="layer">Layer index from 0.</param>
    /// <returns>The excerpt.</returns>
    public static NetworkExcerpt Excerpt(NetworkSolver solver, NetworkOperatingPoint point, int sample, int layer)
    {
        ArgumentNullException.ThrowIfNull(solver);
        LayerCircuit whole = solver.Circuit.Layers[layer];
        return NetworkExcerpt.Cut(solver, point, sample, layer,
            Math.Min(MostExcerptPairs, whole.InputCount), Math.Min(MostExcerptNeurons, whole.NeuronCount));
    }

    /// <summary>Writes drafts in dialects, and tells the entries of their index.</summary>
    internal static List<DeckEntry> WriteDrafts(
        string root, IEnumerable<DeckDraft> drafts, IReadOnlyList<SpiceDialect> dialects, Action<DeckDraft>? progress, CancellationToken cancellationToken)
    {
        var decks = new List<DeckEntry>();
        foreach (DeckDraft draft in drafts)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress?.Invoke(draft);
            foreach (SpiceDialect dialect in dialects)
            {
                DeckEntry entry = draft.Entry(dialect);
                string path = Path.Combine(root, entry.Dialect, entry.File);
                AtomicFile.WriteText(path, w => SpiceWriter.Write(draft.For(dialect), w, dialect));
                decks.Add(entry with { Sha256 = DeckEntry.HashOf(path) });
            }
        }

        return decks;
    }

    /// <summary>Why a simulator with the solver Sparse 1.3 is not asked to solve a deck of this size; null when it is.</summary>
    internal static string? Refusal(NetlistEffort effort) => effort.NgspiceSeconds > MostNgspiceSeconds
        ? string.Create(CultureInfo.InvariantCulture, $"ngspice with its built-in solver would need about {Duration(effort.NgspiceSeconds)} for the operating point of {effort.NodeCount} nodes (limit {MostNgspiceSeconds} s); with KLU it could")
        : null;

    private static string Duration(double seconds) => seconds switch
    {
        < 120 => string.Create(CultureInfo.InvariantCulture, $"{seconds:F0} s"),
        < 7200 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:F0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:F0} h"),
    };
}
