using System.Globalization;
using CircuitSim.Training.Baseline;
using CircuitSim.Training.Data;
using CircuitSim.Training.Optimizers;
using CircuitSim.Training.Phax;

namespace CircuitSim.Peers;

/// <summary>Test accuracy of PHAX networks against unconstrained ones of the same shape, split and schedule, over ten seeds.</summary>
internal static class TrainingAccuracy
{
    private const int SeedCount = 10;
    private const double MinimumSiemens = 0.12e-6;

    /// <summary>Trains all networks and prints a Markdown table.</summary>
    /// <param name="output">Receives the table.</param>
    /// <returns>Exit code: 0, or 5 when PHAX with its default curves is more than a point below the baseline in the mean.</returns>
    public static int Run(TextWriter output)
    {
        DataSet data = DataSets.Open("mnist14");
        int[] sizes = [196, 100, 10];
        (string Name, PhaxTrainingOptions Options)[] variants =
        [
            ("tanh", new PhaxTrainingOptions { LayerSizes = sizes }),
            ("table, loaded", new PhaxTrainingOptions { LayerSizes = sizes, Curve = NeuronCurveKind.Table, NominalLoadMinimumSiemens = MinimumSiemens }),
            ("tanh, θ scale 1", new PhaxTrainingOptions { LayerSizes = sizes, ThetaScale = 1 }),
            ("table, loaded, θ scale 1", new PhaxTrainingOptions
            {
                LayerSizes = sizes, Curve = NeuronCurveKind.Table, NominalLoadMinimumSiemens = MinimumSiemens, ThetaScale = 1,
            }),
        ];
        var baseline = new List<double>();
        List<double>[] accuracies = [.. variants.Select(_ => new List<double>())];
        output.WriteLine($"| seed | unconstrained | {string.Join(" | ", variants.Select(v => v.Name))} |");
        output.WriteLine($"|---|---|{string.Concat(variants.Select(_ => "---|"))}");
        for (int seed = 1; seed <= SeedCount; seed++)
        {
            DataSplit split = data.Split(0.8, (ulong)seed);
            var schedule = new TrainingSchedule { Seed = (ulong)seed };
            baseline.Add(100 * TanhBaselineTrainer.Train(sizes, schedule, split).Final.TestAccuracy);
            for (int v = 0; v < variants.Length; v++)
                accuracies[v].Add(100 * PhaxTrainer.Train(variants[v].Options with { Schedule = schedule }, split).Final.TestAccuracy);
            output.WriteLine(Row($"{seed}", [baseline[^1], .. accuracies.Select(a => a[^1])]));
        }

        List<double>[] all = [baseline, .. accuracies];
        output.WriteLine(Row("mean", [.. all.Select(a => a.Average())]));
        output.WriteLine(Row("standard deviation", [.. all.Select(Deviation)]));
        double[][] differences = [.. accuracies.Select(a => a.Zip(baseline, (x, b) => x - b).ToArray())];
        output.WriteLine(Row("mean difference", [0, .. differences.Select(d => d.Average())]));
        output.WriteLine(Row("its standard error", [0, .. differences.Select(d => Deviation(d) / Math.Sqrt(SeedCount))]));
        return differences[0].Average() >= -1 && differences[1].Average() >= -1 ? 0 : 5;
    }

    private static double Deviation(IReadOnlyCollection<double> values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1));
    }

    private static string Row(string name, IEnumerable<double> cells) =>
        $"| {name} | {string.Join(" | ", cells.Select(c => c.ToString("F2", CultureInfo.InvariantCulture)))} |";
}
