using CircuitSim.Circuit.Errors;

namespace CircuitSim.Circuit.Netlists.Reading;

/// <summary>Errors and warnings gathered while a deck is read.</summary>
internal sealed class DeckProblems
{
    private readonly List<DeckDiagnostic> _errors = [];
    private readonly List<DeckDiagnostic> _warnings = [];

    public bool HasErrors => _errors.Count > 0;

    public IReadOnlyList<DeckDiagnostic> Warnings => Sorted(_warnings);

    public void Error(DeckLine line, int offset, string message) => _errors.Add(line.Diagnostic(offset, message));

    public void Error(DeckDiagnostic diagnostic) => _errors.Add(diagnostic);

    public void Warn(DeckLine line, int offset, string message) => _warnings.Add(line.Diagnostic(offset, message));

    /// <summary>Ends the reading when there was an error.</summary>
    /// <exception cref="DeckSyntaxException">At least one error was gathered.</exception>
    public void ThrowIfAny(string path)
    {
        if (HasErrors) throw new DeckSyntaxException(path, Sorted(_errors));
    }

    private static List<DeckDiagnostic> Sorted(List<DeckDiagnostic> list)
        => [.. list.Distinct().OrderBy(d => d.Path, StringComparer.Ordinal).ThenBy(d => d.Line).ThenBy(d => d.Column).ThenBy(d => d.Message, StringComparer.Ordinal)];
}
