namespace CircuitSim.Export.Runs;

/// <summary>How a network is trained.</summary>
public sealed record TrainSettings
{
    /// <summary>Training method; <c>phax</c>.</summary>
    public string Method { get; init; } = "phax";

    /// <summary>What a neuron is during training: <c>tanh</c> (the fit to the inverter), <c>table</c> (the inverter itself), or either with <c>-loaded</c>: under the nominal load of the next layer.</summary>
    public string Curve { get; init; } = "table-loaded";

    /// <summary>Passes through the training samples, at least 1.</summary>
    public int Epochs { get; init; } = 100;

    /// <summary><c>adam</c>, <c>sgd</c> (with momentum) or <c>lbfgs</c> (full batch).</summary>
    public string Optimizer { get; init; } = "adam";

    /// <summary>Step size of <c>adam</c> and <c>sgd</c>, positive.</summary>
    public double LearningRate { get; init; } = 0.01;

    /// <summary>Momentum of <c>sgd</c>, from 0 to below 1.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary><c>cross_entropy</c> or <c>mse</c>.</summary>
    public string Loss { get; init; } = "cross_entropy";

    /// <summary>Samples in a mini-batch, at least 1.</summary>
    public int Batch { get; init; } = 32;

    /// <summary>True to fine-tune the trained network through its exact circuit, every wire and loaded inverter included.</summary>
    public bool InTheLoop { get; init; }

    /// <summary>Passes through the training samples in the loop, at least 1.</summary>
    public int InTheLoopEpochs { get; init; } = 5;

    /// <summary>Step size of Adam in the loop, positive.</summary>
    public double InTheLoopLearningRate { get; init; } = 0.01;

    /// <summary>
    /// True to fine-tune for the devices of one known chip, <see cref="Experiment.Chip"/>: each keeps the ratio of its programmed to its target
    /// conductance while targets move. Exact for errors that scale with the target, close for others as long as targets move little.
    /// </summary>
    public bool InTheLoopChip { get; init; }

    /// <summary>Expected variation of chips that are not known: standard deviation of the logarithm of programmed over target conductance, at least 0.</summary>
    public double InTheLoopSpread { get; init; }
}
