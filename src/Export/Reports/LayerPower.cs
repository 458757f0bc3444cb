namespace CircuitSim.Export.Reports;

/// <summary>Static power of one layer, mean over the checked samples.</summary>
public sealed record LayerPower
{
    /// <summary>Layer number from 1, as in node names.</summary>
    public required int Layer { get; init; }

    /// <summary>Power turned to heat in the memristors, milliwatts, or null when it was not computed.</summary>
    public required double? DevicesMilliwatts { get; init; }

    /// <summary>Power the inverters draw from the rails less what they deliver, milliwatts, or null when it was not computed.</summary>
    public required double? InvertersMilliwatts { get; init; }
}
