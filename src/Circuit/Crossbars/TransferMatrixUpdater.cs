using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Linear;

namespace CircuitSim.Circuit.Crossbars;

/// <summary>Port matrices of a crossbar with a few devices programmed anew, from those of the crossbar as it was.</summary>
/// <remarks>
/// With the drops D across k devices for one volt at each source and S for one ampere through each device, the changes C = diag(ΔG)
/// act like currents −(I + C·S)⁻¹·C·D·V across the devices (Woodbury's formula; Hager, SIAM Review 31, 1989): one solve of the
/// unchanged crossbar a device, which later updates use again, and products with k columns. Every update starts from the
/// unchanged crossbar, so that errors do not add up. Digits are lost as far as a change takes away most of a bit line's conductance.
/// Not thread-safe: use one a thread.
/// </remarks>
public sealed class TransferMatrixUpdater
{
    // Estimated error of solves at about one volt.
    private const double ToleranceVolts = 1e-15;

    private readonly CrossbarSolver _solver;
    private readonly TransferMatrixOptions _options;
    private readonly List<Response> _responses = [];
    private readonly double[] _wordAmps, _bitAmps, _noVolts;

    private TransferMatrixUpdater(CrossbarSpec spec, TransferMatrixOptions options, CancellationToken cancellationToken)
    {
        _options = options;
        Unchanged = TransferMatrix.Compute(spec, options, cancellationToken);
        _solver = CrossbarSolver.Factorize(spec);
        int count = spec.ConductanceSiemens.Length;
        (_wordAmps, _bitAmps, _noVolts) = (new double[count], new double[count], new double[spec.WordLineCount]);
    }

    /// <summary>The crossbar that changes are made to.</summary>
    public CrossbarSpec Spec => _solver.Spec;

    /// <summary>Port matrices without changes.</summary>
    public TransferMatrix Unchanged { get; }

    /// <summary>Solves made so far: one a device that has been changed.</summary>
    public int SolveCount => _responses.Count;

    /// <summary>Reduces the unchanged crossbar.</summary>
    /// <param name="spec">The crossbar.</param>
    /// <param name="options">What to compute; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>An updater for any changes.</returns>
    /// <exception cref="InvalidDesignException">A gate impedance is asked for, but the bit lines end in ground.</exception>
    /// <exception cref="TopologyException">A bit line with an open end has no device, so that it floats.</exception>
    public static TransferMatrixUpdater Create(CrossbarSpec spec, TransferMatrixOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return new TransferMatrixUpdater(spec, options ?? new TransferMatrixOptions(), cancellationToken);
    }

    /// <summary>Computes the port matrices after some changes to the unchanged crossbar.</summary>
    /// <param name="changes">Devices, each at most once; all others are as in <see cref="Spec"/>.</param>
    /// <returns>The port matrices.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A cross-point does not exist.</exception>
    /// <exception cref="ArgumentException">A device is changed twice.</exception>
    /// <exception cref="InvalidDesignException">A conductance is negative or not finite.</exception>
    /// <exception cref="TopologyException">The changes leave an open bit line without devices.</exception>
    /// <exception cref="ConvergenceException">A solve did not meet its tolerance.</exception>
    public TransferMatrix Update(IReadOnlyList<DeviceChange> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        Check(changes);
        if (changes.Count == 0) return Unchanged;

        int count = changes.Count, m = Spec.WordLineCount, n = Spec.BitLineCount;
        int[] places = [.. changes.Select(change => PlaceOf(change.WordLine * n + change.BitLine))];
        double[] delta = [.. changes.Select(change => change.ConductanceSiemens - Spec[change.WordLine, change.BitLine])];
        var lu = new DenseLu(count);
        for (int k = 0; k < count; k++)
            for (int l = 0; l < count; l++) lu.Matrix[k * count + l] = (k == l ? 1 : 0) + delta[k] * Drop(places[k], places[l]);
        lu.Factorize();

        double[] fromSources = Gather(places, r => r.SourceVolts, m), toEnds = Gather(places, r => r.Ends, n);
        double[] currents = Currents(lu, delta, fromSources, m);
        bool isOpen = Spec.BitLineEnd == BitLineEnd.Open;
        ReadOnlyMemory<double> ends = Minus(isOpen ? Unchanged.GateResponse : Unchanged.EndAdmittanceSiemens, toEnds, currents, n, m);
        double[] admittance = _options.HasSourceAdmittance
            ? Symmetric(Minus(Unchanged.SourceAdmittanceSiemens, [.. fromSources.Select(d => -d)], currents, m, m), m)
            : [];
        if (isOpen) DenseLaplacian.SetDiagonal(admittance, admittance.Length == 0 ? 0 : m);
        return Unchanged with
        {
            GateResponse = isOpen ? ends : default,
            EndAdmittanceSiemens = isOpen ? default : ends,
            SourceAdmittanceSiemens = admittance,
            GateImpedanceOhms = _options.HasGateImpedance
                ? Symmetric(Minus(Unchanged.GateImpedanceOhms, toEnds, Currents(lu, delta, toEnds, n), n, n), n)
                : default,
        };
    }

