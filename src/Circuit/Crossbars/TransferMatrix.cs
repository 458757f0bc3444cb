using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Linear;

namespace CircuitSim.Circuit.Crossbars;

/// <summary>A crossbar reduced to its ports, every wire segment and the source resistance included: what its ends see and what its sources deliver, for any source voltages.</summary>
/// <remarks>
/// Open ends: gate volts = T·source volts + Z·amps pushed into gates. Ends in ground: end amps = J·source volts. In both cases
/// source amps = Y·source volts. With open ends every row of T sums to 1 and every row of Y to 0, because a crossbar without ground
/// lets all nodes follow its sources; with ends in ground a row of Y sums to that source's share of the end currents.
/// </remarks>
public sealed record TransferMatrix
{
    internal TransferMatrix(int wordLineCount, int bitLineCount) => (WordLineCount, BitLineCount) = (wordLineCount, bitLineCount);

    /// <summary>Number of sources m.</summary>
    public int WordLineCount { get; }

    /// <summary>Number of bit lines n.</summary>
    public int BitLineCount { get; }

    /// <summary>T: volts at the open end of a bit line per volt of a source, dimensionless, row-major [bitLine, wordLine]; empty for ends in ground.</summary>
    public ReadOnlyMemory<double> GateResponse { get; internal init; }

    /// <summary>J: current into ground at the end of a bit line per volt of a source, siemens, row-major [bitLine, wordLine]; empty for open ends.</summary>
    public ReadOnlyMemory<double> EndAdmittanceSiemens { get; internal init; }

    /// <summary>Y: current a source delivers per volt of a source, siemens, symmetric, row-major [wordLine, wordLine]; empty unless asked for.</summary>
    public ReadOnlyMemory<double> SourceAdmittanceSiemens { get; internal init; }

    /// <summary>Z: volts at an open end per ampere pushed into an open end with all sources at 0 V, ohms, symmetric, row-major [bitLine, bitLine]; empty unless asked for.</summary>
    public ReadOnlyMemory<double> GateImpedanceOhms { get; internal init; }

    internal double TerminalOhms { get; init; }

    /// <summary>Reduces a crossbar to its ports.</summary>
    /// <param name="spec">The crossbar.</param>
    /// <param name="hasSourceAdmittance">True to compute <see cref="SourceAdmittanceSiemens"/> as well.</param>
    /// <param name="threadCount">Threads to use, at least 1; the result does not depend on it.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>The port matrices.</returns>
    /// <exception cref="TopologyException">A bit line with an open end has no device, so that it floats.</exception>
    /// <exception cref="SingularSystemException">A conductance is too small or too large for the elimination.</exception>
    public static TransferMatrix Compute(CrossbarSpec spec, bool hasSourceAdmittance = true, int threadCount = 2, CancellationToken cancellationToken = default) =>
        Compute(spec, new TransferMatrixOptions { HasSourceAdmittance = hasSourceAdmittance, ThreadCount = threadCount }, cancellationToken);

    /// <summary>Reduces a crossbar to its ports.</summary>
    /// <param name="spec">The crossbar.</param>
    /// <param name="options">What to compute.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>The port matrices.</returns>
    /// <exception cref="InvalidDesignException">A gate impedance is asked for, but the bit lines end in ground.</exception>
    /// <exception cref="TopologyException">A bit line with an open end has no device, so that it floats.</exception>
    /// <exception cref="SingularSystemException">A conductance is too small or too large for the elimination.</exception>
    public static TransferMatrix Compute(CrossbarSpec spec, TransferMatrixOptions options, CancellationToken cancellationToken = default) =>
        Compute(spec, options, null, cancellationToken);

