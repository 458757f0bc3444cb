namespace CircuitSim.Export.ExSitu;

/// <summary>A table of a study as text, for the page, the terminal and documents alike.</summary>
/// <param name="Caption">What it shows.</param>
/// <param name="Columns">Headings.</param>
/// <param name="Rows">Cells, one a heading.</param>
public sealed record StudyTable(string Caption, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows);
