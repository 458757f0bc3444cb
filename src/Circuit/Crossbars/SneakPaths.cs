using CircuitSim.Circuit.Errors;

namespace CircuitSim.Circuit.Crossbars;

/// <summary>How a crossbar's sources reach the ends of its bit lines: through the device that joins them, and by other routes.</summary>
/// <remarks>
/// By superposition, one source alone at 1 V: what enters a bit line through the source's own device is the direct part, what enters
/// through devices of other word lines, or from shorted bit lines, has sneaked there. Direct part: D = a·H, with H the voltage that the source
/// makes on its own word line at the cross-point, and a the response of the bit line's end to that voltage alone, through the bit line's own
/// devices and segments. Sneak part: the whole response less D. Derived in <c>docs/derivations/sneak-paths.md</c>; sneak paths as such:
/// M. A. Zidan et al., Microelectronics Journal 44(2), 2013.
/// </remarks>
public sealed record SneakPaths
{
    private SneakPaths(int wordLineCount, int bitLineCount) => (WordLineCount, BitLineCount) = (wordLineCount, bitLineCount);

    /// <summary>Word lines m.</summary>
    public int WordLineCount { get; }

    /// <summary>Bit lines n.</summary>
    public int BitLineCount { get; }

    /// <summary>Whole response of each end to each source: volts per volt for open ends, siemens for ends in ground, row-major [bitLine, wordLine].</summary>
    public required ReadOnlyMemory<double> Response { get; init; }

    /// <summary>Its direct part, in the same unit and order.</summary>
    public required ReadOnlyMemory<double> Direct { get; init; }

    /// <summary>Splits the response of every bit line.</summary>
    /// <param name="spec">The crossbar.</param>
    /// <param name="threadCount">Threads to use, at least 1; the result does not depend on it.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>Response and direct part. They are equal for ideal wires without source resistance.</returns>
    /// <exception cref="TopologyException">A bit line with an open end has no device, so that it floats.</exception>
    /// <exception cref="ConvergenceException">A solve did not meet its tolerance.</exception>
    public static SneakPaths Compute(CrossbarSpec spec, int threadCount = 2, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentOutOfRangeException.ThrowIfLessThan(threadCount, 1);
        TransferMatrix transfer = TransferMatrix.Compute(spec, hasSourceAdmittance: false, threadCount, cancellationToken);
        ReadOnlyMemory<double> response = spec.BitLineEnd == BitLineEnd.Open ? transfer.GateResponse : transfer.EndAdmittanceSiemens;
        bool isIdeal = spec is { HasIdealWires: true, SourceOhms: 0, Faults.Count: 0 };
        return new SneakPaths(spec.WordLineCount, spec.BitLineCount)
        {
            Response = response,
            // Terminal resistances lift a bit line, but every word line stays at its source.
            Direct = isIdeal ? response : DirectPart(spec, threadCount, cancellationToken),
        };
    }

    /// <summary>Share of one bit line's response that sneaks: Σ|response − direct|/Σ|response| over all sources, from 0 to 1.</summary>
    /// <param name="bitLine">Index from 0.</param>
    /// <returns>The share.</returns>
    public double PathShare(int bitLine)
    {
        ReadOnlySpan<double> response = Row(Response, bitLine), direct = Row(Direct, bitLine);
        double sneak = 0, whole = 0;
        for (int i = 0; i < response.Length; i++)
        {
            sneak += Math.Abs(response[i] - direct[i]);
            whole += Math.Abs(response[i]);
        }

        return whole > 0 ? sneak / whole : 0;
    }

    /// <summary>Sneak part of the signal of one bit line for a set of sources.</summary>
    /// <param name="bitLine">Index from 0.</param>
    /// <param name="sourceVolts">Sources, volts, length m.</param>
    /// <returns>Volts for open ends, amperes for ends in ground.</returns>
    /// <exception cref="ArgumentException">The length is not m.</exception>
    public double Sneak(int bitLine, ReadOnlySpan<double> sourceVolts)
    {
        if (sourceVolts.Length != WordLineCount)
            throw new ArgumentException($"{sourceVolts.Length} source voltages for {WordLineCount} word lines.", nameof(sourceVolts));
        ReadOnlySpan<double> response = Row(Response, bitLine), direct = Row(Direct, bitLine);
        double sum = 0;
        for (int i = 0; i < response.Length; i++) sum += (response[i] - direct[i]) * sourceVolts[i];
        return sum;
    }

