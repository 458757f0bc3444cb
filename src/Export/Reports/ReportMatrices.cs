namespace CircuitSim.Export.Reports;

/// <summary>What a report shows beyond <c>fidelity.json</c>: matrices of heat maps, devices of scatter plots, and the experiment.</summary>
public sealed record ReportMatrices
{
    /// <summary>No heat maps.</summary>
    public static ReportMatrices Empty { get; } = new() { Conductances = [], Voltages = [] };

    /// <summary>Conductance of every device, one matrix per layer, siemens scaled to the unit of the matrix.</summary>
    public required IReadOnlyList<ReportMatrix> Conductances { get; init; }

    /// <summary>Devices before and after programming, one array per layer; empty when all are on their targets.</summary>
    public IReadOnlyList<ReportArray> Arrays { get; init; } = [];

    /// <summary>The experiment with every setting, as its file says it; empty when the page shall not show it.</summary>
    public string Experiment { get; init; } = "";

    /// <summary>IR drops, cross-point voltages and the like, in the order they are shown.</summary>
    public required IReadOnlyList<ReportMatrix> Voltages { get; init; }
}
