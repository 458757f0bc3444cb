using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Networks;
using CircuitSim.Export.Runs;
using CircuitSim.Export.Sweep;
using CircuitSim.Mapping.Devices;
using CircuitSim.Mapping.ExSitu;
using CircuitSim.Training.Bayesian;
using CircuitSim.Training.ExSitu;

namespace CircuitSim.Export.ExSitu;

/// <summary>Chips of a transferred posterior: programmed, solved with every wire, and held against the posterior in software.</summary>
internal sealed class BayesianHardware
{
    internal const string Matched = "one pulse, spread as part of the posterior";

    private const string Plain = "one pulse", Verified = "program-and-verify";
    private const int PowerProbes = 20;

    private readonly Experiment _experiment;
    private readonly BayesianTask _task;
    private readonly BayesianNetwork _network;
    private readonly DeviceCard _card;
    private readonly LevelPlan _levels;
    private readonly int[] _samples;
    private readonly double[] _inputs;
    private readonly int[] _labels;

    internal BayesianHardware(Experiment experiment, BayesianTask task, BayesianNetwork network)
    {
        (_experiment, _task, _network) = (experiment, task, network);
        _card = Settings.Device.Open();
        _levels = Settings.Device.Levels(_card);
        int count = Math.Min(experiment.Check.Samples, task.Test.SampleCount);
        _samples = [.. Enumerable.Range(0, count).Select(i => (int)((long)i * task.Test.SampleCount / count))];
        _inputs = [.. _samples.SelectMany(i => task.TestInput(i).ToArray())];
        _labels = [.. _samples.Select(i => task.Test.Labels.Span[i])];
    }

    internal DeviceCard Card => _card;

    /// <summary>K of the decks: the smallest with more than one crossbar.</summary>
    internal int DeckCrossbars => Settings.Crossbars.FirstOrDefault(k => k > 1, Settings.Crossbars[0]);

    internal int SampleCount => _samples.Length;

    private BayesianSettings Settings => _experiment.Bayesian!;

    /// <summary>The transfer that decks and device lists show.</summary>
    internal PosteriorTransfer DeckTransfer() => Transfer(Matched, DeckCrossbars);

    internal (double[][][] Siemens, long Pulses) DeckChip(PosteriorTransfer transfer) => transfer.Program(RunDevice.Seed(_experiment.Seed, 1));

    internal PosteriorTransfer Transfer(string programming, int crossbars)
    {
        var options = new ProgrammingOptions
        {
            Mode = programming == Verified ? ProgrammingMode.Verify : ProgrammingMode.OneShot,
            Levels = _levels,
            ReadSeconds = Settings.Device.ReadSeconds,
        };
        PairTransfer pairs = PairTransfer.Create(LevelStatistics.Of(_card, options), Settings.Device.Assignment);
        return PosteriorTransfer.Create(_network, crossbars, pairs, programming == Matched ? PosteriorMatching.Moments : PosteriorMatching.None);
    }

    /// <summary>The software's prediction of the samples of the chips.</summary>
    internal PredictiveDistribution Software(int draws) => _network.Predict(_inputs, draws);

    internal DrawCountResult Draws(int count, PredictiveDistribution software)
    {
        PredictiveDistribution p = Software(count);
        return new DrawCountResult(count, p.Accuracy(_labels), CalibrationError(p), p.TotalVariation(software));
    }

    internal List<HardwareResult> Measure(PredictiveDistribution software, Action<double, string> progress, CancellationToken cancellationToken)
    {
        var results = new List<HardwareResult>();
        string[] ways = [Plain, Matched, Verified];
        int total = ways.Length * Settings.Crossbars.Count;
        foreach (string way in ways)
        {
            foreach (int count in Settings.Crossbars)
            {
                progress((double)results.Count / total, FormattableString.Invariant($"{way}, {count} crossbars a layer"));
                results.Add(Measure(way, count, software, cancellationToken));
            }
        }

        return results;
    }

