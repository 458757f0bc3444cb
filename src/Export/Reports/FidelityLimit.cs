namespace CircuitSim.Export.Reports;

/// <summary>One limit of the experiment and the value measured against it.</summary>
public sealed record FidelityLimit
{
    /// <summary>Key in the experiment file, for example <c>worst_node_millivolts</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What is limited, in words.</summary>
    public required string Description { get; init; }

    /// <summary>The limit, in <see cref="Unit"/>.</summary>
    public required double Limit { get; init; }

    /// <summary>The measured value, in <see cref="Unit"/>; null when it could not be measured, which never passes.</summary>
    public required double? Measured { get; init; }

    /// <summary>Unit of both values as it is printed, for example <c>mV</c> or <c>%</c>.</summary>
    public required string Unit { get; init; }

    /// <summary>Whether the limit was kept; false as well when it could not be judged.</summary>
    public required bool Passed { get; init; }

    /// <summary>False when nothing was measured that the limit could be judged by; such a limit is neither kept nor missed.</summary>
    public bool IsJudged { get; init; } = true;

    /// <summary>Who the value comes from, where that is not our solver of layers; null otherwise.</summary>
    public string? JudgedBy { get; init; }

    /// <summary>How the value was measured, and what to do when the limit was missed.</summary>
    public required string Explanation { get; init; }
}
