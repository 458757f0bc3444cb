using System.Globalization;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Training.Optimizers;

/// <summary>A training left the range in which its numbers mean anything: a loss or a weight is not finite or absurdly large, or nothing can move any more.</summary>
public sealed class TrainingDivergedException : CircuitSimException
{
    /// <summary>Largest magnitude of a trained weight, or of the parameter behind a conductance, that still counts as trained; dimensionless.</summary>
    /// <remarks>
    /// Inputs and neurons are of order 1. A sum of 745 already puts the exponential of a neuron below the smallest double, so that a weight of 1e6 is far
    /// beyond what any slope can come back from; trained networks stay below 1e3.
    /// </remarks>
    public const double LargestWeight = 1e6;

    /// <summary>Creates the error.</summary>
    /// <param name="subject">What was trained, for example "Training of the inverter network".</param>
    /// <param name="epoch">Epoch from 1 in which it was noticed.</param>
    /// <param name="finding">What is wrong, for example "the loss is NaN".</param>
    /// <param name="learningRate">Learning rate, or null for an optimiser that finds its own steps.</param>
    public TrainingDivergedException(string subject, int epoch, string finding, double? learningRate)
        : base(string.Create(CultureInfo.InvariantCulture,
            $"{subject} diverged in epoch {epoch}: {finding}. {(learningRate is double rate ? Advice(rate) : "Use optimizer: adam, or scale the data.")}"))
    {
        Epoch = epoch;
        LearningRate = learningRate;
    }

    /// <summary>Epoch from 1 in which it was noticed.</summary>
    public int Epoch { get; }

    /// <summary>Learning rate, or null for an optimiser that finds its own steps.</summary>
    public double? LearningRate { get; }

    private static string Advice(double rate) => string.Create(CultureInfo.InvariantCulture,
        $"The learning rate is {rate:R}; choose a smaller one{(rate > 1 ? ", for example 0.01" : "")}.");
}
