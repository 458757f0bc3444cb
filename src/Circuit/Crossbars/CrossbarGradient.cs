namespace CircuitSim.Circuit.Crossbars;

/// <summary>Derivatives of one number L to everything that a crossbar is made of.</summary>
public sealed record CrossbarGradient
{
    /// <summary>dL/dG of every device, L per siemens, row-major [wordLine, bitLine]; defined for absent devices too.</summary>
    public required ReadOnlyMemory<double> PerSiemens { get; init; }

    /// <summary>dL/dR of the word-line segments, all changing together, L per ohm; defined for ideal wires too.</summary>
    public required double PerWordLineSegmentOhm { get; init; }

    /// <summary>dL/dR of the bit-line segments, all changing together, L per ohm.</summary>
    public required double PerBitLineSegmentOhm { get; init; }

    /// <summary>dL/dR of the source resistances, all changing together, L per ohm.</summary>
    public required double PerSourceOhm { get; init; }

    /// <summary>dL/dR of the terminal resistances, all changing together, L per ohm; 0 for open ends.</summary>
    public required double PerTerminalOhm { get; init; }
}