    private void Check(IReadOnlyList<DeviceChange> changes)
    {
        double[] g = Spec.ConductanceSiemens.ToArray();
        var seen = new HashSet<int>();
        foreach (DeviceChange change in changes)
        {
            if (change.WordLine < 0 || change.WordLine >= Spec.WordLineCount || change.BitLine < 0 || change.BitLine >= Spec.BitLineCount)
                throw new ArgumentOutOfRangeException(nameof(changes), $"No cross-point {change.WordLine}, {change.BitLine} in {Spec.WordLineCount} x {Spec.BitLineCount}; indices count from 0.");
            int at = change.WordLine * Spec.BitLineCount + change.BitLine;
            if (!seen.Add(at)) throw new ArgumentException($"Device {change.WordLine}, {change.BitLine} is changed twice; state its last conductance only.", nameof(changes));
            g[at] = change.ConductanceSiemens;
        }

        CrossbarErrors.RefuseFloatingBitLines(new CrossbarSpec(
            Spec.WordLineCount, Spec.BitLineCount, g, Spec.WordLineSegmentOhms, Spec.BitLineSegmentOhms,
            Spec.SourceOhms, Spec.TerminalOhms, Spec.BitLineEnd, Spec.Convention));
    }

    private int PlaceOf(int device)
    {
        int place = _responses.FindIndex(r => r.Device == device);
        if (place >= 0) return place;

        int n = Spec.BitLineCount, bitLine = device % n;
        // As many amperes as make about a volt, so that the solver's tolerance is one relative to the answer.
        double amps = Spec[device / n, bitLine];
        for (int i = 0; i < Spec.WordLineCount; i++) amps = Math.Max(amps, Spec[i, bitLine]);
        if (amps == 0) amps = 1 / Math.Max(1, Spec.TerminalOhms + Spec.BitLineSegmentOhms);
        (_wordAmps[device], _bitAmps[device]) = (amps, -amps);
        CrossbarState state = _solver.SolveDrive(
            new CrossbarDrive { SourceVolts = _noVolts, WordNodeAmps = _wordAmps, BitNodeAmps = _bitAmps }, ToleranceVolts, hasNodes: true);
        (_wordAmps[device], _bitAmps[device]) = (0, 0);

        double[] drops = [.. _responses.Select(r => r.Device).Append(device).Select(at => (state.WordDeviationVolts[at] - state.BitVolts[at]) / amps)];
        double[] ends = Spec.BitLineEnd == BitLineEnd.Open ? state.LastVolts : state.EndAmps;
        // By reciprocity: what a device's ampere draws from a source is, negative, what the source's volt makes across the device.
        _responses.Add(new Response(device, drops, [.. state.WordLineAmps.Select(a => -a / amps)], [.. ends.Select(e => e / amps)]));
        return _responses.Count - 1;
    }

    // Drop across one device per ampere through another one; kept with the later of the two.
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

    /// <summary>What one ampere from a device's word line through the source of current to its bit line makes in the unchanged crossbar.</summary>
    /// <param name="Device">Row-major index.</param>
    /// <param name="Drops">Volts across earlier devices and this one, per ampere.</param>
    /// <param name="SourceVolts">Volts across the device per volt of each source.</param>
    /// <param name="Ends">Volts of open ends, or amperes into grounded ones, per ampere.</param>
    private sealed record Response(int Device, double[] Drops, double[] SourceVolts, double[] Ends);
}
