using System.Runtime.ExceptionServices;
using CircuitSim.Circuit.Linear;
using CircuitSim.Circuit.Randomness;

namespace CircuitSim.Circuit.Crossbars;

/// <summary>Holds port matrices against solutions of the crossbar in double for a few normally distributed drives.</summary>
/// <remarks>A row's error times a normal vector is normal with the row's norm as deviation, so that nothing about the error is assumed.</remarks>
internal static class SinglePrecisionProbe
{
    // P(χ²₄ < 4/8²) = 4.8e-4.
    private const int ProbeCount = 4;
    private const double Factor = 8;

    // Below, four solves take less time than the memory of a second solver.
    private const int ParallelCrossPoints = 1 << 18;

    // A hundredth of what single precision keeps, so that a bound is about the matrices and not about the probe.
    private const double ToleranceVolts = 1e-9;

    internal static SinglePrecisionError Measure(CrossbarSpec spec, TransferMatrix transfer, int threadCount, CancellationToken cancellationToken)
    {
        bool isOpen = spec.BitLineEnd == BitLineEnd.Open;
        double impedance = Largest(transfer.GateImpedanceOhms.Span);
        Probe[] probes = Run(spec, transfer, impedance, threadCount, cancellationToken);
        double ends = Bound(probes, p => p.Sources.Ends), sources = Bound(probes, p => p.Sources.Sources), gates = Bound(probes, p => p.Gates.Ends);
        // One source alone, or sources that see each other through little, deliver next to nothing.
        double admittance = Math.Max(Largest(transfer.SourceAdmittanceSiemens.Span), Largest(spec.ConductanceSiemens.Span));
        (double largestSum, double rowSum) = RowSums(isOpen ? transfer.GateResponse.Span : transfer.EndAdmittanceSiemens.Span, transfer.WordLineCount);
        return new SinglePrecisionError
        {
            GateResponse = isOpen ? ends : 0,
            EndAdmittanceSiemens = isOpen ? 0 : ends,
            SourceAdmittanceSiemens = sources,
            GateImpedanceOhms = gates,
            RowSum = isOpen ? rowSum : 0,
            Relative = Math.Max(Share(ends, isOpen ? 1 : largestSum), Math.Max(Share(sources, admittance), Share(gates, impedance))),
        };
    }

    // One solver a worker; what a probe finds does not depend on which of them makes it.
    private static Probe[] Run(CrossbarSpec spec, TransferMatrix transfer, double impedance, int threadCount, CancellationToken cancellationToken)
    {
        var probes = new Probe[ProbeCount];
        int workers = spec.ConductanceSiemens.Length < ParallelCrossPoints ? 1 : Math.Min(threadCount, ProbeCount);
        try
        {
            Parallel.For(0, workers, new ParallelOptions { MaxDegreeOfParallelism = workers, CancellationToken = cancellationToken }, RunSome);
        }
        catch (AggregateException all)
        {
            ExceptionDispatchInfo.Throw(all.Flatten().InnerExceptions[0]);
        }

        return probes;

        void RunSome(int worker)
        {
            using CrossbarSolver solver = CrossbarSolver.Factorize(spec, new CrossbarSolverOptions { ExpectedSolveCount = ProbeCount });
            for (int k = worker; k < ProbeCount; k += workers)
            {
                cancellationToken.ThrowIfCancellationRequested();
                probes[k] = new Probe(FromSources(solver, transfer, k), impedance > 0 ? FromGates(solver, transfer, k, impedance) : new Differences());
            }
        }
    }

