namespace CircuitSim.Circuit.Engines;

/// <summary>Operating points along a sweep.</summary>
/// <param name="Source">Source that varies fastest.</param>
/// <param name="Levels">Its level at each point, volts or amperes; with a second source the levels repeat for each of its levels.</param>
/// <param name="NodeVolts">Voltage of each node (or of those asked for) at every point, volts.</param>
/// <param name="BranchAmps">Current of each voltage-defined element (or of those asked for) at every point, amperes.</param>
public sealed record DcSweepResult(
    string Source,
    IReadOnlyList<double> Levels,
    IReadOnlyDictionary<string, IReadOnlyList<double>> NodeVolts,
    IReadOnlyDictionary<string, IReadOnlyList<double>> BranchAmps) : AnalysisResult
{
    /// <summary>Points that did not converge: they are in none of the lists above.</summary>
    public IReadOnlyList<LostPoint> LostPoints { get; init; } = [];
}

/// <summary>A point of a sweep at which no operating point was found.</summary>
/// <param name="Level">Level of the source that varies fastest, volts or amperes.</param>
/// <param name="OuterLevel">Level of the other source, volts or amperes; null when there is one source only.</param>
/// <param name="Problem">What went wrong, and what to do.</param>
public sealed record LostPoint(double Level, double? OuterLevel, string Problem);
