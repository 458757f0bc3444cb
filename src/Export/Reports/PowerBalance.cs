namespace CircuitSim.Export.Reports;

/// <summary>Static power of the whole circuit, mean over samples: what sources deliver against what becomes heat.</summary>
/// <remarks>Both sides are computed independently, from source currents and from node voltages; by Tellegen's theorem they are equal.</remarks>
public sealed record PowerBalance
{
    /// <summary>Samples averaged: the first of those checked.</summary>
    public required int SampleCount { get; init; }

    /// <summary>Delivered by inputs, bias lines and rails, milliwatts.</summary>
    public required double DeliveredMilliwatts { get; init; }

    /// <summary>Heat in devices, wires, source resistances and inverters, milliwatts.</summary>
    public required double DissipatedMilliwatts { get; init; }

    /// <summary>Largest |delivered − dissipated| of a sample over what it is delivered.</summary>
    public required double WorstRelativeImbalance { get; init; }
}
