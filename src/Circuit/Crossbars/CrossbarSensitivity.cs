namespace CircuitSim.Circuit.Crossbars;

/// <summary>How strongly a number L follows the devices, lines and ends of one crossbar of a network, over the samples of a batch.</summary>
public sealed record CrossbarSensitivity
{
    /// <summary>Mean over samples of |dL/d ln G| of every device, L, row-major [wordLine, bitLine]; 0 for absent devices.</summary>
    public required ReadOnlyMemory<double> PerLogSiemens { get; init; }

    /// <summary>Mean over samples of dL/d ln G with its sign, L, row-major [wordLine, bitLine].</summary>
    public required ReadOnlyMemory<double> SignedPerLogSiemens { get; init; }

    /// <summary>
    /// Rms over samples of √Σ(dL/d ln G)², L: the standard deviation of L, to first order, over the relative standard deviation of devices
    /// that err independently.
    /// </summary>
    public required double SpreadPerLogSiemens { get; init; }

    /// <summary>Mean over samples of |dL/dR| of each word line, R the resistance of all its segments, L per ohm, length m.</summary>
    public required ReadOnlyMemory<double> PerWordLineOhm { get; init; }

    /// <summary>Mean over samples of |dL/dR| of each bit line, R the resistance of all its segments, L per ohm, length n.</summary>
    public required ReadOnlyMemory<double> PerBitLineOhm { get; init; }

    /// <summary>Mean over samples of |dL/dR| of all word-line segments changing together, L per ohm.</summary>
    public required double PerWordLineSegmentOhm { get; init; }

    /// <summary>Mean over samples of |dL/dR| of all bit-line segments changing together, L per ohm.</summary>
    public required double PerBitLineSegmentOhm { get; init; }

    /// <summary>Mean over samples of |dL/dR| of all source resistances changing together, L per ohm.</summary>
    public required double PerSourceOhm { get; init; }

    /// <summary>Mean over samples of |dL/dV| of each gate, L per volt of an offset behind the bit line, length n.</summary>
    public required ReadOnlyMemory<double> PerGateVolt { get; init; }
}
