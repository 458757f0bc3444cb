using CircuitSim.Export.Figures;

namespace CircuitSim.Export.ArchitectureAware;

/// <summary>A figure of any kind, ready to be written.</summary>
/// <param name="Heading">Title and description.</param>
/// <param name="Write">Writes it, standing alone or as part of a page.</param>
internal sealed record ArrayFigure(FigureHeading Heading, Action<TextWriter, bool> Write);
