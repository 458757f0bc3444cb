namespace CircuitSim.Export.Sweep;

/// <summary>What one chip turned out to be: one line of the journal, one row of the results.</summary>
public sealed record ChipRecord
{
    /// <summary>Point of the grid, from 1.</summary>
    public required int Point { get; init; }

    /// <summary>Chip, from 1.</summary>
    public required int Chip { get; init; }

    /// <summary>Samples that the chip classifies as labelled.</summary>
    public required int CorrectCount { get; init; }

    /// <summary>Samples that were solved.</summary>
    public required int SampleCount { get; init; }

    /// <summary>Samples on which the chip and the trained network choose the same class.</summary>
    public required int AgreeingCount { get; init; }

    /// <summary>Root mean square difference of the last layer's outputs from those of the trained network, millivolts; null for a chip that has no solution.</summary>
    public required double? OutputRmsMillivolts { get; init; }

    /// <summary>Static power of the chip on the first sample, milliwatts; null for a chip that has no solution.</summary>
    public required double? PowerMilliwatts { get; init; }

    /// <summary>Root mean square of programmed less target conductance over all devices, siemens.</summary>
    public required double ProgrammingRmsSiemens { get; init; }

    /// <summary>Programming pulses of all devices; null when devices are on their targets without programming.</summary>
    public required long? Pulses { get; init; }

    /// <summary>Programming energy of all devices, joules; null where the card states none.</summary>
    public required double? ProgrammingJoules { get; init; }

    /// <summary>Devices that program-and-verify gave up on.</summary>
    public required int GaveUpCount { get; init; }

    /// <summary>Devices stuck at their lowest or highest conductance.</summary>
    public required int StuckCount { get; init; }

    /// <summary>Broken or shorted lines and dead drivers.</summary>
    public required int LineDefectCount { get; init; }

    /// <summary>Why the chip has no solution, for example a gate that floats; it classifies nothing. Null for a chip that works.</summary>
    public required string? Failure { get; init; }

    /// <summary>Accuracy, percent.</summary>
    public double AccuracyPercent => 100.0 * CorrectCount / SampleCount;
}
