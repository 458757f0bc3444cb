namespace CircuitSim.Export.Reports;

/// <summary>Differences circuit minus behavioural of one signal of one layer, over all neurons and samples.</summary>
public sealed record LayerSignalError
{
    /// <summary>Layer number from 1, as in node names.</summary>
    public required int Layer { get; init; }

    /// <summary>Which signal.</summary>
    public required SignalKind Signal { get; init; }

    /// <summary>Number of compared voltages.</summary>
    public required int Count { get; init; }

    /// <summary>Root mean square of the differences, millivolts.</summary>
    public required double RmsMillivolts { get; init; }

    /// <summary>Mean of the differences with their sign, millivolts.</summary>
    public required double MeanMillivolts { get; init; }

    /// <summary>99th percentile of the absolute differences, millivolts.</summary>
    public required double Percentile99Millivolts { get; init; }

    /// <summary>Largest absolute difference, millivolts.</summary>
    public required double WorstMillivolts { get; init; }

    /// <summary>Distribution of the differences.</summary>
    public required DifferenceHistogram Histogram { get; init; }

    /// <summary>A part of the compared voltages, chosen without chance.</summary>
    public required VoltagePairs Scatter { get; init; }
}