    internal DesignCost Cost(int crossbars, IReadOnlyList<HardwareResult> hardware)
    {
        PosteriorTransfer transfer = Transfer(Matched, crossbars);
        (double[][][] siemens, long pulses) = transfer.Program(RunDevice.Seed(_experiment.Seed, 1));
        int probes = Math.Min(PowerProbes, SampleCount);
        double watts = 0;
        for (int k = 0; k < crossbars; k++)
        {
            ReadoutSolver solver = ReadoutSolver.Create(PosteriorCircuit.Network(transfer, k, siemens[k], Settings.Wiring));
            for (int i = 0; i < probes; i++)
                foreach (ReadoutOperatingPoint point in solver.Solve(_task.TestInput(_samples[(int)((long)i * SampleCount / probes)])))
                    for (int w = 0; w < point.SourceVolts.Length; w++) watts += point.SourceVolts.Span[w] * point.Crossbar.WordLineAmps.Span[w] / probes;
        }

        return new DesignCost(
            crossbars, transfer.DeviceCount, 1e6 * transfer.DeviceCount * Settings.Wiring.CellSquareMetres, watts, watts * Settings.Wiring.ReadSeconds, pulses,
            hardware.First(h => h.Programming == Verified && h.Crossbars == crossbars).Pulses, pulses * _card.PulseEnergyJoules);
    }

    private HardwareResult Measure(string way, int count, PredictiveDistribution software, CancellationToken cancellationToken)
    {
        PosteriorTransfer transfer = Transfer(way, count);
        var chips = new (double Accuracy, double Calibration, double Variation, double MeanSums, double MeanSumsVariation, long Pulses)[Settings.Chips];
        ParallelWork.For(chips.Length, new ParallelOptions { CancellationToken = cancellationToken }, chip =>
        {
            (double[][][] siemens, long pulses) = transfer.Program(RunDevice.Seed(_experiment.Seed, chip + 1));
            double[][] read = [.. siemens.Select((g, k) => PosteriorCircuit.Parameters(PosteriorCircuit.Network(transfer, k, g, Settings.Wiring)))];
            IReadOnlyList<double[]> probabilities = BayesianNetwork.Probabilities(_task.LayerSizes, read, _inputs);
            PredictiveDistribution p = PredictiveDistribution.Of(probabilities, _task.Classes.Count), sums = PredictiveDistribution.Of([MeanSums(probabilities, _task.Classes.Count)], _task.Classes.Count);
            chips[chip] = (p.Accuracy(_labels), CalibrationError(p), p.TotalVariation(software), sums.Accuracy(_labels), sums.TotalVariation(software), pulses);
        });
        return new HardwareResult
        {
            Programming = way,
            Crossbars = count,
            Accuracy = Distribution.Of(chips.Select(c => c.Accuracy))!,
            CalibrationError = Distribution.Of(chips.Select(c => c.Calibration))!,
            TotalVariation = Distribution.Of(chips.Select(c => c.Variation))!,
            AccuracyOfMeanSums = Distribution.Of(chips.Select(c => c.MeanSums))!,
            TotalVariationOfMeanSums = Distribution.Of(chips.Select(c => c.MeanSumsVariation))!,
            Pulses = chips.Average(c => (double)c.Pulses),
            TooWideShare = transfer.TooWideShare,
        };
    }

    // Sums differ from log-probabilities by a number that all classes of a sample share: the softmax of the mean sums is that of the mean log-probabilities.
    private static double[] MeanSums(IReadOnlyList<double[]> probabilities, int classes)
    {
        var mean = new double[probabilities[0].Length];
        foreach (double[] p in probabilities)
            for (int i = 0; i < mean.Length; i++) mean[i] += Math.Log(Math.Max(p[i], double.Epsilon)) / probabilities.Count;
        for (int start = 0; start < mean.Length; start += classes)
        {
            Span<double> row = mean.AsSpan(start, classes);
            double highest = double.NegativeInfinity, total = 0;
            foreach (double v in row) highest = Math.Max(highest, v);
            for (int c = 0; c < classes; c++) total += row[c] = Math.Exp(row[c] - highest);
            for (int c = 0; c < classes; c++) row[c] /= total;
        }

        return mean;
    }

    private double CalibrationError(PredictiveDistribution p) => Uncertainty.ExpectedCalibrationError(Uncertainty.Reliability(p, _labels));
}