    private static Differences FromSources(CrossbarSolver solver, TransferMatrix transfer, int probe)
    {
        CrossbarSpec spec = solver.Spec;
        int m = spec.WordLineCount, n = spec.BitLineCount;
        bool isOpen = spec.BitLineEnd == BitLineEnd.Open;
        double[] volts = Normals("sources of a probe of single precision", probe, m, 1);
        // Source currents are sums over devices, and with all nodes known those of grounded ends are: a volt of error then counts with
        // their conductance and not with that of a wire.
        CrossbarState state = solver.SolveDrive(new CrossbarDrive { SourceVolts = volts }, ToleranceVolts, hasNodes: !isOpen);
        double error = 2 * state.ErrorVolts;
        double[] ends = isOpen
            ? Compare(transfer.GateResponse.Span, volts, state.LastVolts, _ => error)
            : Compare(transfer.EndAdmittanceSiemens.Span, volts, state.EndAmps, j => error * Siemens(spec, j, n, m));
        double[] sources = transfer.SourceAdmittanceSiemens.IsEmpty
            ? []
            : Compare(transfer.SourceAdmittanceSiemens.Span, volts, state.WordLineAmps, i => error * Siemens(spec, i * n, 1, n));
        return new Differences(ends, sources);
    }

    // As many amperes as make about a volt.
    private static Differences FromGates(CrossbarSolver solver, TransferMatrix transfer, int probe, double ohms)
    {
        CrossbarSpec spec = solver.Spec;
        double[] amps = Normals("gate currents of a probe of single precision", probe, spec.BitLineCount, 1 / ohms);
        CrossbarState state = solver.SolveDrive(
            new CrossbarDrive { SourceVolts = new double[spec.WordLineCount], EndAmps = amps }, ToleranceVolts, hasNodes: false);
        // The last segment carries the pushed current.
        if (spec.Convention == WireConvention.C1) DenseKernels.AddScaled(spec.BitLineSegmentOhms, amps, state.LastVolts);
        return new Differences([.. Compare(transfer.GateImpedanceOhms.Span, amps, state.LastVolts, _ => state.ErrorVolts).Select(volts => volts * ohms)], []);
    }

    // What each row times the drive is wrong by, at most.
    private static double[] Compare(ReadOnlySpan<double> matrix, double[] drive, double[] exact, Func<int, double> solverError)
    {
        var differences = new double[exact.Length];
        for (int k = 0; k < exact.Length; k++)
            differences[k] = Math.Abs(DenseKernels.Dot(matrix.Slice(k * drive.Length, drive.Length), drive) - exact[k]) + solverError(k);
        return differences;
    }

    private static double Siemens(CrossbarSpec spec, int first, int step, int count)
    {
        double sum = 0;
        ReadOnlySpan<double> g = spec.ConductanceSiemens.Span;
        for (int k = 0; k < count; k++) sum += g[first + k * step];
        return sum;
    }

    private static double[] Normals(string purpose, int probe, int count, double deviation)
    {
        var random = new CounterRandom(0, purpose);
        var draws = new double[count];
        for (int k = 0; k < count; k++) draws[k] = deviation * random.Normal((ulong)(k * ProbeCount + probe));
        return draws;
    }

    // Not a number wins, so that a reduction that failed is never within a limit.
    private static double Bound(Probe[] probes, Func<Probe, double[]> part)
    {
        double largest = 0;
        for (int row = 0; row < part(probes[0]).Length; row++)
        {
            double squares = 0;
            foreach (Probe probe in probes) squares += part(probe)[row] * part(probe)[row];
            largest = Math.Max(largest, Math.Sqrt(squares / ProbeCount));
        }

        return Factor * largest;
    }

    private static double Largest(ReadOnlySpan<double> values)
    {
        double largest = 0;
        foreach (double value in values) largest = Math.Max(largest, Math.Abs(value));
        return largest;
    }

    private static (double Largest, double FromOne) RowSums(ReadOnlySpan<double> matrix, int columns)
    {
        double largest = 0, fromOne = 0;
        for (int at = 0; at < matrix.Length; at += columns)
        {
            double sum = DenseKernels.Sum(matrix.Slice(at, columns));
            (largest, fromOne) = (Math.Max(largest, sum), Math.Max(fromOne, Math.Abs(sum - 1)));
        }

        return (largest, fromOne);
    }

    private static double Share(double bound, double fullScale) => bound == 0 ? 0 : bound / fullScale;

    private readonly record struct Probe(Differences Sources, Differences Gates);

    private readonly record struct Differences(double[] Ends, double[] Sources)
    {
        public Differences()
            : this([], [])
        {
        }
    }
}
