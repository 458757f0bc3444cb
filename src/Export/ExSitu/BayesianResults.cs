using CircuitSim.Export.Reports;
using CircuitSim.Export.Sweep;
using CircuitSim.Training.Bayesian;

namespace CircuitSim.Export.ExSitu;

/// <summary>How a sampler did, and how far its draws can be trusted.</summary>
/// <param name="Seconds">Time of sampling, seconds.</param>
/// <param name="ParameterCount">Weights and biases.</param>
/// <param name="ChainCount">Chains.</param>
/// <param name="DrawCount">Draws of all chains.</param>
/// <param name="DivergenceCount">Divergent trajectories after warm-up.</param>
/// <param name="DeepestTreeCount">Draws whose tree was cut off at the largest depth.</param>
/// <param name="LeapfrogCount">Evaluations of the gradient after warm-up.</param>
/// <param name="MeanAcceptance">Mean acceptance statistic.</param>
/// <param name="MeanEnergyError">Mean over the draws of the largest energy error of their trajectories; null when a divergence left the numbers.</param>
/// <param name="LowestEnergyFraction">Lowest energy fraction of missing information of the chains.</param>
/// <param name="WorstPredictionRHat">Largest R-hat of the probability of the first class, over the probed test samples.</param>
/// <param name="LowestPredictionSampleSize">Lowest effective sample size of the same.</param>
/// <param name="ProbeCount">Test samples probed.</param>
/// <param name="MedianWeightRHat">Median R-hat of the weights. Hidden neurons may change places between chains, which leaves predictions alone: weights need not agree.</param>
/// <param name="WorstWeightRHat">Largest R-hat of the weights.</param>
public sealed record SamplerSummary(
    double Seconds, int ParameterCount, int ChainCount, int DrawCount, int DivergenceCount, int DeepestTreeCount, long LeapfrogCount, double MeanAcceptance,
    double? MeanEnergyError, double LowestEnergyFraction, double WorstPredictionRHat, double LowestPredictionSampleSize, int ProbeCount, double MedianWeightRHat, double WorstWeightRHat);

/// <summary>Recall and precision of one class.</summary>
/// <param name="Name">The class.</param>
/// <param name="Count">Test samples of it.</param>
/// <param name="Recall">Share of them that is found (sensitivity); null when there is none.</param>
/// <param name="Precision">Share of the samples said to be of it that are; null when there is none.</param>
public sealed record ClassScore(string Name, int Count, double? Recall, double? Precision);

/// <summary>One classifier on the test part.</summary>
/// <param name="Name">The classifier.</param>
/// <param name="Accuracy">Accuracy with its interval.</param>
/// <param name="CalibrationError">Expected calibration error in ten bins; null for classifiers without probabilities.</param>
/// <param name="Classes">Recall and precision.</param>
public sealed record ClassifierScore(string Name, ModelAccuracy Accuracy, double? CalibrationError, IReadOnlyList<ClassScore> Classes);

/// <summary>Accuracy of what is left when the most uncertain samples are refused.</summary>
/// <param name="Share">Share refused.</param>
/// <param name="ByTotal">Accuracy, refused by total entropy of the posterior.</param>
/// <param name="ByEpistemic">Accuracy, refused by epistemic entropy.</param>
/// <param name="Deterministic">Accuracy of the deterministic network, refused by its entropy.</param>
public sealed record RefusalPoint(double Share, double ByTotal, double ByEpistemic, double Deterministic);

/// <summary>How well uncertainty tells beats or samples of a class that was left out of training from the test samples of the trained classes.</summary>
/// <param name="Name">The class.</param>
/// <param name="Count">Samples of it.</param>
/// <param name="Epistemic">Area under the receiver operating characteristic of epistemic entropy.</param>
/// <param name="Total">The same of total entropy.</param>
/// <param name="Deterministic">The same of the entropy of the deterministic network.</param>
public sealed record LeftOutClass(string Name, int Count, double Epistemic, double Total, double Deterministic);

/// <summary>One posterior in software.</summary>
public sealed record BayesianTaskResult
{
    /// <summary>Classes that are told apart.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    /// <summary>Samples conditioned on.</summary>
    public required int TrainCount { get; init; }

