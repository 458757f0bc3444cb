using System.Globalization;

namespace CircuitSim.Circuit.Errors;

/// <summary>One thing that is wrong with, or remarkable in, a deck, and where.</summary>
/// <param name="Path">The file, as the user named it.</param>
/// <param name="Line">Line from 1.</param>
/// <param name="Column">Column from 1.</param>
/// <param name="Message">What was found, what was expected and what to do.</param>
public sealed record DeckDiagnostic(string Path, int Line, int Column, string Message)
{
    /// <summary>The place and the message as compilers print them: <c>path(line,column): message</c>.</summary>
    /// <returns>One line of text.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Path}({Line},{Column}): {Message}");
}
