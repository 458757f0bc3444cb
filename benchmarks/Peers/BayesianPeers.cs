using System.Diagnostics;
using System.Globalization;
using CircuitSim.Circuit.Randomness;
using CircuitSim.Training.Bayesian;
using CircuitSim.Training.Data;

namespace CircuitSim.Peers;

/// <summary>Effective samples per second of the No-U-Turn sampler here and in Stan, on the same models and data in one run.</summary>
/// <remarks>
/// Both: 4 chains, 1000 draws of warm-up and 1000 kept, target acceptance 0.8, diagonal mass matrix. Seconds are processor time of warm-up and sampling;
/// Stan's compilation is left out. The effective sample size of both is this project's, the lowest of the bulk over the parameters, or over the log-odds of
/// ten samples for the network, whose hidden neurons may change places.
/// </remarks>
internal static class BayesianPeers
{
    private const int Repetitions = 3, Hidden = 4, Probes = 10;
    private const string Script = "bayesian_peer.R";

    private static readonly double[] Effects = [28, 8, -3, 7, -1, 1, 18, 12], Errors = [15, 10, 16, 11, 9, 11, 10, 18];

    /// <summary>Runs both and prints effective samples per second and their ratio.</summary>
    /// <param name="output">Receives the report.</param>
    /// <returns>Exit code: 0, or 1 when Stan failed or the two disagree.</returns>
    public static int Run(TextWriter output)
    {
        double[][] line = Line();
        DataSplit split = DataSets.Open("wdbc").Split(0.5, 1);
        double[] inputs = FeatureStandardization.Fit(split.Training).Apply(split.Training, hasBias: false);
        int[] labels = split.Training.Labels.ToArray();
        int features = split.Training.FeatureCount;
        (string Name, int Dimension, Func<ILogDensity> Density, Func<double[], double[]> Quantities)[] models =
        [
            ("schools", 10, () => new Density(10, Schools), p => p),
            ("regression", 6, () => new Density(6, (p, g) => Regression(line, p, g)), p => p),
            ("network", 0, () => new NetworkPosterior([features, Hidden, 2], inputs, labels, 1), p => LogOdds(p, inputs, features)),
        ];
        string folder = Directory.CreateTempSubdirectory("circuitsim-peer").FullName;
        try
        {
            Write(Path.Combine(folder, "schools.csv"), Effects.Zip(Errors).Select(s => new[] { s.First, s.Second }));
            Write(Path.Combine(folder, "regression.csv"), line);
            Write(Path.Combine(folder, "network.csv"), labels.Select((label, i) => (double[])[label, .. inputs.AsSpan(i * features, features)]));
            output.WriteLine("No-U-Turn sampler, 4 chains of 1000 + 1000 draws: lowest effective sample size a processor second, warm-up included, median of 3 runs");
            var ours = new Dictionary<string, (double PerSecond, double[] Means, double[] Errors)>();
            foreach (var model in models) ours[model.Name] = Ours(output, model.Name, model.Density, model.Quantities);

            (int code, string text, string errors) = PeerScript.Start("Rscript", $"\"{PeerScript.Find(Script)}\" \"{folder}\" {Repetitions}");
            if (code != 0)
            {
                output.WriteLine($"Stan        not compared: Rscript with rstan is needed (Debian: apt-get install r-cran-rstan g++ libboost-dev). {errors.Split('\n').LastOrDefault(l => l.Trim().Length > 0)}");
                return 0;
            }

            return Compare(output, folder, text, models.ToDictionary(m => m.Name, m => m.Quantities), ours);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static (double PerSecond, double[] Means, double[] Errors) Ours(TextWriter output, string name, Func<ILogDensity> density, Func<double[], double[]> quantities)
    {
        // The first run compiles.
        NutsSampler.Sample(density, new NutsOptions { WarmUpCount = 100, DrawCount = 50 });
        var rates = new List<double>();
        QuantitySummary[] last = [];
        for (int r = 1; r <= Repetitions; r++)
        {
            TimeSpan start = Process.GetCurrentProcess().TotalProcessorTime;
            PosteriorSample sample = NutsSampler.Sample(density, new NutsOptions { Seed = (ulong)r });
            double seconds = (Process.GetCurrentProcess().TotalProcessorTime - start).TotalSeconds;
            last = Summaries([.. sample.Chains.Select(c => Enumerable.Range(0, c.Draws.Length).Select(i => quantities(c.Draw(i).ToArray())).ToArray())]);
            rates.Add(last.Min(s => s.BulkSampleSize) / seconds);
            output.WriteLine(Text($"CircuitSim  {name,-10} run {r}: {seconds,8:F2} s, lowest effective sample size {last.Min(s => s.BulkSampleSize),6:F0}, worst R-hat {last.Max(s => s.RHat):F3}, {sample.DivergenceCount} divergent"));
        }

        return (Median(rates), [.. last.Select(s => s.Mean)], [.. last.Select(s => s.MeanStandardError)]);
    }

    private static int Compare(
        TextWriter output, string folder, string text, Dictionary<string, Func<double[], double[]>> quantities, Dictionary<string, (double PerSecond, double[] Means, double[] Errors)> ours)
    {
        var rates = new Dictionary<string, List<double>>();
        bool agrees = true;
        foreach (string[] cells in text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(c => c.Length == 3 && ours.ContainsKey(c[0])))
        {
            string name = cells[0];
            double seconds = double.Parse(cells[2], CultureInfo.InvariantCulture);
            double[][] rows = [.. File.ReadLines(Path.Combine(folder, $"{name}-{cells[1]}.csv")).Select(l => l.Split(',').Select(c => double.Parse(c, CultureInfo.InvariantCulture)).ToArray())];
            if (name == "network") rows = [.. rows.Select(RowMajor)];
            int perChain = rows.Length / 4;
            QuantitySummary[] theirs = Summaries([.. Enumerable.Range(0, 4).Select(c => rows[(c * perChain)..((c + 1) * perChain)].Select(quantities[name]).ToArray())]);
            if (!rates.TryGetValue(name, out List<double>? of)) rates[name] = of = [];
            of.Add(theirs.Min(s => s.BulkSampleSize) / seconds);
            output.WriteLine(Text($"Stan        {name,-10} run {cells[1]}: {seconds,8:F2} s, lowest effective sample size {theirs.Min(s => s.BulkSampleSize),6:F0}, worst R-hat {theirs.Max(s => s.RHat):F3}"));
            for (int i = 0; i < theirs.Length; i++)
            {
                // Five standard errors of the difference: means of dozens of quantities are compared.
                double difference = Math.Abs(theirs[i].Mean - ours[name].Means[i]), error = Math.Sqrt(theirs[i].MeanStandardError * theirs[i].MeanStandardError + ours[name].Errors[i] * ours[name].Errors[i]);
                if (difference <= 5 * error) continue;
                output.WriteLine(Text($"The two disagree on quantity {i + 1} of {name}: {theirs[i].Mean:G5} and {ours[name].Means[i]:G5}, standard error {error:G2}; the comparison is void."));
                agrees = false;
            }
        }

        foreach ((string name, List<double> of) in rates)
            output.WriteLine(Text($"{name,-10} CircuitSim {ours[name].PerSecond:F0}/s, Stan {Median(of):F0}/s, ratio {ours[name].PerSecond / Median(of):F2}"));
        return agrees ? 0 : 1;
    }

    private static QuantitySummary[] Summaries(double[][][] chains) =>
        [.. Enumerable.Range(0, chains[0][0].Length).Select(i => QuantitySummary.Of([.. chains.Select(c => c.Select(d => d[i]).ToArray())]))];

    // Stan lists matrices column by column.
    private static double[] RowMajor(double[] columnMajor)
    {
        const int outputs = 2;
        int rows = (columnMajor.Length - Hidden - Hidden * outputs - outputs) / Hidden, second = (rows + 1) * Hidden;
        double[] p = [.. columnMajor];
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < Hidden; j++) p[i * Hidden + j] = columnMajor[j * rows + i];
        for (int i = 0; i < Hidden; i++)
            for (int j = 0; j < outputs; j++) p[second + i * outputs + j] = columnMajor[second + j * Hidden + i];
        return p;
    }

    private static double[] LogOdds(double[] p, double[] inputs, int features) =>
        [.. BayesianNetwork.Probabilities([features, Hidden, 2], [p], inputs.AsSpan(0, Probes * features))[0].Chunk(2).Select(c => Math.Log(c[1] / c[0]))];

    private static double[][] Line()
    {
        CounterRandom inputs = new(5, "inputs"), noise = new(5, "noise");
        return [.. Enumerable.Range(0, 100).Select(i =>
        {
            double[] x = [.. Enumerable.Range(0, 5).Select(j => inputs.Normal((ulong)(5 * i + j)))];
            return (double[])[x.Sum() + noise.Normal((ulong)i), .. x];
        })];
    }

    private static double Schools(ReadOnlySpan<double> p, Span<double> gradient)
    {
        double mu = p[0], tau = Math.Exp(p[1]), ratio = tau / 5, log = -mu * mu / 50 - Math.Log(1 + ratio * ratio) + p[1];
        gradient[0] = -mu / 25;
        gradient[1] = 1 - 2 * ratio * ratio / (1 + ratio * ratio);
        for (int j = 0; j < Effects.Length; j++)
        {
            double eta = p[j + 2], rest = (Effects[j] - mu - tau * eta) / Errors[j];
            log -= 0.5 * (rest * rest + eta * eta);
            gradient[0] += rest / Errors[j];
            gradient[1] += rest * tau * eta / Errors[j];
            gradient[j + 2] = rest * tau / Errors[j] - eta;
        }

        return log;
    }

    private static double Regression(double[][] rows, ReadOnlySpan<double> p, Span<double> gradient)
    {
        double sigma = Math.Exp(p[5]), log = p[5] - sigma * sigma / 200, squares = 0;
        for (int j = 0; j < 5; j++)
        {
            gradient[j] = -p[j] / 100;
            log -= p[j] * p[j] / 200;
        }

        foreach (double[] row in rows)
        {
            double rest = row[0];
            for (int j = 0; j < 5; j++) rest -= row[j + 1] * p[j];
            squares += rest * rest;
            for (int j = 0; j < 5; j++) gradient[j] += rest * row[j + 1] / (sigma * sigma);
        }

        gradient[5] = 1 - sigma * sigma / 100 - rows.Length + squares / (sigma * sigma);
        return log - rows.Length * p[5] - 0.5 * squares / (sigma * sigma);
    }

    private static void Write(string path, IEnumerable<double[]> rows) =>
        File.WriteAllLines(path, rows.Select(r => string.Join(',', r.Select(v => v.ToString("R", CultureInfo.InvariantCulture)))));

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed class Density(int dimension, Density.Function evaluate) : ILogDensity
    {
        internal delegate double Function(ReadOnlySpan<double> position, Span<double> gradient);

        public int Dimension => dimension;

        public double Evaluate(ReadOnlySpan<double> position, Span<double> gradient) => evaluate(position, gradient);
    }
}
