using CircuitSim.Circuit.Errors;

namespace CircuitSim.Mapping.Files;

/// <summary>What is wrong with the cells of a table: gathered first, then told at once, with the first few in words.</summary>
/// <param name="path">The file, as the user named it.</param>
public sealed class CsvProblems(string path)
{
    private const int MostListed = 10;

    private readonly List<(string Text, int Line, int? Column)> _listed = [];

    /// <summary>Problems found.</summary>
    public int Count { get; private set; }

    /// <summary>Notes a problem.</summary>
    /// <param name="line">Line from 1.</param>
    /// <param name="column">Column from 1, or null for the whole row.</param>
    /// <param name="text">What is wrong and what to do, without place and full stop.</param>
    public void Add(int line, int? column, string text)
    {
        if (++Count <= MostListed) _listed.Add((text, line, column));
    }

    /// <summary>Refuses the table if anything was noted.</summary>
    /// <exception cref="InputFileException">Something was; the place is that of the first problem.</exception>
    public void ThrowIfAny()
    {
        if (Count == 0) return;
        (string text, int line, int? column) = _listed[0];
        if (Count == 1) throw new InputFileException(path, text + ".", line, column);
        string more = Count > _listed.Count ? $"\n  … and {Count - _listed.Count} more." : "";
        throw new InputFileException(path, $"{Count} problems:{string.Concat(_listed.Select(p => $"\n  line {p.Line}: {p.Text}"))}{more}", line, column);
    }
}