    private ReadOnlySpan<double> Row(ReadOnlyMemory<double> matrix, int bitLine)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bitLine);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(bitLine, BitLineCount);
        return matrix.Span.Slice(bitLine * WordLineCount, WordLineCount);
    }

    private static double[] DirectPart(CrossbarSpec spec, int threadCount, CancellationToken cancellationToken)
    {
        int m = spec.WordLineCount, n = spec.BitLineCount;
        var direct = new double[n * m];
        double[] ends = EndResponses(spec);
        var settings = new ParallelOptions { MaxDegreeOfParallelism = threadCount, CancellationToken = cancellationToken };
        var solverOptions = new CrossbarSolverOptions { ExpectedSolveCount = (m + threadCount - 1) / threadCount };
        try
        {
            Parallel.For(0, threadCount, settings, SolveShare);
        }
        catch (AggregateException all)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(all.Flatten().InnerExceptions[0]);
        }

        return direct;

        // One source at a time; each belongs to one thread alone, so that threads change no sum.
        void SolveShare(int share)
        {
            using CrossbarSolver solver = CrossbarSolver.Factorize(spec, solverOptions);
            var sources = new double[m];
            CrossbarState? state = null;
            for (int i = share; i < m; i += threadCount)
            {
                cancellationToken.ThrowIfCancellationRequested();
                sources[i] = 1;
                state = solver.SolveDrive(new CrossbarDrive { SourceVolts = sources }, solverOptions.ToleranceVolts, hasNodes: true, state);
                sources[i] = 0;
                for (int j = 0; j < n; j++) direct[j * m + i] = ends[j * m + i] * (1 + state.WordDeviationVolts[i * n + j]);
            }
        }
    }

    /// <summary>
    /// Response of each bit line's end to the voltage of one of its word-line nodes, all others at 0 V: by reciprocity G·u, with u the bit line's own
    /// voltages when an ampere is pushed into its open end, or its grounded end stands at 1 V.
    /// </summary>
    private static double[] EndResponses(CrossbarSpec spec)
    {
        int m = spec.WordLineCount, n = spec.BitLineCount;
        var boundary = CrossbarBoundary.Of(spec);
        var opens = new LineOpens(spec);
        double[] toOthers = ShortSiemens(spec);
        var responses = new double[n * m];
        var excess = new double[m];
        for (int j = 0; j < n; j++)
        {
            // Conductance from a node to everything above it and beside it. Never a difference, so that devices keep their digits beside wires.
            for (int i = 0; i < m; i++) excess[i] = spec[i, j] + toOthers[i * n + j] + (i > 0 ? excess[i - 1] * Passed(i - 1, j) : 0);

            double end = opens.Bit(m - 1, j) ? 0 : boundary.EndSiemens;
            double volts = spec.BitLineEnd == BitLineEnd.Open ? 1 / excess[m - 1]
                : double.IsPositiveInfinity(end) ? 1 : end / (end + excess[m - 1]);
            for (int i = m - 1; i >= 0; i--)
            {
                responses[j * m + i] = spec[i, j] * volts;
                if (i > 0) volts *= Passed(i - 1, j);
            }
        }

        return responses;

        // Share of the voltage below that a node takes through the segment between them.
        double Passed(int above, int bitLine)
        {
            double wire = opens.Bit(above, bitLine) ? 0 : boundary.BitSegmentSiemens;
            return double.IsPositiveInfinity(wire) ? 1 : wire > 0 ? wire / (wire + excess[above]) : 0;
        }
    }

    private static double[] ShortSiemens(CrossbarSpec spec)
    {
        int n = spec.BitLineCount;
        var siemens = new double[spec.WordLineCount * n];
        foreach (LineFault fault in spec.Faults.Where(f => f.Kind == LineFaultKind.ShortedBitLines))
        {
            siemens[fault.WordLine * n + fault.BitLine] += 1 / fault.Ohms;
            siemens[fault.WordLine * n + fault.BitLine + 1] += 1 / fault.Ohms;
        }

        return siemens;
    }
}