    /// <summary>Reduces a crossbar, with tiles from a store and into it.</summary>
    internal static TransferMatrix Compute(CrossbarSpec spec, TransferMatrixOptions options, TileStore? store, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.ThreadCount, 1);
        if (options.HasGateImpedance && spec.BitLineEnd != BitLineEnd.Open)
            throw new InvalidDesignException("Transfer matrix", ["Bit lines end in ground; only open ends have a gate impedance. Leave it out, or open the ends."]);

        CrossbarErrors.RefuseFloatingBitLines(spec);
        CrossbarSpec apart = spec.HasShortedLines ? spec.WithFaults(spec.Faults.Where(fault => fault.IsOpen)) : spec;
        TransferMatrix transfer = Reduce(apart, options, store, cancellationToken) with { TerminalOhms = spec.TerminalOhms };
        return spec.HasShortedLines ? BranchUpdate.WithShorts(spec, apart, transfer, options) : transfer;
    }

    /// <summary>Ports for one set of source voltages, by matrix products.</summary>
    /// <param name="sourceVolts">Source of each word line, volts, length m, finite.</param>
    /// <returns>End currents and voltages and source currents; no nodes. The error estimate is one rounding a term.</returns>
    /// <exception cref="ArgumentException">The length is not m, or a voltage is not finite.</exception>
    /// <exception cref="InvalidOperationException">The source admittance was not computed.</exception>
    public CrossbarOperatingPoint Solve(ReadOnlySpan<double> sourceVolts)
    {
        int m = WordLineCount, n = BitLineCount;
        if (sourceVolts.Length != m) throw new ArgumentException($"{sourceVolts.Length} source voltages for {m} word lines.", nameof(sourceVolts));
        if (DenseKernels.IndexOfNotFinite(sourceVolts) >= 0) throw new ArgumentException("A source voltage is finite.", nameof(sourceVolts));
        if (SourceAdmittanceSiemens.IsEmpty) throw new InvalidOperationException("Source currents need the source admittance; compute it with TransferMatrixOptions.HasSourceAdmittance.");

        bool isOpen = !GateResponse.IsEmpty;
        double[] ends = Times(isOpen ? GateResponse.Span : EndAdmittanceSiemens.Span, sourceVolts, n), amps = isOpen ? new double[n] : ends;
        double largest = 0;
        foreach (double volts in sourceVolts) largest = Math.Max(largest, Math.Abs(volts));
        return new CrossbarOperatingPoint
        {
            BitLineEndAmps = amps,
            BitLineEndVolts = isOpen ? ends : ends.Select(end => TerminalOhms * end).ToArray(),
            WordLineAmps = Times(SourceAdmittanceSiemens.Span, sourceVolts, m),
            Method = CrossbarMethod.TransferMatrix,
            Iterations = 0,
            ErrorEstimateVolts = Math.ScaleB(m + n, -53) * largest,
        };
    }

    private static double[] Times(ReadOnlySpan<double> matrix, ReadOnlySpan<double> volts, int rows)
    {
        var product = new double[rows];
        for (int k = 0; k < rows; k++) product[k] = DenseKernels.Dot(matrix.Slice(k * volts.Length, volts.Length), volts);
        return product;
    }

    private static TransferMatrix Reduce(CrossbarSpec spec, TransferMatrixOptions options, TileStore? store, CancellationToken cancellationToken)
    {
        bool isClosedForm = spec.HasIdealWires && spec.SourceOhms == 0 && spec.BitLineEnd == BitLineEnd.Open && !spec.HasOpenLines;
        if (isClosedForm) return IdealPortReduction.Compute(spec, options);
        if (!TilePortReduction.CanReduce(spec)) return CholeskyPortReduction.Compute(spec, options, cancellationToken);
        if (DenseLanes512.IsSupported) return TilePortReduction.Compute<DenseLanes512>(spec, options, store, cancellationToken);
        if (DenseLanes256.IsSupported) return TilePortReduction.Compute<DenseLanes256>(spec, options, store, cancellationToken);
        return CholeskyPortReduction.Compute(spec, options, cancellationToken);
    }
}
