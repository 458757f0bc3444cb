using CircuitSim.Export.Reports;

namespace CircuitSim.Export.Comparison;

/// <summary>One signal of one layer in two runs.</summary>
public sealed record VoltagePair
{
    /// <summary>Layer number from 1.</summary>
    public required int Layer { get; init; }

    /// <summary>The signal.</summary>
    public required SignalKind Signal { get; init; }

    /// <summary>Rms difference of circuit and trained network in the first run, millivolts.</summary>
    public required double FirstRmsMillivolts { get; init; }

    /// <summary>The same in the second run, millivolts.</summary>
    public required double SecondRmsMillivolts { get; init; }

    /// <summary>Largest difference of circuit and trained network in the first run, millivolts.</summary>
    public required double FirstWorstMillivolts { get; init; }

    /// <summary>The same in the second run, millivolts.</summary>
    public required double SecondWorstMillivolts { get; init; }

    /// <summary>Recorded voltages of the same nodes and samples in both circuits; 0 where they cannot be paired.</summary>
    public required int PairCount { get; init; }

    /// <summary>Rms difference of both circuits over these, millivolts; null without pairs.</summary>
    public required double? CircuitsRmsMillivolts { get; init; }

    /// <summary>Largest difference of both circuits over these, millivolts; null without pairs.</summary>
    public required double? CircuitsWorstMillivolts { get; init; }
}
