using System.Globalization;
using CircuitSim.Circuit.Errors;
using CircuitSim.Training.InSitu.Cores;

namespace CircuitSim.Training.InSitu;

/// <summary>What training in situ needs besides its data and its device. Defaults are those of CrossSim 2.0 where it states one.</summary>
public sealed record InSituTrainingOptions
{
    // Two numbers each, kept for figures.
    private const int MostRecorded = 10_000_000;

    /// <summary>Inputs, then neurons of each layer, for example 30, 16, 2; the first must fit the features, the last the classes.</summary>
    public required IReadOnlyList<int> LayerSizes { get; init; }

    /// <summary>Largest weight that a layer is expected to need, one a layer, positive; with <see cref="ClipScale"/> it sets the weight at the end of the window. Empty takes the largest weight of a floating-point network trained on the same data with the same budget.</summary>
    public IReadOnlyList<double> WeightScales { get; init; } = [];

    /// <summary>Weight at the end of the window over the largest expected one, positive.</summary>
    public double ClipScale { get; init; } = 1.5;

    /// <summary>Whether layers have a bias, as one more input of 1.</summary>
    public bool HasBias { get; init; } = true;

    /// <summary>What the last layer makes of its sums.</summary>
    public OutputKind Output { get; init; } = OutputKind.Softmax;

    /// <summary>What is minimised.</summary>
    public InSituLoss Loss { get; init; } = InSituLoss.CrossEntropy;

    /// <summary>How gradients become requests.</summary>
    public InSituOptimizer Optimizer { get; init; } = InSituOptimizer.Sgd;

    /// <summary>Learning rate of the first epochs, positive; gradients of a batch are summed, not averaged.</summary>
    public double LearningRate { get; init; } = 0.03;

    /// <summary>What the learning rate is multiplied with every <see cref="DecayEpochs"/> epochs, above 0 and at most 1.</summary>
    public double Decay { get; init; } = 0.75;

    /// <summary>Epochs between two steps of the learning rate, at least 1.</summary>
    public int DecayEpochs { get; init; } = 5;

    /// <summary>Samples a batch, at least 1. With 1, each layer is written before the error goes back through it; otherwise all are written at the end of the batch.</summary>
    public int BatchSize { get; init; } = 10;

    /// <summary>Passes over the training part, at least 1.</summary>
    public int Epochs { get; init; } = 80;

    /// <summary>Seed of initial weights, of each device's table and of every update.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How weights are kept and updated.</summary>
    public CoreOptions Core { get; init; } = new();

    /// <summary>How many of the first updates of the first layer are kept for figures, at least 0.</summary>
    public int RecordedUpdates { get; init; }

    internal void Check()
    {
        var violations = new List<string>();
        if (LayerSizes.Count < 2) violations.Add($"{LayerSizes.Count} layer sizes; inputs and at least one layer are needed.");
        for (int i = 0; i < LayerSizes.Count; i++)
            if (LayerSizes[i] < 1) violations.Add($"Layer size {i} is {LayerSizes[i]}; at least 1 is needed.");
        if (WeightScales.Count > 0 && WeightScales.Count != LayerSizes.Count - 1)
            violations.Add($"{WeightScales.Count} weight scales for {LayerSizes.Count - 1} layers; give one a layer, or none.");
        foreach (double scale in WeightScales) RequirePositive(scale, "A weight scale", violations);
        RequirePositive(ClipScale, "Clip scale", violations);
        RequirePositive(LearningRate, "Learning rate", violations);
        if (!(Decay > 0 && Decay <= 1)) violations.Add(string.Create(CultureInfo.InvariantCulture, $"Decay is {Decay:R}; it must be above 0 and at most 1."));
        if (DecayEpochs < 1) violations.Add($"Decay every {DecayEpochs} epochs; at least 1 is needed.");
        if (BatchSize < 1) violations.Add($"Batch size is {BatchSize}; at least 1 is needed.");
        if (Epochs < 1) violations.Add($"{Epochs} epochs; at least 1 is needed.");
        if (RecordedUpdates is < 0 or > MostRecorded) violations.Add($"{RecordedUpdates} recorded updates; 0 to {MostRecorded} are possible.");
        if (!Enum.IsDefined(Output) || !Enum.IsDefined(Loss) || !Enum.IsDefined(Optimizer)) violations.Add("Output, loss or optimiser is unknown.");
        if (Output == OutputKind.Softmax && Loss == InSituLoss.Quadratic)
            violations.Add("Quadratic cost goes with sigmoid outputs; softmax goes with cross-entropy.");
        if (violations.Count > 0) throw new InvalidDesignException("In-situ training options", violations);
        Core.Check();
    }

    private static void RequirePositive(double value, string what, List<string> violations)
    {
        if (!(value > 0) || !double.IsFinite(value)) violations.Add(string.Create(CultureInfo.InvariantCulture, $"{what} is {value:R}; it must be positive."));
    }
}
