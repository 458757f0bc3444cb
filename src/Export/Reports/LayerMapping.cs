namespace CircuitSim.Export.Reports;

/// <summary>One crossbar after mapping.</summary>
public sealed record LayerMapping
{
    /// <summary>Layer number from 1, as in node names.</summary>
    public required int Layer { get; init; }

    /// <summary>Number of word lines, bias pair included.</summary>
    public required int WordLineCount { get; init; }

    /// <summary>Number of bit lines.</summary>
    public required int BitLineCount { get; init; }

    /// <summary>Smallest device conductance, siemens.</summary>
    public required double MinimumSiemens { get; init; }

    /// <summary>Mean device conductance, siemens.</summary>
    public required double MeanSiemens { get; init; }

    /// <summary>Largest device conductance, siemens.</summary>
    public required double MaximumSiemens { get; init; }

    /// <summary>Number of devices whose target lay outside the window and was clipped to it.</summary>
    public required int ClippedCount { get; init; }

    /// <summary>How the devices were programmed; null when all are on their targets and all lines are whole.</summary>
    public LayerProgramming? Programming { get; init; }
}
