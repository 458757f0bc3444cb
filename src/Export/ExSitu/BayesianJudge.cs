using CircuitSim.Export.CrossCheck;
using CircuitSim.Export.Reports;
using CircuitSim.Training.Baseline;
using CircuitSim.Training.Bayesian;
using CircuitSim.Training.Data;
using MathNet.Numerics.Statistics;

namespace CircuitSim.Export.ExSitu;

/// <summary>Judges a posterior in software beside a deterministic network and, for heartbeats, naive Bayes.</summary>
internal static class BayesianJudge
{
    private const int Probes = 50, NaiveFeatures = 5;
    private const double CredibleTail = 0.05;

    internal static BayesianTaskResult Judge(BayesianTask task, BayesianNetwork network, double[] deterministic, double[]? onAll, double seconds, int predictionDraws)
    {
        ReadOnlySpan<int> labels = task.Test.Labels.Span;
        double[][] draws = [.. Enumerable.Range(0, predictionDraws).Select(d => network.Draw(network.DrawOf(d, predictionDraws)).ToArray())];
        IReadOnlyList<double[]> probabilities = BayesianNetwork.Probabilities(task.LayerSizes, draws, task.TestInputs);
        PredictiveDistribution posterior = PredictiveDistribution.Of(probabilities, task.Classes.Count), single = Single(task, deterministic, task.TestInputs);
        double[] epistemic = Epistemic(posterior), total = posterior.TotalEntropy.ToArray(), singleEntropy = single.TotalEntropy.ToArray();
        int[] truth = labels.ToArray();
        var scores = new List<ClassifierScore>
        {
            Score("posterior", posterior.Classes.Span, task, Uncertainty.ExpectedCalibrationError(Uncertainty.Reliability(posterior, labels))),
            Score("deterministic network", single.Classes.Span, task, Uncertainty.ExpectedCalibrationError(Uncertainty.Reliability(single, labels))),
        };
        if (onAll is not null)
        {
            PredictiveDistribution whole = Single(task, onAll, task.TestInputs);
            scores.Add(Score("deterministic network on all training samples", whole.Classes.Span, task, Uncertainty.ExpectedCalibrationError(Uncertainty.Reliability(whole, labels))));
        }

        if (task.Test.Name == "mitdb")
            scores.Add(Score("naive Bayes on all training samples", NaiveBayes.Classify(new DataSplit(task.Available, task.Test), [.. Enumerable.Range(0, NaiveFeatures)]), task, null));

        double[] shares = [.. Enumerable.Range(0, 11).Select(i => 0.05 * i)];
        return new BayesianTaskResult
        {
            Classes = task.Classes,
            TrainCount = task.Training.SampleCount,
            AvailableCount = task.Available.SampleCount,
            TestCount = task.Test.SampleCount,
            Sampler = Summary(task, network, seconds),
            Scores = scores,
            EntropyWhenRight = Entropies(posterior, truth, isRight: true),
            EntropyWhenWrong = Entropies(posterior, truth, isRight: false),
            CredibleWidth = CredibleWidth(posterior, probabilities),
            Reliability = Filled(posterior, labels),
            DeterministicReliability = Filled(single, labels),
            Refusal = [.. shares.Select(s => new RefusalPoint(
                s, Uncertainty.AccuracyAfterRefusal(posterior, truth, total, s), Uncertainty.AccuracyAfterRefusal(posterior, truth, epistemic, s), Uncertainty.AccuracyAfterRefusal(single, truth, singleEntropy, s)))],
            LeftOut = [.. task.LeftOut.Select(l =>
            {
                PredictiveDistribution other = PredictiveDistribution.Of(BayesianNetwork.Probabilities(task.LayerSizes, draws, l.Inputs), task.Classes.Count);
                return new LeftOutClass(
                    l.Name, other.SampleCount, Uncertainty.DetectionArea(Epistemic(other), epistemic), Uncertainty.DetectionArea(other.TotalEntropy.Span, total),
                    Uncertainty.DetectionArea(Single(task, deterministic, l.Inputs).TotalEntropy.Span, singleEntropy));
            })],
        };
    }

