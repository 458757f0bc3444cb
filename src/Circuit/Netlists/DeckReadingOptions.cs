namespace CircuitSim.Circuit.Netlists;

/// <summary>Where the files that a deck includes may lie, and how much the deck may ask for.</summary>
public sealed record DeckReadingOptions
{
    /// <summary>The deck's own folder only, and the default limits.</summary>
    public static DeckReadingOptions Default { get; } = new();

    /// <summary>Folders in which .include and .lib look besides that of the deck.</summary>
    public IReadOnlyList<string> IncludeFolders { get; init; } = [];

    /// <summary>Further folders, with all below them, from which files may be included; the deck's own and <see cref="IncludeFolders"/> always may.</summary>
    public IReadOnlyList<string> IncludeRoots { get; init; } = [];

    /// <summary>What the deck may ask for.</summary>
    public DeckLimits Limits { get; init; } = DeckLimits.Default;
}
