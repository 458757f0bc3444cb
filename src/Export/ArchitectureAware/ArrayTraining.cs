using CircuitSim.Training.ArchitectureAware;

namespace CircuitSim.Export.ArchitectureAware;

/// <summary>One training of an architecture-aware experiment.</summary>
public sealed record ArrayTraining
{
    /// <summary>Name of the network that comes from an ONNX file, as if it had been trained here.</summary>
    public const string Imported = "imported";

    /// <summary>Name, unique in the experiment; its files carry it.</summary>
    public required string Name { get; init; }

    /// <summary>What the training knows.</summary>
    public TrainingLevel Level { get; init; }

    /// <summary>Training whose result it begins from, an earlier one; null for random weights.</summary>
    public string? From { get; init; }

    /// <summary>Epochs; 0 for the imported network.</summary>
    public required int Epochs { get; init; }

    /// <summary>First learning rate.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Training images at most, the first of those of the experiment.</summary>
    public int Images { get; init; } = int.MaxValue;

    /// <summary>What it has for itself.</summary>
    public ArrayOverrides Overrides { get; init; } = new();
}
