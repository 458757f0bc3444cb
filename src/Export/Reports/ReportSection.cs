namespace CircuitSim.Export.Reports;

/// <summary>A section of the page: its anchor, its heading and what writes its content.</summary>
internal sealed record ReportSection(string Id, string Title, Action<FidelityDocument, ReportPage> Write);
