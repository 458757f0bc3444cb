namespace CircuitSim.Circuit.Netlists.Reading;

/// <summary>Ends the reading of one statement; the reader turns it into a diagnostic and goes on with the next statement.</summary>
internal sealed class DeckSyntaxError(int offset, string message) : Exception(message)
{
    /// <summary>Offset in the statement's text.</summary>
    public int Offset { get; } = offset;

    /// <summary>True when the only fault is a name that nothing defines here; a caller could define it.</summary>
    public bool IsUnknownName { get; init; }
}
