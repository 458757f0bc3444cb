using System.Globalization;
using System.Text.Json.Serialization;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Training.Layers;

/// <summary>How a convolutional network is trained.</summary>
public sealed record ImageTrainingOptions
{
    private const int MostCrop = 1000;

    /// <summary>Largest Euclidean norm of the gradient; steeper ones are scaled down to it (Pascanu, Mikolov, Bengio, ICML 2013). Null for any.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? GradientNorm { get; init; }

    /// <summary>Passes over the training images, at least 1.</summary>
    public int Epochs { get; init; } = 10;

    /// <summary>Images a step, at least 1; the last step of an epoch takes what is left.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Optimiser.</summary>
    public ImageOptimizer Optimizer { get; init; }

    /// <summary>First learning rate, positive.</summary>
    public double LearningRate { get; init; } = 0.02;

    /// <summary>Share of the last step that <see cref="ImageOptimizer.Sgd"/> keeps, at least 0 and below 1.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>Whether the momentum looks ahead.</summary>
    public bool IsNesterov { get; init; }

    /// <summary>Added to the gradient: this times the parameter; at least 0.</summary>
    public double WeightDecay { get; init; }

    /// <summary>How the learning rate falls.</summary>
    public RateSchedule Schedule { get; init; } = RateSchedule.Cosine;

    /// <summary>Epochs after which <see cref="RateSchedule.Step"/> multiplies the rate.</summary>
    public IReadOnlyList<int> StepEpochs { get; init; } = [];

    /// <summary>What it multiplies by, above 0 and below 1.</summary>
    public double StepFactor { get; init; } = 0.2;

    /// <summary>Whether training images are mirrored left to right half of the time.</summary>
    public bool HasFlips { get; init; }

    /// <summary>Pixels by which training images are shifted at most, with zeros from outside; at least 0.</summary>
    public int CropPixels { get; init; }

    /// <summary>Seed of initial weights, order, augmentation and injected variation.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Refuses values out of range.</summary>
    /// <exception cref="InvalidDesignException">Values are out of range; all violations are listed.</exception>
    public void Check()
    {
        var problems = new List<string>();
        Need(Epochs >= 1, $"{Epochs} epochs; at least 1 is needed.");
        Need(BatchSize >= 1, $"a batch of {BatchSize}; at least 1 is needed.");
        Need(LearningRate > 0 && double.IsFinite(LearningRate), $"a learning rate of {LearningRate:R}; a positive one is needed.");
        Need(Momentum is >= 0 and < 1, $"a momentum of {Momentum:R}; at least 0 and below 1 is needed.");
        Need(WeightDecay >= 0 && double.IsFinite(WeightDecay), $"a weight decay of {WeightDecay:R}; at least 0 is needed.");
        Need(GradientNorm is null || (GradientNorm > 0 && double.IsFinite(GradientNorm.Value)), $"a largest gradient norm of {GradientNorm:R}; a positive one is needed.");
        Need(StepFactor is > 0 and < 1, $"a step factor of {StepFactor:R}; above 0 and below 1 is needed.");
        Need(CropPixels is >= 0 and <= MostCrop, $"shifts of {CropPixels} pixels; 0 to {MostCrop} are possible.");
        if (problems.Count > 0) throw new InvalidDesignException("Training of a convolutional network", problems);

        void Need(bool holds, FormattableString problem)
        {
            if (!holds) problems.Add(problem.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Learning rate of a step.</summary>
    internal double Rate(long step, long stepsAnEpoch) => Schedule switch
    {
        RateSchedule.Step => LearningRate * Math.Pow(StepFactor, StepEpochs.Count(e => step >= e * stepsAnEpoch)),
        RateSchedule.Cosine => LearningRate * 0.5 * (1 + Math.Cos(Math.PI * step / (Epochs * stepsAnEpoch))),
        _ => LearningRate,
    };
}
