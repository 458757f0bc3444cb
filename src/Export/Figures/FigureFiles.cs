using CircuitSim.Mapping.Files;

namespace CircuitSim.Export.Figures;

/// <summary>Writes figures as files: the drawing as <c>.svg</c>, its numbers beside it as <c>.csv</c>.</summary>
public static class FigureFiles
{
    /// <summary>The files of a figure.</summary>
    /// <param name="folder">Where they stand.</param>
    /// <param name="name">Name without ending.</param>
    /// <returns>Drawing and numbers.</returns>
    public static (string Drawing, string Numbers) Paths(string folder, string name) =>
        (Path.Combine(folder, name + ".svg"), Path.Combine(folder, name + ".csv"));

    /// <summary>Writes one figure; files of the same name are replaced.</summary>
    /// <param name="folder">Where the files shall stand; made if needed.</param>
    /// <param name="named">The figure.</param>
    public static void Write(string folder, NamedFigure named)
    {
        ArgumentNullException.ThrowIfNull(named);
        (string drawing, string numbers) = Paths(folder, named.Name);
        AtomicFile.WriteText(drawing, writer => SvgFigure.Write(named.Figure, writer));
        AtomicFile.WriteText(numbers, writer => FigureData.Write(named.Figure, writer));
    }

    /// <summary>Makes a folder hold these figures and no others.</summary>
    /// <param name="folder">A folder of figures alone; it is replaced when all are written.</param>
    /// <param name="figures">The figures, each with a name of its own.</param>
    internal static void Replace(string folder, IEnumerable<NamedFigure> figures) => AtomicFolder.Replace(folder, beside =>
    {
        Directory.CreateDirectory(beside);
        foreach (NamedFigure figure in figures) Write(beside, figure);
    });
}
