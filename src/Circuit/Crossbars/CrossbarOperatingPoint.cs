namespace CircuitSim.Circuit.Crossbars;

/// <summary>The solved DC state of a crossbar for one set of source voltages.</summary>
/// <remarks>Two results are equal only when they are the same object's arrays: compare the numbers instead.</remarks>
public sealed record CrossbarOperatingPoint
{
    /// <summary>Current that leaves each bit line through its end, amperes, length n; zero for open ends.</summary>
    public required ReadOnlyMemory<double> BitLineEndAmps { get; init; }

    /// <summary>Voltage of each bit line's end, ahead of the terminal resistance, volts, length n: what a gate sees at an open end.</summary>
    public required ReadOnlyMemory<double> BitLineEndVolts { get; init; }

    /// <summary>Current that each source delivers into its word line, amperes, length m.</summary>
    public required ReadOnlyMemory<double> WordLineAmps { get; init; }

    /// <summary>Word-line node at each cross-point, volts, row-major [wordLine, bitLine]; empty unless asked for.</summary>
    public ReadOnlyMemory<double> WordLineNodeVolts { get; init; }

    /// <summary>Bit-line node at each cross-point, volts, row-major [wordLine, bitLine]; empty unless asked for.</summary>
    public ReadOnlyMemory<double> BitLineNodeVolts { get; init; }

    /// <summary>How the crossbar was solved.</summary>
    public required CrossbarMethod Method { get; init; }

    /// <summary>Iterations done; 0 for a direct solution.</summary>
    public required int Iterations { get; init; }

    /// <summary>Estimate of the largest error at any node, volts: largest preconditioned residual over smallest Ritz value;
    /// one rounding a node of two lines for a Cholesky factor; 0 where every unknown follows directly.</summary>
    public required double ErrorEstimateVolts { get; init; }
}
