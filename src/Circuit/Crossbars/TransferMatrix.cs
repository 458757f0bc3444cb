using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Linear;

namespace CircuitSim.Circuit.Crossbars;

/// <summary>A crossbar with open bit-line ends reduced to its ports: what gates see and what sources deliver, for any source voltages.</summary>
/// <remarks>
/// Gate volts = T·source volts and source amps = Y·source volts, every wire segment and the source resistance included.
/// Every row of T sums to 1 and every row of Y to 0, because a crossbar without ground lets all nodes follow its sources.
/// </remarks>
public sealed record TransferMatrix
{
    internal TransferMatrix(int wordLineCount, int bitLineCount, double[] gateResponse, double[] sourceAdmittance)
    {
        WordLineCount = wordLineCount;
        BitLineCount = bitLineCount;
        GateResponse = gateResponse;
        SourceAdmittanceSiemens = sourceAdmittance;
    }

    /// <summary>Number of sources m.</summary>
    public int WordLineCount { get; }

    /// <summary>Number of gates n.</summary>
    public int BitLineCount { get; }

    /// <summary>T: volts at the end of a bit line per volt of a source, dimensionless, row-major [bitLine, wordLine].</summary>
    public ReadOnlyMemory<double> GateResponse { get; }

    /// <summary>Y: current a source delivers per volt of a source, siemens, symmetric, row-major [wordLine, wordLine]; empty unless asked for.</summary>
    public ReadOnlyMemory<double> SourceAdmittanceSiemens { get; }

    /// <summary>Reduces a crossbar to its ports.</summary>
    /// <param name="spec">The crossbar; its bit lines end open.</param>
    /// <param name="hasSourceAdmittance">True to compute <see cref="SourceAdmittanceSiemens"/> as well.</param>
    /// <param name="threadCount">Threads to use, at least 1; the result does not depend on it.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>The port matrices.</returns>
    /// <exception cref="InvalidDesignException">The bit lines end in ground.</exception>
    /// <exception cref="TopologyException">A bit line has no device, so that it floats.</exception>
    public static TransferMatrix Compute(CrossbarSpec spec, bool hasSourceAdmittance = true, int threadCount = 2, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentOutOfRangeException.ThrowIfLessThan(threadCount, 1);
        if (spec.BitLineEnd != BitLineEnd.Open)
            throw new InvalidDesignException("Transfer matrix", ["Bit lines end in ground; a transfer matrix to gates needs open ends."]);

        CrossbarErrors.RefuseFloatingBitLines(spec);
        if (spec.HasIdealWires && spec.SourceOhms == 0) return IdealPortReduction.Compute(spec, hasSourceAdmittance);
        if (spec.WordLineSegmentOhms == 0 || spec.BitLineSegmentOhms == 0)
            return IterativePortReduction.Compute(spec, hasSourceAdmittance, cancellationToken);
        if (DenseLanes512.IsSupported)
            return TilePortReduction.Compute<DenseLanes512>(spec, hasSourceAdmittance, threadCount, cancellationToken);
        if (DenseLanes256.IsSupported)
            return TilePortReduction.Compute<DenseLanes256>(spec, hasSourceAdmittance, threadCount, cancellationToken);
        return IterativePortReduction.Compute(spec, hasSourceAdmittance, cancellationToken);
    }
}
