using CircuitSim.Training.Bayesian;
using CircuitSim.Training.ExSitu;

namespace CircuitSim.Export.ExSitu;

/// <summary>What an experiment with <c>train: { method: bayesian }</c> says besides its data set, shape, check and export.</summary>
public sealed record BayesianSettings
{
    /// <summary>Classes to tell apart; empty for all. Those left out serve to test whether the network notices them.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>Further lists of classes, each with a posterior of its own, which is judged in software only.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Also { get; init; } = [];

    /// <summary>Training samples to condition on, drawn with each class in proportion; null for all.</summary>
    public int? TrainCount { get; init; }

    /// <summary>Prior and sampler; the seed is that of the experiment.</summary>
    public BayesianNetworkOptions Posterior { get; init; } = new();

    /// <summary>Draws that the software's prediction averages, at least 2; the posterior may have more.</summary>
    public int PredictionDraws { get; init; } = 200;

    /// <summary>Epochs of the deterministic network of the same shape.</summary>
    public int DeterministicEpochs { get; init; } = 60;

    /// <summary>Devices.</summary>
    public TransferDevice Device { get; init; } = new();

    /// <summary>Read voltage, wires and ends.</summary>
    public ReadoutWiring Wiring { get; init; } = new();

    /// <summary>Numbers K of crossbars a layer, rising.</summary>
    public IReadOnlyList<int> Crossbars { get; init; } = [1, 5, 10, 25, 50];

    /// <summary>Chips a design, at least 2.</summary>
    public int Chips { get; init; } = 20;

    /// <summary>K is chosen as the smallest whose chips predict on average within this total variation of the software's posterior.</summary>
    public double TotalVariation { get; init; } = 0.02;
}
