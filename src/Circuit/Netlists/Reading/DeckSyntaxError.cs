namespace CircuitSim.Circuit.Netlists.Reading;

/// <summary>Ends the reading of one statement; the reader turns it into a diagnostic and goes on with the next statement.</summary>
internal sealed class DeckSyntaxError(int offset, string message) : Exception(message)
{
    /// <summary>Offset in the statement's text.</summary>
    public int Offset { get; } = offset;
}
