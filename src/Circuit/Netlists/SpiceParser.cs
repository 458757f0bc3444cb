using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists.Reading;

namespace CircuitSim.Circuit.Netlists;

/// <summary>Reads ngspice decks.</summary>
/// <remarks>
/// Every error is gathered and thrown at once. Parameters are replaced by their values; a subcircuit that is used with different
/// parameters becomes one definition for each set. What the native engine lacks is an error that says so.
/// </remarks>
public static class SpiceParser
{
    /// <summary>Reads a deck from a text; its first line is the title.</summary>
    /// <param name="text">The deck.</param>
    /// <param name="path">What messages call it; files named by .include and .lib are looked for beside it.</param>
    /// <param name="options">Where included files may lie, and limits; <see cref="DeckReadingOptions.Default"/> when null.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    /// <returns>The netlist, with warnings and the lines of .control blocks.</returns>
    /// <exception cref="DeckSyntaxException">The deck has errors or asks for more than a limit; all are listed with file, line and column.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static SpiceDeck Parse(string text, string path, DeckReadingOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= DeckReadingOptions.Default;
        var problems = new DeckProblems(path, options.Limits, cancellationToken);
        var comments = new List<string>();
        (string title, List<DeckLine> lines) = DeckLines.Read(text, path, hasTitle: true, problems, comments);
        var statements = new DeckStatements(problems);
        statements.Sort(new DeckIncludes(options, path, text.Length, problems).Expand(lines));
        Netlist netlist = new DeckBuilder(statements, problems).Build(title, comments);
        if (netlist.Elements.Count == 0 && !problems.HasErrors)
            problems.Error(new DeckDiagnostic(path, 1, 1, "the deck has no element; the first line is its title, elements and analyses such as .op follow."));
        problems.ThrowIfAny();
        return new SpiceDeck { Path = path, Netlist = netlist, Warnings = problems.Warnings, LeftOut = problems.LeftOut, ControlLines = [.. statements.ControlLines.Select(l => l.Text)] };
    }

    /// <summary>Reads a deck from a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Where included files may lie, and limits; <see cref="DeckReadingOptions.Default"/> when null.</param>
    /// <param name="cancellationToken">Ends the reading early.</param>
    /// <returns>The netlist, with warnings and the lines of .control blocks.</returns>
    /// <exception cref="InputFileException">The file is missing, no regular file or too large, or cannot be read.</exception>
    /// <exception cref="DeckSyntaxException">The deck has errors or asks for more than a limit; all are listed with file, line and column.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static SpiceDeck ParseFile(string path, DeckReadingOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= DeckReadingOptions.Default;
        string text;
        try
        {
            text = DeckFile.ReadText(path, options.Limits.Bytes, cancellationToken);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InputFileException(path, $"the deck cannot be read: {error.Message} Check the path.", innerException: error);
        }

        return Parse(text, path, options, cancellationToken);
    }
}
