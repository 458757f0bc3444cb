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

    /// <summary>Arithmetic in which the crossbar was reduced; double also where single was asked for but does not serve, or was not good enough.</summary>
    public TransferPrecision Precision { get; internal init; }

    /// <summary>Error of the reduction in single precision, of these matrices or of those that it made too bad to keep; null where there was none.</summary>
    public SinglePrecisionError? SingleError { get; internal init; }

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
    /// <exception cref="InvalidDesignException">A gate impedance is asked for, but the bit lines end in ground; or there are more ports than a matrix holds.</exception>
    /// <exception cref="TopologyException">A bit line with an open end has no device, so that it floats.</exception>
    /// <exception cref="SingularSystemException">A conductance is too small or too large for the elimination.</exception>
    public static TransferMatrix Compute(CrossbarSpec spec, TransferMatrixOptions options, CancellationToken cancellationToken = default) =>
        Compute(spec, options, null, cancellationToken);

    /// <summary>Reduces a crossbar, with tiles from a store and into it.</summary>
    internal static TransferMatrix Compute(CrossbarSpec spec, TransferMatrixOptions options, TileStore? store, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        if (options.HasGateImpedance && spec.BitLineEnd != BitLineEnd.Open)
            throw new InvalidDesignException("Transfer matrix", ["Bit lines end in ground; only open ends have a gate impedance. Leave it out, or open the ends."]);

        long ports = (long)spec.WordLineCount + spec.BitLineCount;
        if (ports * (ports + 1) > Array.MaxLength)
            throw new InvalidDesignException("Transfer matrix",
                [$"{ports} ports make a matrix of {ports * ports} numbers, more than an array holds; solve the crossbar by CrossbarSolver instead."]);

        CrossbarErrors.RefuseFloatingBitLines(spec);
        TransferMatrix transfer = ReduceApart(spec, options, store, cancellationToken);
        if (transfer.Precision == TransferPrecision.Binary64) return transfer;

        SinglePrecisionError error = SinglePrecisionProbe.Measure(spec, transfer, options.ThreadCount, cancellationToken);
        if (!(error.Relative <= options.LargestSingleError))
            transfer = ReduceApart(spec, options with { Precision = TransferPrecision.Binary64 }, store, cancellationToken);
        return transfer with { SingleError = error };
    }

    /// <summary>The response of the ends as 32-bit numbers, for many inputs by one matrix product in 32-bit arithmetic.</summary>
    /// <returns>The gate response, or the end admittance of ends in ground.</returns>
    public SingleResponse ToSingle() => new(Response, BitLineCount, WordLineCount, ResponseError);

    /// <summary>Ends for many source vectors, by one matrix product.</summary>
    /// <param name="sourceVolts">Sources, volts, row-major [sample, wordLine].</param>
    /// <param name="sampleCount">Samples, at least 0.</param>
    /// <param name="ends">Receives volts of open ends or amperes into grounded ones, row-major [sample, bitLine].</param>
    /// <param name="maxThreads">Threads to use at most; the result does not depend on it.</param>
    /// <exception cref="ArgumentException">A span holds fewer numbers than samples need.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The number of samples is negative, or that of threads below 1.</exception>
    public void Apply(ReadOnlySpan<double> sourceVolts, int sampleCount, Span<double> ends, int maxThreads = 1) => Gemm.Multiply(
        GemmView.RowMajor(sourceVolts, sampleCount, WordLineCount), GemmView.RowMajor(Response, BitLineCount, WordLineCount).Transposed,
        ends, BitLineCount, maxThreads: maxThreads);

    /// <summary>Ports for one set of source voltages, by matrix products.</summary>
    /// <param name="sourceVolts">Source of each word line, volts, length m, finite.</param>
    /// <returns>End currents and voltages and source currents; no nodes. The error estimate is one rounding a term, and what single precision adds.</returns>
    /// <exception cref="ArgumentException">The length is not m, or a voltage is not finite.</exception>
    /// <exception cref="InvalidOperationException">The source admittance was not computed.</exception>
    /// <exception cref="SingularSystemException">A current or voltage is above the range of a double.</exception>
    public CrossbarOperatingPoint Solve(ReadOnlySpan<double> sourceVolts)
    {
        int m = WordLineCount, n = BitLineCount;
        if (sourceVolts.Length != m) throw new ArgumentException($"{sourceVolts.Length} source voltages for {m} word lines.", nameof(sourceVolts));
        if (DenseKernels.IndexOfNotFinite(sourceVolts) >= 0) throw new ArgumentException("A source voltage is finite.", nameof(sourceVolts));
        if (SourceAdmittanceSiemens.IsEmpty) throw new InvalidOperationException("Source currents need the source admittance; compute it with TransferMatrixOptions.HasSourceAdmittance.");

        bool isOpen = !GateResponse.IsEmpty;
        double[] ends = Times(Response, sourceVolts, n), amps = isOpen ? new double[n] : ends;
        double[] sources = Times(SourceAdmittanceSiemens.Span, sourceVolts, m);
        int wrong = DenseKernels.IndexOfNotFinite(ends);
        if (wrong < 0) wrong = DenseKernels.IndexOfNotFinite(sources);
        if (wrong >= 0)
            throw new SingularSystemException($"port {wrong + 1}", $"The current or voltage of port {wrong + 1} of the transfer matrix is above the range of a double: "
                + "lower the source voltages, or use conductances between about 1E-100 and 1E+100 S.");
        double largest = 0, norm = Math.Sqrt(DenseKernels.Dot(sourceVolts, sourceVolts));
        foreach (double volts in sourceVolts) largest = Math.Max(largest, Math.Abs(volts));
        return new CrossbarOperatingPoint
        {
            BitLineEndAmps = amps,
            BitLineEndVolts = isOpen ? ends : ends.Select(end => TerminalOhms * end).ToArray(),
            WordLineAmps = sources,
            Method = CrossbarMethod.TransferMatrix,
            Iterations = 0,
            ErrorEstimateVolts = Math.ScaleB(m + n, -53) * largest + (isOpen ? 1 : TerminalOhms) * ResponseError * norm,
        };
    }

    private ReadOnlySpan<double> Response => GateResponse.IsEmpty ? EndAdmittanceSiemens.Span : GateResponse.Span;

    private double ResponseError => Precision == TransferPrecision.Binary64 || SingleError is null ? 0
        : GateResponse.IsEmpty ? SingleError.EndAdmittanceSiemens : SingleError.GateResponse;

    private static double[] Times(ReadOnlySpan<double> matrix, ReadOnlySpan<double> volts, int rows)
    {
        var product = new double[rows];
        for (int k = 0; k < rows; k++) product[k] = DenseKernels.Dot(matrix.Slice(k * volts.Length, volts.Length), volts);
        return product;
    }

    private static TransferMatrix ReduceApart(CrossbarSpec spec, TransferMatrixOptions options, TileStore? store, CancellationToken cancellationToken)
    {
        if (LineParts.NeedShorts(spec)) return CholeskyPortReduction.Compute(spec, options, cancellationToken) with { TerminalOhms = spec.TerminalOhms };
        CrossbarSpec apart = spec.HasShortedLines ? spec.WithFaults(spec.Faults.Where(fault => fault.IsOpen)) : spec;
        TransferMatrix transfer = Reduce(apart, options, store, cancellationToken) with { TerminalOhms = spec.TerminalOhms };
        return spec.HasShortedLines ? BranchUpdate.WithShorts(spec, apart, transfer, options) : transfer;
    }

    private static TransferMatrix Reduce(CrossbarSpec spec, TransferMatrixOptions options, TileStore? store, CancellationToken cancellationToken)
    {
        bool isClosedForm = spec.HasIdealWires && spec.SourceOhms == 0 && spec.BitLineEnd == BitLineEnd.Open && !spec.HasOpenLines;
        if (isClosedForm) return IdealPortReduction.Compute(spec, options);
        if (!TilePortReduction.CanReduce(spec)) return CholeskyPortReduction.Compute(spec, options, cancellationToken);
        if (options.Precision == TransferPrecision.Binary32 && DenseLanes256.IsSupported)
        {
            TransferMatrix single = DenseLanes512.IsSupported
                ? TilePortReduction.Compute<SingleLanes512, float>(spec, options, store, cancellationToken)
                : TilePortReduction.Compute<SingleLanes256, float>(spec, options, store, cancellationToken);
            return single with { Precision = TransferPrecision.Binary32 };
        }

        if (DenseLanes512.IsSupported) return TilePortReduction.Compute<DenseLanes512, double>(spec, options, store, cancellationToken);
        if (DenseLanes256.IsSupported) return TilePortReduction.Compute<DenseLanes256, double>(spec, options, store, cancellationToken);
        return CholeskyPortReduction.Compute(spec, options, cancellationToken);
    }
}