    /// <summary>Samples of these classes in the training part.</summary>
    public required int AvailableCount { get; init; }

    /// <summary>Test samples.</summary>
    public required int TestCount { get; init; }

    /// <summary>How the sampler did.</summary>
    public required SamplerSummary Sampler { get; init; }

    /// <summary>Posterior, deterministic network of the same shape, and naive Bayes where the data set has its features.</summary>
    public required IReadOnlyList<ClassifierScore> Scores { get; init; }

    /// <summary>Mean total, aleatoric and epistemic entropy of samples classified right, nats.</summary>
    public required IReadOnlyList<double> EntropyWhenRight { get; init; }

    /// <summary>The same of samples classified wrong; empty when there is none.</summary>
    public required IReadOnlyList<double> EntropyWhenWrong { get; init; }

    /// <summary>Mean width of the 90 % credible interval of the probability of the chosen class.</summary>
    public required double CredibleWidth { get; init; }

    /// <summary>Reliability of the posterior in ten equal intervals, empty ones left out.</summary>
    public required IReadOnlyList<ReliabilityBin> Reliability { get; init; }

    /// <summary>Reliability of the deterministic network.</summary>
    public required IReadOnlyList<ReliabilityBin> DeterministicReliability { get; init; }

    /// <summary>Accuracy against share refused.</summary>
    public required IReadOnlyList<RefusalPoint> Refusal { get; init; }

    /// <summary>Classes left out of training.</summary>
    public required IReadOnlyList<LeftOutClass> LeftOut { get; init; }
}

/// <summary>K draws in software, before any device.</summary>
/// <param name="Crossbars">K.</param>
/// <param name="Accuracy">Accuracy.</param>
/// <param name="CalibrationError">Expected calibration error.</param>
/// <param name="TotalVariation">Total variation to the whole posterior.</param>
public sealed record DrawCountResult(int Crossbars, double Accuracy, double CalibrationError, double TotalVariation);

/// <summary>Chips of one design and one way to program it, against the posterior in software on the same samples.</summary>
public sealed record HardwareResult
{
    /// <summary>How devices were programmed.</summary>
    public required string Programming { get; init; }

    /// <summary>Crossbars K a layer.</summary>
    public required int Crossbars { get; init; }

    /// <summary>Accuracy over chips, probabilities averaged.</summary>
    public required Distribution Accuracy { get; init; }

    /// <summary>Expected calibration error over chips.</summary>
    public required Distribution CalibrationError { get; init; }

    /// <summary>Total variation to the posterior in software over chips.</summary>
    public required Distribution TotalVariation { get; init; }

    /// <summary>Accuracy over chips when currents are averaged instead: one softmax of the mean sums.</summary>
    public required Distribution AccuracyOfMeanSums { get; init; }

    /// <summary>Total variation over chips when currents are averaged instead.</summary>
    public required Distribution TotalVariationOfMeanSums { get; init; }

    /// <summary>Programming pulses a chip, mean over chips.</summary>
    public required double Pulses { get; init; }

    /// <summary>Share of the weights whose programming spread exceeds their posterior spread.</summary>
    public required double TooWideShare { get; init; }
}

/// <summary>What a design of K crossbars a layer costs.</summary>
/// <param name="Crossbars">K.</param>
/// <param name="DeviceCount">Memristors.</param>
/// <param name="SquareMillimetres">Area of their cells, without periphery.</param>
/// <param name="ReadWatts">Power of all crossbars during a read, mean over the probed samples, from the solved currents.</param>
/// <param name="ReadJoules">Energy of one classification: power times the time that each layer is read for.</param>
/// <param name="OnePulseCount">Pulses of one-shot programming.</param>
/// <param name="VerifyPulseCount">Pulses of program-and-verify, mean over chips.</param>
/// <param name="OnePulseJoules">Energy of one-shot programming, or null when the card has no pulse energy.</param>
public sealed record DesignCost(
    int Crossbars, int DeviceCount, double SquareMillimetres, double ReadWatts, double ReadJoules, double OnePulseCount, double VerifyPulseCount, double? OnePulseJoules);
