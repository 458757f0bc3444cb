namespace CircuitSim.Circuit.Errors;

/// <summary>A deck cannot be read; every error in it is listed in the order of the file.</summary>
public sealed class DeckSyntaxException : CircuitSimException
{
    private const int ShownErrors = 20;

    /// <summary>Creates the error from all that was found.</summary>
    /// <param name="path">The deck, as the user named it.</param>
    /// <param name="errors">The errors, sorted by place; at least one.</param>
    public DeckSyntaxException(string path, IReadOnlyList<DeckDiagnostic> errors)
        : base(Text(errors))
    {
        Path = path;
        Errors = errors;
    }

    /// <summary>The deck, as the user named it.</summary>
    public string Path { get; }

    /// <summary>Every error, sorted by file, line and column.</summary>
    public IReadOnlyList<DeckDiagnostic> Errors { get; }

    private static string Text(IReadOnlyList<DeckDiagnostic> errors)
    {
        string shown = string.Join('\n', errors.Take(ShownErrors));
        return errors.Count <= ShownErrors ? shown : $"{shown}\n… and {errors.Count - ShownErrors} more errors.";
    }
}
