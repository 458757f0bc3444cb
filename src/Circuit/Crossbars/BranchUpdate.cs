using CircuitSim.Circuit.Linear;

namespace CircuitSim.Circuit.Crossbars;

/// <summary>Port matrices after conductances were added along branches of a crossbar: Woodbury's formula (Hager, SIAM Review 31, 1989).</summary>
/// <remarks>Not thread-safe: it owns a solver. Responses to branches are kept, so that each costs one solve.</remarks>
internal sealed class BranchUpdate
{
    // Estimated error of solves at about one volt.
    private const double ToleranceVolts = 1e-15;

    private readonly CrossbarSolver _solver;
    private readonly TransferMatrix _unchanged;
    private readonly TransferMatrixOptions _options;
    private readonly List<Response> _responses = [];
    private readonly double[] _wordAmps, _bitAmps, _noVolts;

    internal BranchUpdate(CrossbarSpec spec, TransferMatrix unchanged, TransferMatrixOptions options)
    {
        (_unchanged, _options) = (unchanged, options);
        _solver = CrossbarSolver.Factorize(spec);
        int count = spec.ConductanceSiemens.Length;
        (_wordAmps, _bitAmps, _noVolts) = (new double[count], new double[count], new double[spec.WordLineCount]);
    }

    internal CrossbarSpec Spec => _solver.Spec;

    internal int SolveCount => _responses.Count;

    /// <summary>Adds the shorts of a crossbar to the port matrices that it has without them.</summary>
    internal static TransferMatrix WithShorts(CrossbarSpec spec, CrossbarSpec apart, TransferMatrix unchanged, TransferMatrixOptions options)
    {
        LineFault[] shorts = [.. spec.Faults.Where(fault => !fault.IsOpen)];
        var update = new BranchUpdate(apart, unchanged, options);
        // Parallel shorts are one branch, for which one response is kept.
        (Branch Branch, double Siemens)[] branches =
        [
            .. shorts.GroupBy(fault => Branch.OfShort(fault, spec.BitLineCount)).Select(same => (same.Key, same.Sum(fault => 1 / fault.Ohms))),
        ];
        return update.Apply([.. branches.Select(b => b.Branch)], [.. branches.Select(b => b.Siemens)]);
    }

    /// <summary>Port matrices after changes to the unchanged crossbar.</summary>
    /// <param name="branches">Branches, each at most once.</param>
    /// <param name="delta">Conductance added along each, siemens.</param>
    internal TransferMatrix Apply(Branch[] branches, double[] delta)
    {
        int count = branches.Length, m = Spec.WordLineCount, n = Spec.BitLineCount;
        int[] places = [.. branches.Select(PlaceOf)];
        var lu = new DenseLu(count);
        for (int k = 0; k < count; k++)
            for (int l = 0; l < count; l++) lu.Matrix[k * count + l] = (k == l ? 1 : 0) + delta[k] * Drop(places[k], places[l]);
        lu.Factorize();

        double[] fromSources = Gather(places, r => r.SourceVolts, m), toEnds = Gather(places, r => r.Ends, n);
        double[] currents = Currents(lu, delta, fromSources, m);
        bool isOpen = Spec.BitLineEnd == BitLineEnd.Open;
        ReadOnlyMemory<double> ends = Minus(isOpen ? _unchanged.GateResponse : _unchanged.EndAdmittanceSiemens, toEnds, currents, n, m);
        double[] admittance = _options.HasSourceAdmittance
            ? Symmetric(Minus(_unchanged.SourceAdmittanceSiemens, [.. fromSources.Select(d => -d)], currents, m, m), m)
            : [];
        if (isOpen) DenseLaplacian.SetDiagonal(admittance, admittance.Length == 0 ? 0 : m);
        return _unchanged with
        {
            GateResponse = isOpen ? ends : default,
            EndAdmittanceSiemens = isOpen ? default : ends,
            SourceAdmittanceSiemens = admittance,
            GateImpedanceOhms = _options.HasGateImpedance
                ? Symmetric(Minus(_unchanged.GateImpedanceOhms, toEnds, Currents(lu, delta, toEnds, n), n, n), n)
                : default,
        };
    }

