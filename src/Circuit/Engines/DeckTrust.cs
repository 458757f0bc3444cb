namespace CircuitSim.Circuit.Engines;

/// <summary>What a user trusts by name, beyond a deck and the files in its folder.</summary>
public sealed record DeckTrust
{
    /// <summary>Nothing beyond the deck's folder.</summary>
    public static DeckTrust None { get; } = new();

    /// <summary>
    /// Folders, such as a process design kit, from which decks may include files and library sections, and whose compact models
    /// (<c>.osdi</c>) and compatibility mode (<c>ngbehavior</c>) they may use.
    /// </summary>
    public IReadOnlyList<string> Folders { get; init; } = [];

    /// <summary>Further folders from which decks may include files and library sections, and nothing else.</summary>
    public IReadOnlyList<string> IncludeFolders { get; init; } = [];

    /// <summary>Whether a deck keeps its <c>.control</c> block, without commands that reach beyond the simulator's own folder.</summary>
    public bool AllowsControl { get; init; }
}
