using System.Text.Json;
using CircuitSim.Circuit.Errors;
using CircuitSim.Mapping.Files;

namespace CircuitSim.Training.Bayesian;

/// <summary>A Bayesian network on disk: shape and chains as JSON, draws and how they came about in NumPy files beside it.</summary>
public static class PosteriorFile
{
    private const int SchemaVersion = 1, TraceColumns = 6, MostNeurons = 20_000;

    /// <summary>Writes a network.</summary>
    /// <param name="path">Path of the JSON file; <c>name.draws.npy</c> [draw, parameter] and <c>name.trace.npy</c> [draw, (acceptance, depth, leapfrogs, divergent, energy, energy error)] stand beside it, chain after chain.</param>
    /// <param name="network">The network.</param>
    public static void Write(string path, BayesianNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        PosteriorSample posterior = network.Posterior;
        double[] draws = [.. posterior.Chains.SelectMany(c => c.Positions.ToArray())];
        double[] trace = [.. posterior.Chains.SelectMany(c => c.Draws.ToArray()).SelectMany(d => new[] { d.Acceptance, d.TreeDepth, d.LeapfrogCount, d.IsDivergent ? 1 : 0, d.Energy, d.EnergyError })];
        AtomicFile.Write(Beside(path, "draws"), s => NpyFile.Write(s, draws, posterior.DrawCount, posterior.Dimension));
        AtomicFile.Write(Beside(path, "trace"), s => NpyFile.Write(s, trace, posterior.DrawCount, TraceColumns));
        var entry = new Entry(SchemaVersion, "bayesian", network.LayerSizes, posterior.MaximumTreeDepth,
            [.. posterior.Chains.Select(c => new ChainEntry(c.Step, c.InverseMass.ToArray(), c.WarmUpDivergenceCount))]);
        AtomicFile.Write(path, s => JsonSerializer.Serialize(s, entry, StrictJson.Options));
    }

    /// <summary>Reads a network.</summary>
    /// <param name="path">Path of the JSON file.</param>
    /// <returns>The network.</returns>
    /// <exception cref="InputFileException">A file is missing or does not hold what the format asks for.</exception>
    public static BayesianNetwork Read(string path)
    {
        Entry entry = JsonInput.Read<Entry>(path, "a Bayesian network", "Train again.", StrictJson.Options);
        if (entry.LayerSizes.Any(n => n is < 1 or > MostNeurons)) throw new InputFileException(path, $"holds a layer of less than 1 or more than {MostNeurons} neurons. Train again.");
        if (entry.SchemaVersion != SchemaVersion || entry.Method != "bayesian" || entry.Chains.Count == 0 || entry.LayerSizes.Count < 2)
            throw new InputFileException(path, $"holds a network of method '{entry.Method}', version {entry.SchemaVersion}; 'bayesian', version {SchemaVersion}, with chains is needed. Train again.");
        int dimension = Baseline.DenseModel.ParameterCount(entry.LayerSizes), chains = entry.Chains.Count;
        (double[] draws, int count, int width) = NpyFile.Read(Beside(path, "draws"));
        (double[] trace, int rows, int columns) = NpyFile.Read(Beside(path, "trace"));
        if (width != dimension || count % chains != 0 || rows != count || columns != TraceColumns || entry.Chains.Any(c => c.InverseMass.Length != dimension))
            throw new InputFileException(path, $"asks for {dimension} parameters in {chains} chains; the draws beside it are {count} x {width}, their trace {rows} x {columns}. Train again.");
        int perChain = count / chains;
        return new BayesianNetwork(entry.LayerSizes, new PosteriorSample(
            [.. entry.Chains.Select((c, i) => new ChainTrace(
                dimension, draws[(i * perChain * dimension)..((i + 1) * perChain * dimension)], [.. Enumerable.Range(i * perChain, perChain).Select(Draw)], c.Step, c.InverseMass, c.WarmUpDivergenceCount))],
            entry.MaximumTreeDepth));

        NutsDraw Draw(int row)
        {
            int at = row * TraceColumns;
            return new NutsDraw(trace[at], (int)trace[at + 1], (int)trace[at + 2], trace[at + 3] != 0, trace[at + 4], trace[at + 5]);
        }
    }

    private static string Beside(string path, string what) =>
        Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, $"{Path.GetFileNameWithoutExtension(path)}.{what}.npy");

    private sealed record Entry(int SchemaVersion, string Method, IReadOnlyList<int> LayerSizes, int MaximumTreeDepth, IReadOnlyList<ChainEntry> Chains);

    private sealed record ChainEntry(double Step, double[] InverseMass, int WarmUpDivergenceCount);
}
