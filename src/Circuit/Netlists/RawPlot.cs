namespace CircuitSim.Circuit.Netlists;

/// <summary>One analysis of a raw file: vectors of equal length.</summary>
public sealed class RawPlot
{
    private readonly double[] _values;

    internal RawPlot(string title, string name, bool isComplex, IReadOnlyList<RawVariable> variables, int pointCount, double[] values)
    {
        Title = title;
        Name = name;
        IsComplex = isComplex;
        Variables = variables;
        PointCount = pointCount;
        _values = values;
    }

    /// <summary>Title of the deck.</summary>
    public string Title { get; }

    /// <summary>What the simulator calls the analysis, for example "Operating Point".</summary>
    public string Name { get; }

    /// <summary>True for AC results.</summary>
    public bool IsComplex { get; }

    /// <summary>The vectors; the first is the axis, except at an operating point.</summary>
    public IReadOnlyList<RawVariable> Variables { get; }

    /// <summary>Number of points of every vector.</summary>
    public int PointCount { get; }

    /// <summary>Real part of a value.</summary>
    /// <param name="variable">Index into <see cref="Variables"/>.</param>
    /// <param name="point">Point from 0.</param>
    /// <returns>Volts, amperes, seconds or hertz, by the variable's kind.</returns>
    public double Real(int variable, int point) => _values[(point * Variables.Count + variable) * (IsComplex ? 2 : 1)];

    /// <summary>Imaginary part of a value; 0 in a real plot.</summary>
    /// <param name="variable">Index into <see cref="Variables"/>.</param>
    /// <param name="point">Point from 0.</param>
    /// <returns>Volts or amperes.</returns>
    public double Imaginary(int variable, int point) => IsComplex ? _values[(point * Variables.Count + variable) * 2 + 1] : 0;

    /// <summary>All real parts of a vector.</summary>
    /// <param name="variable">Index into <see cref="Variables"/>.</param>
    /// <returns>A new array with one value a point.</returns>
    public double[] RealParts(int variable) => [.. Enumerable.Range(0, PointCount).Select(p => Real(variable, p))];
}
