using System.Text.Json.Serialization;
using CircuitSim.Training.Layers;

namespace CircuitSim.Export.ArchitectureAware;

/// <summary>How one training went.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Level">Its level, 0 to 4.</param>
/// <param name="From">Training that it began from, or null.</param>
/// <param name="Seconds">Wall-clock time of this program, seconds; that of earlier ones which were interrupted is not counted.</param>
/// <param name="History">Every epoch.</param>
public sealed record ArrayTrainingResult(string Name, int Level, string? From, double Seconds, IReadOnlyList<ImageEpoch> History)
{
    /// <summary>ADC ranges that it learnt, or null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public LearntRanges? Ranges { get; init; }

    /// <summary>Accuracy after the last epoch, on the arrays that were trained for, percent.</summary>
    public double TestPercent => 100 * History[^1].TestAccuracy;
}
