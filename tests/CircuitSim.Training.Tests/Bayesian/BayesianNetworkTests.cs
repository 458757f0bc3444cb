using CircuitSim.Circuit.Errors;
using CircuitSim.TestSupport;
using CircuitSim.Training.Bayesian;
using CircuitSim.Training.Data;

namespace CircuitSim.Training.Tests.Bayesian;

public sealed class BayesianNetworkTests
{
    [Fact]
    [Trait("Kind", "property")]
    public void The_gradient_of_the_posterior_is_its_difference()
    {
        double[] inputs = [0.3, -0.7, 0.9, 0.2, -0.4, 0.8];
        var posterior = new NetworkPosterior([2, 3, 2], inputs, [0, 1, 1], 0.7);
        double[] position = [.. Enumerable.Range(0, posterior.Dimension).Select(i => 0.3 * Math.Sin(i + 1))], gradient = new double[posterior.Dimension], scratch = new double[posterior.Dimension];

        posterior.Evaluate(position, gradient);

        const double h = 1e-6;
        for (int i = 0; i < position.Length; i++)
        {
            double middle = position[i];
            position[i] = middle + h;
            double above = posterior.Evaluate(position, scratch);
            position[i] = middle - h;
            double below = posterior.Evaluate(position, scratch);
            position[i] = middle;
            // Rounding of the density over 2h, and h² of the third derivative.
            Close.Numbers((above - below) / (2 * h), gradient[i], 1e-8);
        }
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_single_logistic_weight_has_the_posterior_of_quadrature()
    {
        // Two classes, one input, no hidden layer: the likelihood depends on the differences of weights and biases only, whose priors have variance 2s².
        double[] inputs = [-1, -0.5, 0.2, 0.6, 1];
        int[] labels = [0, 0, 1, 0, 1];
        BayesianNetwork network = BayesianNetwork.Sample([1, 2], inputs, labels, new BayesianNetworkOptions { PriorDeviation = 1.5, Sampler = new NutsOptions { DrawCount = 4000 } });

        QuantitySummary slope = network.Posterior.Summarize(p => p[1] - p[0]);

        (double mean, double deviation) = Quadrature(inputs, labels, 1.5);
        Close.Numbers(mean, slope.Mean, 4 * slope.MeanStandardError);
        Close.Numbers(deviation, slope.StandardDeviation, 0, 0.05);
        Assert.True(slope.RHat < 1.01);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Breast_cancer_is_told_apart_with_uncertainty_that_means_something()
    {
        DataSplit split = DataSets.Open("wdbc").Split(0.5, 1);
        FeatureScaling scaling = FeatureScaling.Fit(split.Training);
        VoltageSet training = scaling.ToVolts(split.Training, 2), test = scaling.ToVolts(split.Test, 2);

        BayesianNetwork network = BayesianNetwork.Sample([30, 4, 2], training.InputVolts.Span, training.Labels.Span,
            new BayesianNetworkOptions { Sampler = new NutsOptions { ChainCount = 2, WarmUpCount = 150, DrawCount = 100, MaximumTreeDepth = 6 } });
        PredictiveDistribution prediction = network.Predict(test.InputVolts.Span);

        double accuracy = prediction.Accuracy(test.Labels.Span);
        Assert.True(accuracy > 0.94, $"accuracy {accuracy}");
        Assert.True(Uncertainty.AccuracyAfterRefusal(prediction, test.Labels.Span, prediction.TotalEntropy.Span, 0.1) > accuracy);
        Assert.InRange(Uncertainty.ExpectedCalibrationError(Uncertainty.Reliability(prediction, test.Labels.Span)), 0, 0.08);
        for (int i = 0; i < prediction.SampleCount; i++) Assert.InRange(prediction.EpistemicEntropy(i), -1e-12, Math.Log(2));
        Assert.InRange(prediction.TotalVariation(network.Predict(test.InputVolts.Span, 20)), 1e-6, 0.05);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Misfits_are_listed_at_once()
    {
        InvalidDesignException shape = Assert.Throws<InvalidDesignException>(() => BayesianNetwork.Sample([1, 1], [0.5], [0], new BayesianNetworkOptions { PriorDeviation = 0 }));
        InvalidDesignException label = Assert.Throws<InvalidDesignException>(() => BayesianNetwork.Sample([1, 2], [0.5], [2], new BayesianNetworkOptions()));

        Assert.Equal(2, shape.Violations.Count);
        Assert.Contains("Label 2 names no class", label.Message, StringComparison.Ordinal);
    }

    private static (double Mean, double Deviation) Quadrature(double[] inputs, int[] labels, double prior)
    {
        double weight = 0, first = 0, second = 0;
        const double step = 0.02, range = 9;
        for (double slope = -range; slope <= range; slope += step)
            for (double offset = -range; offset <= range; offset += step)
            {
                double log = -(slope * slope + offset * offset) / (4 * prior * prior);
                for (int i = 0; i < inputs.Length; i++)
                {
                    double sum = slope * inputs[i] + offset;
                    log -= Math.Log(1 + Math.Exp(labels[i] == 1 ? -sum : sum));
                }

                double p = Math.Exp(log);
                weight += p;
                first += p * slope;
                second += p * slope * slope;
            }

        double mean = first / weight;
        return (mean, Math.Sqrt(second / weight - mean * mean));
    }
}
