namespace CircuitSim.Circuit.Netlists;

/// <summary>What a deck may ask for before it is refused; each limit is checked before the memory or the time is spent.</summary>
public sealed record DeckLimits
{
    /// <summary>The limits that hold when nothing else is asked for.</summary>
    public static DeckLimits Default { get; } = new();

    /// <summary>Names by which <see cref="With"/> knows the limits.</summary>
    public static IReadOnlyList<string> Names { get; } = ["bytes", "includes", "definitions", "elements", "points", "terms"];

    /// <summary>Bytes of the deck and of all files that it includes.</summary>
    public long Bytes { get; init; } = 256L << 20;

    /// <summary>Files that are included, each as often as it is.</summary>
    public long Includes { get; init; } = 10_000;

    /// <summary>Subcircuits with different parameters; every set of parameters is a definition of its own.</summary>
    public long Definitions { get; init; } = 100_000;

    /// <summary>Elements of the circuit when all subcircuits are written out.</summary>
    public long Elements { get; init; } = 10_000_000;

    /// <summary>Points or steps of one analysis; of nested sweeps, their product.</summary>
    public long Points { get; init; } = 10_000_000;

    /// <summary>Terms of one expression with its functions written out.</summary>
    public long Terms { get; init; } = 50_000;

    /// <summary>The same limits with another value for one.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="value">The value, at least 1.</param>
    /// <returns>The new limits.</returns>
    /// <exception cref="ArgumentException">The name is none of <see cref="Names"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public DeckLimits With(string name, long value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
        return name switch
        {
            "bytes" => this with { Bytes = value },
            "includes" => this with { Includes = value },
            "definitions" => this with { Definitions = value },
            "elements" => this with { Elements = value },
            "points" => this with { Points = value },
            "terms" => this with { Terms = value },
            _ => throw new ArgumentException($"'{name}' is no limit; the limits are {string.Join(", ", Names)}.", nameof(name)),
        };
    }
}
