namespace CircuitSim.Export.Reports;

/// <summary>How the devices of one crossbar were programmed, and what is wrong with its lines.</summary>
public sealed record LayerProgramming
{
    /// <summary>Programming pulses.</summary>
    public required long Pulses { get; init; }

    /// <summary>Energy of the pulses, joules; null where the device card states none.</summary>
    public required double? EnergyJoules { get; init; }

    /// <summary>Devices that program-and-verify gave up on.</summary>
    public required int GaveUpCount { get; init; }

    /// <summary>Devices stuck at the lower end of the window, at the upper end, or somewhere in it.</summary>
    public required int StuckCount { get; init; }

    /// <summary>Broken and shorted lines and dead drivers.</summary>
    public required int LineFaultCount { get; init; }

    /// <summary>Root mean square of conductance less target, siemens.</summary>
    public required double RmsErrorSiemens { get; init; }

    /// <summary>The same as the card's laws let expect, siemens.</summary>
    public required double ExpectedRmsErrorSiemens { get; init; }

    /// <summary>Largest of the free scales that mapping chose for the neurons, over the lowest possible one.</summary>
    public required double LargestScale { get; init; }
}
