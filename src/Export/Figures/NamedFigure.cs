namespace CircuitSim.Export.Figures;

/// <summary>A figure with the name of its files.</summary>
public sealed record NamedFigure
{
    /// <summary>Names a figure.</summary>
    /// <param name="name">Letters a to z, digits and hyphens, for example <c>layer1-conductance</c>; the name of its files without their ending.</param>
    /// <param name="figure">The figure.</param>
    /// <exception cref="ArgumentException">The name holds something else, or nothing.</exception>
    public NamedFigure(string name, Figure figure)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(figure);
        if (!name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
            throw new ArgumentException($"'{name}' is no name of a figure; use the letters a to z, digits and hyphens.", nameof(name));
        Name = name;
        Figure = figure;
    }

    /// <summary>Name of the files without their ending.</summary>
    public string Name { get; }

    /// <summary>The figure.</summary>
    public Figure Figure { get; }
}
