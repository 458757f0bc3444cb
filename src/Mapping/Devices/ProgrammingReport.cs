namespace CircuitSim.Mapping.Devices;

/// <summary>What programming one array cost, and how far it is from its targets.</summary>
public sealed record ProgrammingReport
{
    /// <summary>Devices of the array.</summary>
    public required int DeviceCount { get; init; }

    /// <summary>Programming pulses applied, all devices together.</summary>
    public required long Pulses { get; init; }

    /// <summary>Pulses that the laws let expect.</summary>
    public required double ExpectedPulses { get; init; }

    /// <summary>Energy of the pulses, joules, or null when the card has no pulse energy.</summary>
    public required double? EnergyJoules { get; init; }

    /// <summary>Devices that were outside their acceptance window after the last pulse.</summary>
    public required int GaveUpCount { get; init; }

    /// <summary>Devices stuck at the lower end of the window.</summary>
    public required int StuckLow { get; init; }

    /// <summary>Devices stuck at the upper end of the window.</summary>
    public required int StuckHigh { get; init; }

    /// <summary>Devices stuck somewhere in the window.</summary>
    public required int StuckAnywhere { get; init; }

    /// <summary>Draws below 0 S, which no device reaches; they were set to 0 S.</summary>
    public required int BelowZeroCount { get; init; }

    /// <summary>Root mean square of conductance minus target over the array, siemens; the rounding to levels counts as error.</summary>
    public required double RmsErrorSiemens { get; init; }

    /// <summary>
    /// The same as the laws let expect, given the levels chosen. Exact where programming error, drift and noise are normal; elsewhere their
    /// first two moments are exact and the part below 0 S is taken from a normal law. Read noise is that of a device at its mean.
    /// </summary>
    public required double ExpectedRmsErrorSiemens { get; init; }

    /// <summary>What was assumed: the card's own assumptions, and those of this use of it.</summary>
    public required IReadOnlyList<string> Assumptions { get; init; }
}
