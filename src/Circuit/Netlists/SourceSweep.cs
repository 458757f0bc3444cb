namespace CircuitSim.Circuit.Netlists;

/// <summary>Levels that a source steps through.</summary>
/// <param name="Source">Independent voltage or current source; inside a subcircuit with dots, as in <c>x1.v1</c>.</param>
/// <param name="Start">First level, volts or amperes.</param>
/// <param name="Stop">Last level; reached if a whole number of steps leads there.</param>
/// <param name="Step">Step, not 0, with the sign of the way from start to stop.</param>
public sealed record SourceSweep(string Source, double Start, double Stop, double Step)
{
    /// <summary>The levels from start on.</summary>
    public IReadOnlyList<double> Levels
    {
        get
        {
            // A step may be rounded; a millionth of it more or less still counts as reaching the end.
            int count = (int)Math.Min(1e7, Math.Floor((Stop - Start) / Step + 1e-6)) + 1;
            return [.. Enumerable.Range(0, Math.Max(1, count)).Select(i => Start + i * Step)];
        }
    }
}
