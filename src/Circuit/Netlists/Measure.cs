using CircuitSim.Circuit.Expressions;

namespace CircuitSim.Circuit.Netlists;

/// <summary>A number to take from the result of an analysis, <c>.measure</c>.</summary>
public sealed record Measure
{
    /// <summary>Name of the number.</summary>
    public required string Name { get; init; }

    /// <summary>Analysis that it is taken from.</summary>
    public required MeasuredAnalysis Analysis { get; init; }

    /// <summary>What is taken.</summary>
    public required MeasureKind Kind { get; init; }

    /// <summary>What is computed by <see cref="MeasureKind.Expression"/>: its free names are measures of the same analysis that come before; else null.</summary>
    public Expression? Value { get; init; }

    /// <summary>What is measured; null for <see cref="MeasureKind.When"/>, <see cref="MeasureKind.Interval"/> and <see cref="MeasureKind.Expression"/>.</summary>
    public MeasureVector? Vector { get; init; }

    /// <summary>The event of find and when, and the first one of an interval (trig).</summary>
    public MeasureEvent? Event { get; init; }

    /// <summary>Second event of an interval (targ).</summary>
    public MeasureEvent? Target { get; init; }

    /// <summary>Begin of the part of the axis that counts, or null for its begin.</summary>
    public double? From { get; init; }

    /// <summary>End of the part of the axis that counts, or null for its end.</summary>
    public double? To { get; init; }

    /// <summary>The vectors that a result must hold to evaluate it.</summary>
    internal IEnumerable<string> Required => new[] { Vector, Event?.Vector, Event?.Other, Target?.Vector, Target?.Other }
        .OfType<MeasureVector>().SelectMany(v => v.Required);
}
