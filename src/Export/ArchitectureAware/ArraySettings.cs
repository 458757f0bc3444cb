using CircuitSim.Mapping.Tiles;
using CircuitSim.Training.Layers;

namespace CircuitSim.Export.ArchitectureAware;

/// <summary>What an experiment with <c>train: { method: architecture-aware }</c> says.</summary>
public sealed record ArraySettings
{
    /// <summary>Training images at most.</summary>
    public int TrainingImages { get; init; } = int.MaxValue;

    /// <summary>Test images at most.</summary>
    public int TestImages { get; init; } = int.MaxValue;

    /// <summary>ONNX file that network and first weights come from, or null.</summary>
    public string? OnnxFile { get; init; }

    /// <summary>The network.</summary>
    public required NetworkSpec Network { get; init; }

    /// <summary>How every training goes, but for epochs, rate and seed.</summary>
    public required ImageTrainingOptions Training { get; init; }

    /// <summary>The arrays, whole.</summary>
    public required ArrayModel Arrays { get; init; }

    /// <summary>Trainings in order, at least one.</summary>
    public required IReadOnlyList<ArrayTraining> Trainings { get; init; }

    /// <summary>What is judged.</summary>
    public IReadOnlyList<ArrayEvaluationSettings> Evaluations { get; init; } = [];

    /// <summary>Arrays as circuits, or null.</summary>
    public ArrayCircuitSettings? Circuit { get; init; }

    /// <summary>Whether decks are re-run in ngspice.</summary>
    public bool IsSpiceWanted { get; init; } = true;

    /// <summary>Training whose accuracy, on the arrays it was trained for, is held against that of the first training.</summary>
    public string? Judged { get; init; }

    /// <summary>Least accuracy of the first training, percent.</summary>
    public double? LeastPercent { get; init; }

    /// <summary>Points that <see cref="Judged"/> may lie below the first training.</summary>
    public double? DropPercent { get; init; }

    /// <summary>Largest difference of a partial sum from ngspice, over the array's largest.</summary>
    public double? SpiceRelative { get; init; }
}
