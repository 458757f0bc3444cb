using System.Diagnostics;
using System.Globalization;
using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Networks;
using CircuitSim.Export.Runs;
using CircuitSim.Mapping;
using CircuitSim.Mapping.Networks;
using CircuitSim.Mapping.Variation;

namespace CircuitSim.Peers;

/// <summary>What one chip of a Monte Carlo sweep costs, part by part, on one thread.</summary>
internal static class MonteCarlo
{
    private const string Name = "phax-mnist14-variation";
    private const int ChipCount = 40;
    private const double MostChipMilliseconds = 1200;

    /// <summary>Times some chips and prints a Markdown table.</summary>
    /// <param name="output">Receives the table.</param>
    /// <returns>Exit code: 0, or 5 when 1000 chips on two cores would take more than ten minutes.</returns>
    public static int Run(TextWriter output)
    {
        Experiment experiment = ShippedExperiments.Find(Name)!;
        RunData data = RunData.Open(experiment, null);
        (TrainedNetwork network, _) = TrainStage.TrainNetwork(experiment, data, TimeProvider.System, (_, _) => { }, CancellationToken.None);
        ChipSampler sampler = RunDevice.Sampler(experiment, network);
        var options = new NetworkSolverOptions { ThreadCount = 1 };
        var sampling = new List<double>();
        var reducing = new List<double>();
        var preparing = new List<double>();
        var solving = new List<double>();
        for (int chip = 1; chip <= ChipCount; chip++)
        {
            long start = Stopwatch.GetTimestamp();
            MappedNetwork mapped = sampler.Sample(RunDevice.Seed(experiment.Seed, chip));
            sampling.Add(Milliseconds(ref start));
            // As the network solver does: nothing that is solved drives the first layer.
            for (int layer = 0; layer < mapped.Circuit.Layers.Count; layer++)
                TransferMatrix.Compute(mapped.Circuit.Layers[layer].Crossbar, hasSourceAdmittance: layer > 0, threadCount: 1, CancellationToken.None);
            reducing.Add(Milliseconds(ref start));
            NetworkSolver solver = NetworkSolver.Create(mapped.Circuit, options);
            preparing.Add(Milliseconds(ref start));
            solver.SolveBatch(data.CheckedInputVolts, data.CheckedCount);
            solving.Add(Milliseconds(ref start));
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| one chip, {data.CheckedCount} samples, one thread | best ms | median ms |"));
        output.WriteLine("|---|---|---|");
        Row("drawing devices and transistors", sampling);
        Row("preparing the network solver", preparing);
        Row("of that, reducing both crossbars with wires to their ports (timed apart)", reducing);
        Row("solving the samples", solving);
        double[] whole = [.. Enumerable.Range(0, ChipCount).Select(i => sampling[i] + preparing[i] + solving[i])];
        Row("a chip", [.. whole]);
        return Median([.. whole]) <= MostChipMilliseconds ? 0 : 5;

        void Row(string name, List<double> times) => output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {times.Min():F1} | {Median(times):F1} |"));
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    private static double Milliseconds(ref long start)
    {
        double elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        start = Stopwatch.GetTimestamp();
        return elapsed;
    }
}
