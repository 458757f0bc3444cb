namespace CircuitSim.Circuit.Crossbars;

/// <summary>What drives a crossbar: sources, and currents pushed into nodes.</summary>
/// <remarks>Empty spans mean zeros.</remarks>
internal readonly ref struct CrossbarDrive
{
    /// <summary>Source voltages, volts, length m.</summary>
    internal required ReadOnlySpan<double> SourceVolts { get; init; }

    /// <summary>Currents pushed into the last cross-point of each bit line, amperes, length n.</summary>
    internal ReadOnlySpan<double> EndAmps { get; init; }

    /// <summary>Currents pushed into word-line nodes, amperes, row-major [wordLine, bitLine].</summary>
    internal ReadOnlySpan<double> WordNodeAmps { get; init; }

    /// <summary>Currents pushed into bit-line nodes, amperes, row-major [wordLine, bitLine].</summary>
    internal ReadOnlySpan<double> BitNodeAmps { get; init; }
}
