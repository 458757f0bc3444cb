using CircuitSim.TestSupport;
using CircuitSim.Training.Bayesian;

namespace CircuitSim.Training.Tests.Bayesian;

public sealed class UncertaintyTests
{
    // Two draws of three samples and two classes: agreement, doubt in every draw, and draws that contradict each other.
    private static readonly PredictiveDistribution Prediction = PredictiveDistribution.Of([[1, 0, 0.5, 0.5, 0.9, 0.1], [1, 0, 0.5, 0.5, 0.1, 0.9]], 2);

    [Fact]
    [Trait("Kind", "closed form")]
    public void Doubt_within_draws_is_aleatoric_and_doubt_between_them_epistemic()
    {
        double ln2 = Math.Log(2), within = -0.9 * Math.Log(0.9) - 0.1 * Math.Log(0.1);

        // A few roundings of numbers below 1.
        Close.Lists([0, ln2, ln2], Prediction.TotalEntropy.Span, 1e-15);
        Close.Lists([0, ln2, within], Prediction.AleatoricEntropy.Span, 1e-15);
        Close.Lists([0, 0, ln2 - within], [Prediction.EpistemicEntropy(0), Prediction.EpistemicEntropy(1), Prediction.EpistemicEntropy(2)], 2e-15);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void The_calibration_error_weighs_bins_by_their_samples()
    {
        PredictiveDistribution prediction = PredictiveDistribution.Of([[0.95, 0.05, 0.95, 0.05, 0.65, 0.35, 0.3, 0.7]], 2);

        IReadOnlyList<ReliabilityBin> bins = Uncertainty.Reliability(prediction, [0, 1, 0, 1]);

        Assert.Equal([0, 0, 0, 0, 0, 0, 1, 1, 0, 2], bins.Select(b => b.Count));
        // (|0.65 − 1| + |0.7 − 1| + 2·|0.95 − 0.5|)/4
        Close.Numbers(0.3875, Uncertainty.ExpectedCalibrationError(bins), 1e-15);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Refusing_the_uncertain_leaves_the_right()
    {
        PredictiveDistribution prediction = PredictiveDistribution.Of([[0.9, 0.1, 0.8, 0.2, 0.6, 0.4, 0.55, 0.45]], 2);
        int[] labels = [0, 0, 1, 1];

        Assert.Equal(0.5, prediction.Accuracy(labels));
        Assert.Equal(2.0 / 3, Uncertainty.AccuracyAfterRefusal(prediction, labels, prediction.TotalEntropy.Span, 0.25));
        Assert.Equal(1, Uncertainty.AccuracyAfterRefusal(prediction, labels, prediction.TotalEntropy.Span, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Uncertainty.AccuracyAfterRefusal(prediction, labels, prediction.TotalEntropy.Span, 1));
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void The_detection_area_counts_ordered_pairs()
    {
        Assert.Equal(1, Uncertainty.DetectionArea([3, 4], [1, 2]));
        Assert.Equal(0.5, Uncertainty.DetectionArea([1, 1], [1, 1]));
        Assert.Equal(0.625, Uncertainty.DetectionArea([1, 3], [1, 2]));
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Total_variation_is_half_the_absolute_difference()
    {
        PredictiveDistribution other = PredictiveDistribution.Of([[0.5, 0.5, 0.5, 0.5, 0.5, 0.5]], 2);

        Close.Numbers(0.5 / 3, Prediction.TotalVariation(other), 1e-15);
        Assert.Equal(0, Prediction.TotalVariation(Prediction));
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Misfits_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Prediction.Accuracy([0]));
        Assert.Throws<ArgumentException>(() => PredictiveDistribution.Of([], 2));
        Assert.Throws<ArgumentException>(() => PredictiveDistribution.Of([[1, 0], [1, 0, 1, 0]], 2));
        Assert.Throws<ArgumentException>(() => Uncertainty.DetectionArea([], [1]));
    }
}
