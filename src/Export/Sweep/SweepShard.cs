namespace CircuitSim.Export.Sweep;

/// <summary>The part of a sweep that one process computes: of all chips of all points, every <paramref name="Count"/>-th.</summary>
/// <param name="Index">Number of the shard from 1.</param>
/// <param name="Count">Shards, at least 1.</param>
public sealed record SweepShard(int Index, int Count)
{
    /// <summary>The whole sweep.</summary>
    public static SweepShard Whole { get; } = new(1, 1);

    internal bool Has(long item) => item % Count == Index - 1;

    /// <summary>Chips of this shard among all.</summary>
    internal long CountOf(long all) => all / Count + (Index <= all % Count ? 1 : 0);
}