    private static ReliabilityBin[] Filled(PredictiveDistribution p, ReadOnlySpan<int> labels) => [.. Uncertainty.Reliability(p, labels).Where(b => b.Count > 0)];

    private static PredictiveDistribution Single(BayesianTask task, double[] parameters, double[] inputs) =>
        PredictiveDistribution.Of(BayesianNetwork.Probabilities(task.LayerSizes, [parameters], inputs), task.Classes.Count);

    private static double[] Epistemic(PredictiveDistribution p) => [.. Enumerable.Range(0, p.SampleCount).Select(p.EpistemicEntropy)];

    private static ClassifierScore Score(string name, ReadOnlySpan<int> chosen, BayesianTask task, double? calibration)
    {
        ReadOnlySpan<int> labels = task.Test.Labels.Span;
        int classes = task.Classes.Count;
        int[] of = new int[classes], said = new int[classes], right = new int[classes];
        for (int i = 0; i < labels.Length; i++)
        {
            of[labels[i]]++;
            said[chosen[i]]++;
            if (chosen[i] == labels[i]) right[labels[i]]++;
        }

        ModelAccuracy accuracy = CrossChecker.Accuracy($"{name}, {string.Join(", ", task.Classes)}", "test", right.Sum(), labels.Length);
        return new ClassifierScore(name, accuracy, calibration,
            [.. task.Classes.Select((c, k) => new ClassScore(c, of[k], of[k] == 0 ? null : (double)right[k] / of[k], said[k] == 0 ? null : (double)right[k] / said[k]))]);
    }

    private static double[] Entropies(PredictiveDistribution p, int[] truth, bool isRight)
    {
        int[] which = [.. Enumerable.Range(0, truth.Length).Where(i => (p.Classes.Span[i] == truth[i]) == isRight)];
        return which.Length == 0 ? [] : [which.Average(i => p.TotalEntropy.Span[i]), which.Average(i => p.AleatoricEntropy.Span[i]), which.Average(p.EpistemicEntropy)];
    }

    private static double CredibleWidth(PredictiveDistribution p, IReadOnlyList<double[]> draws)
    {
        double sum = 0;
        var values = new double[draws.Count];
        for (int i = 0; i < p.SampleCount; i++)
        {
            int at = i * p.ClassCount + p.Classes.Span[i];
            for (int d = 0; d < values.Length; d++) values[d] = draws[d][at];
            Array.Sort(values);
            sum += SortedArrayStatistics.Quantile(values, 1 - CredibleTail) - SortedArrayStatistics.Quantile(values, CredibleTail);
        }

        return sum / p.SampleCount;
    }

    private static SamplerSummary Summary(BayesianTask task, BayesianNetwork network, double seconds)
    {
        PosteriorSample s = network.Posterior;
        int probes = Math.Min(Probes, task.Test.SampleCount), classes = task.Classes.Count, perChain = s.Chains[0].Draws.Length;
        double[] inputs = [.. Enumerable.Range(0, probes).SelectMany(i => task.TestInput((int)((long)i * task.Test.SampleCount / probes)).ToArray())];
        IReadOnlyList<double[]> all = BayesianNetwork.Probabilities(task.LayerSizes, [.. Enumerable.Range(0, s.DrawCount).Select(d => network.Draw(d).ToArray())], inputs);
        QuantitySummary[] predictions = [.. Enumerable.Range(0, probes).Select(i => QuantitySummary.Of(
            [.. Enumerable.Range(0, s.Chains.Count).Select(c => Enumerable.Range(c * perChain, perChain).Select(d => all[d][i * classes]).ToArray())]))];
        double[] weights = [.. Enumerable.Range(0, s.Dimension).Select(i => s.Summarize(i).RHat)];
        return new SamplerSummary(
            seconds, s.Dimension, s.Chains.Count, s.DrawCount, s.DivergenceCount, s.DeepestTreeCount, s.LeapfrogCount, s.MeanAcceptance, double.IsFinite(s.MeanEnergyError) ? s.MeanEnergyError : null, s.LowestEnergyFraction,
            predictions.Max(p => p.RHat), predictions.Min(p => p.BulkSampleSize), probes, weights.Median(), weights.Max());
    }
}
