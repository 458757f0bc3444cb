using CircuitSim.Circuit.Errors;

namespace CircuitSim.Circuit.Netlists.Reading;

/// <summary>Errors and warnings gathered while a deck is read, and what bounds the reading.</summary>
/// <param name="path">The deck, as the user named it.</param>
/// <param name="limits">What the deck may ask for.</param>
/// <param name="cancellationToken">Ends the reading early.</param>
internal sealed class DeckProblems(string path, DeckLimits limits, CancellationToken cancellationToken)
{
    // Nobody reads more, and a hostile deck could fill the memory with them.
    private const int MostKept = 1000;

    private readonly List<(DeckDiagnostic Diagnostic, bool IsUnknownName)> _errors = [];
    private readonly List<DeckDiagnostic> _warnings = [];
    private readonly List<DeckDiagnostic> _leftOut = [];
    private DeckLine? _current;

    public DeckLimits Limits { get; } = limits;

    public bool HasErrors => _errors.Count > 0;

    public int ErrorCount => _errors.Count;

    /// <summary>All remarks, <see cref="LeftOut"/> among them.</summary>
    public IReadOnlyList<DeckDiagnostic> Warnings => Sorted(_warnings.Concat(_leftOut));

    /// <summary>Remarks on parts of the deck that its results will not show.</summary>
    public IReadOnlyList<DeckDiagnostic> LeftOut => Sorted(_leftOut);

    public void Error(DeckLine line, int offset, string message) => Error(line, new DeckSyntaxError(offset, message));

    public void Error(DeckLine line, DeckSyntaxError error)
    {
        _errors.Add((line.Diagnostic(error.Offset, error.Message), error.IsUnknownName));
        if (_errors.Count >= MostKept) ThrowIfAny();
    }

    public void Error(DeckDiagnostic diagnostic) => _errors.Add((diagnostic, false));

    public void Warn(DeckLine line, int offset, string message)
    {
        if (_warnings.Count < MostKept) _warnings.Add(line.Diagnostic(offset, message));
    }

    /// <summary>Remarks on the statement that is being read.</summary>
    public void Warn(int offset, string message)
    {
        if (_current is not null) Warn(_current, offset, message);
    }

    /// <summary>Remarks on a statement, or a part of it, that the results will not show.</summary>
    public void LeaveOut(DeckLine line, int offset, string message)
    {
        if (_leftOut.Count < MostKept) _leftOut.Add(line.Diagnostic(offset, message));
    }

    /// <summary>Ends the reading when it was cancelled.</summary>
    /// <exception cref="OperationCanceledException">It was.</exception>
    public void ThrowIfCancelled() => cancellationToken.ThrowIfCancellationRequested();

    /// <summary>Says which statement is being read until the result is disposed.</summary>
    public Reading At(DeckLine line)
    {
        ThrowIfCancelled();
        var reading = new Reading(this, _current);
        _current = line;
        return reading;
    }

    /// <summary>Takes back the errors from a given one on if all they lack is names that a caller could define.</summary>
    /// <returns>The first of them, or null when there is none or one of another kind among them.</returns>
    public DeckDiagnostic? TakeUnknownNames(int from)
    {
        if (_errors.Count == from || _errors.Skip(from).Any(e => !e.IsUnknownName)) return null;
        DeckDiagnostic first = _errors[from].Diagnostic;
        _errors.RemoveRange(from, _errors.Count - from);
        return first;
    }

    /// <summary>Ends the reading when there was an error; it ends by itself after a thousand.</summary>
    /// <exception cref="DeckSyntaxException">At least one error was gathered.</exception>
    public void ThrowIfAny()
    {
        if (HasErrors) throw new DeckSyntaxException(path, Sorted(_errors.Select(e => e.Diagnostic)));
    }

    private static List<DeckDiagnostic> Sorted(IEnumerable<DeckDiagnostic> list)
        => [.. list.Distinct().OrderBy(d => d.Path, StringComparer.Ordinal).ThenBy(d => d.Line).ThenBy(d => d.Column).ThenBy(d => d.Message, StringComparer.Ordinal)];

    /// <summary>Ends what <see cref="At"/> began.</summary>
    internal readonly struct Reading(DeckProblems problems, DeckLine? before) : IDisposable
    {
        public void Dispose() => problems._current = before;
    }
}
