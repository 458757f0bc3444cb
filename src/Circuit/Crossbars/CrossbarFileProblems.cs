using CircuitSim.Circuit.Errors;

namespace CircuitSim.Circuit.Crossbars;

/// <summary>What is wrong in a crossbar file, gathered with the place of each problem.</summary>
internal sealed class CrossbarFileProblems
{
    private const int MostListed = 10;

    private readonly List<(int Offset, string Text)> _listed = [];
    private int _count;

    /// <summary>Notes a problem.</summary>
    /// <param name="offset">Where its token begins, bytes from the start.</param>
    /// <param name="jsonPath">JSON path of the value.</param>
    /// <param name="problem">What is wrong and what is allowed.</param>
    internal void Add(long offset, string jsonPath, string problem)
    {
        if (++_count <= MostListed) _listed.Add(((int)offset, $"{jsonPath}: {problem}"));
    }

    internal bool Any => _count > 0;

    /// <summary>Throws when there are problems.</summary>
    /// <exception cref="InputFileException">There are problems; they are listed in the order of the file.</exception>
    internal void ThrowIfAny(ReadOnlySpan<byte> json, string path)
    {
        if (!Any) return;
        _listed.Sort((a, b) => a.Offset.CompareTo(b.Offset));
        (int line, int column) = Place(json, _listed[0].Offset);
        if (_count == 1) throw new InputFileException(path, _listed[0].Text, line, column);

        var lines = new List<string>();
        foreach ((int offset, string text) in _listed) lines.Add($"\n  line {Place(json, offset).Line}, {text}");
        if (_count > _listed.Count) lines.Add($"\n  … and {_count - _listed.Count} more.");
        throw new InputFileException(path, $"{_count} problems:{string.Concat(lines)}", line, column);
    }

    private static (int Line, int Column) Place(ReadOnlySpan<byte> json, int offset)
    {
        ReadOnlySpan<byte> before = json[..offset];
        return (before.Count((byte)'\n') + 1, offset - (before.LastIndexOf((byte)'\n') + 1) + 1);
    }
}