    private int PlaceOf(Branch branch)
    {
        int place = _responses.FindIndex(r => r.Branch == branch);
        if (place >= 0) return place;

        // As many amperes as make about a volt, so that the solver's tolerance is one relative to the answer; nodes of
        // neighbouring lines may be close, so that a first solve has to tell.
        double amps = TypicalSiemens(branch);
        if (branch.FromWord == branch.ToWord)
        {
            double drop = branch.Drop(Push(branch, amps));
            amps = drop > 0 ? Math.Min(amps / drop, 1) : 1;
        }

        CrossbarState state = Push(branch, amps);
        double[] drops = [.. _responses.Select(r => r.Branch).Append(branch).Select(b => b.Drop(state) / amps)];
        double[] ends = Spec.BitLineEnd == BitLineEnd.Open ? state.LastVolts : state.EndAmps;
        // By reciprocity: what a branch's ampere draws from a source is, negative, what the source's volt makes along the branch.
        _responses.Add(new Response(branch, drops, [.. state.WordLineAmps.Select(a => -a / amps)], [.. ends.Select(e => e / amps)]));
        return _responses.Count - 1;
    }

    private CrossbarState Push(Branch branch, double amps)
    {
        Array.Clear(_wordAmps);
        Array.Clear(_bitAmps);
        branch.Push(amps, _wordAmps, _bitAmps);
        return _solver.SolveDrive(
            new CrossbarDrive { SourceVolts = _noVolts, WordNodeAmps = _wordAmps, BitNodeAmps = _bitAmps }, ToleranceVolts, hasNodes: true);
    }

    // The largest device on the branch's bit lines: more than enough current between two nodes that wires hold.
    private double TypicalSiemens(Branch branch)
    {
        int n = Spec.BitLineCount;
        double siemens = 0;
        for (int i = 0; i < Spec.WordLineCount; i++) siemens = Math.Max(siemens, Math.Max(Spec[i, branch.From % n], Spec[i, branch.To % n]));
        return siemens > 0 ? siemens : 1 / Math.Max(1, Spec.TerminalOhms + Spec.BitLineSegmentOhms);
    }

    // Drop along one branch per ampere through another one; kept with the later of the two.
    private double Drop(int a, int b) => _responses[Math.Max(a, b)].Drops[Math.Min(a, b)];

    private double[] Gather(int[] places, Func<Response, double[]> part, int length)
    {
        var rows = new double[places.Length * length];
        for (int k = 0; k < places.Length; k++) part(_responses[places[k]]).CopyTo(rows.AsSpan(k * length));
        return rows;
    }

    // (I + C·S)⁻¹·C·drops, one column a port.
    private static double[] Currents(DenseLu lu, double[] delta, double[] drops, int ports)
    {
        var currents = new double[drops.Length];
        var column = new double[delta.Length];
        for (int p = 0; p < ports; p++)
        {
            for (int k = 0; k < delta.Length; k++) column[k] = delta[k] * drops[k * ports + p];
            lu.Solve(column);
            for (int k = 0; k < delta.Length; k++) currents[k * ports + p] = column[k];
        }

        return currents;
    }

    // matrix − leftᵀ·right.
    private static double[] Minus(ReadOnlyMemory<double> matrix, double[] left, double[] right, int rows, int columns)
    {
        double[] result = matrix.ToArray();
        for (int k = 0; k < left.Length / rows; k++)
            for (int i = 0; i < rows; i++)
                DenseKernels.AddScaled(-left[k * rows + i], right.AsSpan(k * columns, columns), result.AsSpan(i * columns, columns));
        return result;
    }

    private static double[] Symmetric(double[] matrix, int size)
    {
        for (int i = 0; i < size; i++)
            for (int k = 0; k < i; k++)
            {
                double mean = 0.5 * (matrix[i * size + k] + matrix[k * size + i]);
                (matrix[i * size + k], matrix[k * size + i]) = (mean, mean);
            }

        return matrix;
    }

    /// <summary>What one ampere through a branch makes in the unchanged crossbar.</summary>
    /// <param name="Branch">The branch; the ampere enters at its beginning.</param>
    /// <param name="Drops">Volts along earlier branches and this one, per ampere.</param>
    /// <param name="SourceVolts">Volts along the branch per volt of each source.</param>
    /// <param name="Ends">Volts of open ends, or amperes into grounded ones, per ampere.</param>
    private sealed record Response(Branch Branch, double[] Drops, double[] SourceVolts, double[] Ends);
}
