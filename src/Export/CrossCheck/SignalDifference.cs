using CircuitSim.Export.Reports;

namespace CircuitSim.Export.CrossCheck;

/// <summary>Differences of one signal of one layer between an engine and our circuit solution.</summary>
public sealed record SignalDifference
{
    /// <summary>Layer number from 1; 0 for inputs and rails.</summary>
    public required int Layer { get; init; }

    /// <summary>The signal.</summary>
    public required SignalKind Signal { get; init; }

    /// <summary>Unit of all values of this row: <c>V</c> or <c>A</c>.</summary>
    public required string Unit { get; init; }

    /// <summary>Values compared.</summary>
    public required int Count { get; init; }

    /// <summary>Rms difference.</summary>
    public required double Rms { get; init; }

    /// <summary>Largest difference.</summary>
    public required double Worst { get; init; }

    /// <summary>Node of the largest difference.</summary>
    public required string WorstName { get; init; }

    /// <summary>Sample of the largest difference, index from 0 within the held-out samples.</summary>
    public required int WorstSample { get; init; }

    /// <summary>Largest difference that counts as agreement.</summary>
    public required double Budget { get; init; }

    /// <summary>Values beyond the budget.</summary>
    public required int BeyondCount { get; init; }
}
