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

    /// <summary>
    /// Largest error of any voltage, volts. A bound where <see cref="IsErrorBounded"/>. Otherwise an estimate: of the algebra alone for conjugate
    /// gradients (largest preconditioned residual over smallest Ritz value) and of the last step for Newton's method; one rounding a node of two
    /// lines for direct methods; 0 where every unknown follows directly.
    /// </summary>
    public required double ErrorEstimateVolts { get; init; }

    /// <summary>
    /// True when no voltage is further from the exact solution than <see cref="ErrorEstimateVolts"/>: see <see cref="CrossbarSolverOptions.BoundsError"/>.
    /// </summary>
    public bool IsErrorBounded { get; init; }

    /// <summary>Bound of the error of any current in <see cref="BitLineEndAmps"/>, amperes; null unless <see cref="IsErrorBounded"/>.</summary>
    public double? EndAmpsErrorBound { get; init; }
}
