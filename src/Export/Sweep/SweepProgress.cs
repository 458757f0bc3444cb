namespace CircuitSim.Export.Sweep;

/// <summary>How far a sweep is.</summary>
/// <param name="Done">Chips done, those of earlier calls included.</param>
/// <param name="Total">Chips of this process; fewer when a stop rule ends a point early.</param>
/// <param name="Message">What is being done, for people.</param>
/// <param name="Left">Time left, or null before it can be told.</param>
public readonly record struct SweepProgress(long Done, long Total, string Message, TimeSpan? Left);
