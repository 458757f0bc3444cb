namespace CircuitSim.Export.Figures;

/// <summary>One axis of a chart.</summary>
public sealed record FigureAxis
{
    /// <summary>What the axis measures, for example <c>Gate voltage</c>.</summary>
    public required string Label { get; init; }

    /// <summary>Unit as it is printed, for example <c>mV</c>; empty for plain numbers.</summary>
    public required string Unit { get; init; }

    /// <summary>Lower end in <see cref="Unit"/>, or null to follow the data.</summary>
    public double? Minimum { get; init; }

    /// <summary>Upper end in <see cref="Unit"/>, or null to follow the data.</summary>
    public double? Maximum { get; init; }

    /// <summary>Whether only whole numbers make sense as ticks, as for epochs and counts.</summary>
    public bool HasWholeTicks { get; init; }

    /// <summary>Label and unit as one text, for example <c>Gate voltage (mV)</c>.</summary>
    internal string Text => Unit.Length == 0 ? Label : $"{Label} ({Unit})";
}
