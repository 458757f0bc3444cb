using System.Globalization;
using System.Text.Json;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;
using CircuitSim.Circuit.Networks;
using CircuitSim.Export.Reports;
using CircuitSim.Mapping.Files;
using CircuitSim.Training.Data;

namespace CircuitSim.Export.Netlists;

/// <summary>Writes the circuit of a network as decks that ngspice runs unchanged.</summary>
/// <remarks>
/// For each sample there is the circuit as designed. Where ngspice could not solve that in reasonable time, two more decks stand in for it:
/// the same network with ideal wires, and an excerpt of each layer with its wires.
/// </remarks>
public static class DeckExporter
{
    /// <summary>Folder of the dialect below the folder of all netlists.</summary>
    public const string Dialect = "ngspice";

    /// <summary>Index of the decks, beside the dialects' folders.</summary>
    public const string IndexFile = "decks.json";

    /// <summary>Beyond this ngspice is not asked to solve a deck.</summary>
    private const double MostNgspiceSeconds = 20;

    private const int MostExcerptPairs = 15;
    private const int MostExcerptNeurons = 24;

    // The tolerances under which ngspice and our own solution agree to 1e-9 V; they are part of the deck so that it needs no changes.
    // vntol: a bit line's segments (0.4 S) round to 1e-17 A, which its devices (1e-5 S in all) turn into 1e-12 V, and the gain of
    // inverters behind it into a few of them; below that Newton cannot tell rounding from progress, and ngspice gives up.
    internal static readonly IReadOnlyDictionary<string, string> TightOptions = new Dictionary<string, string>
    {
        ["reltol"] = "1e-12",
        ["vntol"] = "1e-11",
        ["abstol"] = "1e-21",
        ["gmin"] = "1e-21",
        ["itl1"] = "2000",
    };

    /// <summary>Writes all decks into a folder, which takes the place of an earlier one when everything is written.</summary>
    /// <param name="folder">Folder of all netlists.</param>
    /// <param name="name">Name of the run, for titles.</param>
    /// <param name="circuit">The circuit as designed.</param>
    /// <param name="data">Held-out samples.</param>
    /// <param name="samples">Samples to write, indices from 0 into <paramref name="data"/>.</param>
    /// <param name="progress">Receives the share done and what is being written.</param>
    /// <param name="cancellationToken">Ends the work early; the folder is then as before.</param>
    /// <returns>The decks.</returns>
    /// <exception cref="InvalidDesignException">A sample index is beyond the held-out samples.</exception>
    public static IReadOnlyList<DeckEntry> Write(
        string folder, string name, NetworkCircuit circuit, VoltageSet data, IReadOnlyList<int> samples,
        Action<double, string>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(samples);
        string[] outside = [.. samples.Where(s => s >= data.SampleCount)
            .Select(s => $"export sample {s} does not exist; {data.SampleCount} samples are held out, 0 to {data.SampleCount - 1}.")];
        if (outside.Length > 0) throw new InvalidDesignException("Netlist export", outside);

        return Replace(folder, beside => WriteAll(beside, name, circuit, data, samples, progress, cancellationToken));
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
    /// <exception cref="InputFileException">The index is missing or broken.</exception>
    public static IReadOnlyList<DeckEntry> ReadIndex(string folder)
    {
        string path = Path.Combine(folder, IndexFile);
        try
        {
            return JsonSerializer.Deserialize<List<DeckEntry>>(InputBytes.Read(path), FidelityJson.Options)
                ?? throw new InputFileException(path, "holds null; export the netlists again.");
        }
        catch (JsonException e)
        {
            throw new InputFileException(path, $"not an index of decks: {e.Message} Export the netlists again.", (int?)e.LineNumber + 1, innerException: e);
        }
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

    private static List<DeckEntry> WriteAll(
        string root, string name, NetworkCircuit circuit, VoltageSet data, IReadOnlyList<int> samples,
        Action<double, string>? progress, CancellationToken cancellationToken)
    {
        NetlistEffort effort = NetlistEffort.Of(circuit);
        string? refusal = Refusal(effort);
        NetworkSolver? solver = refusal is not null ? NetworkSolver.Create(circuit, cancellationToken: cancellationToken) : null;
        NetworkCircuit ideal = circuit.WithIdealWires();
        var decks = new List<DeckEntry>();
        for (int i = 0; i < samples.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int sample = samples[i];
            progress?.Invoke((double)i / samples.Count, $"decks of sample {sample}");
            ReadOnlySpan<double> volts = data.InputVolts.Span.Slice(sample * data.InputCount, data.InputCount);
            string wires = circuit.Layers.All(l => l.Crossbar.HasIdealWires) ? "ideal wires, as designed" : "every wire segment";
            Add($"sample{sample}.cir", $"whole network, held-out sample {sample}, {wires}", DeckWires.AsDesigned, null, circuit,
                Elaborator.Elaborate(circuit, volts), refusal);
            if (solver is null) continue;

            Add($"sample{sample}-ideal-wires.cir", $"whole network, held-out sample {sample}, ideal wires", DeckWires.Ideal, null, ideal,
                Elaborator.Elaborate(ideal, volts), null);
            NetworkOperatingPoint point = solver.Solve(volts);
            for (int layer = 0; layer < circuit.Layers.Count; layer++)
            {
                NetworkExcerpt excerpt = Excerpt(solver, point, 0, layer);
                Add($"sample{sample}-layer{layer + 1}-excerpt.cir",
                    $"excerpt of layer {layer + 1} ({excerpt.Circuit.Layers[0].Crossbar.WordLineCount} word lines x {excerpt.Circuit.OutputCount} bit lines), held-out sample {sample}, every wire segment",
                    DeckWires.Excerpt, layer, excerpt.Circuit, excerpt.Elaborate(), null);
            }

            void Add(string file, string description, DeckWires kind, int? layer, NetworkCircuit of, Netlist netlist, string? refusedBecause)
            {
                NetlistEffort size = NetlistEffort.Of(of);
                Netlist deck = netlist with
                {
                    Title = $"{name}: {description}",
                    Options = TightOptions,
                    HeaderComments =
                    [
                        .. netlist.HeaderComments,
                        $"Run: ngspice -b {file}",
                        "Nodes: l<layer>_w<word line>_<bit line> and l<layer>_b.. at cross-points, l<layer>_g<neuron> gates, _n and _p inverter outputs; all count from 1",
                    ],
                };
                AtomicFile.WriteText(Path.Combine(root, Dialect, file), w => SpiceWriter.Write(deck, w));
                decks.Add(new DeckEntry
                {
                    File = file,
                    Description = description,
                    Dialect = Dialect,
                    Sample = sample,
                    Wires = kind,
                    ExcerptLayer = layer,
                    NodeCount = (int)size.NodeCount,
                    ElementCount = (int)size.ElementCount,
                    RefusedBecause = refusedBecause,
                });
            }
        }

        return decks;
    }

    /// <summary>Why ngspice is not asked to solve a deck of this size; null when it is.</summary>
    internal static string? Refusal(NetlistEffort effort) => effort.NgspiceSeconds > MostNgspiceSeconds
        ? string.Create(CultureInfo.InvariantCulture, $"ngspice would need about {Duration(effort.NgspiceSeconds)} for the operating point of {effort.NodeCount} nodes (limit {MostNgspiceSeconds} s)")
        : null;

    private static string Duration(double seconds) => seconds switch
    {
        < 120 => string.Create(CultureInfo.InvariantCulture, $"{seconds:F0} s"),
        < 7200 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:F0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:F0} h"),
    };
}
