using System.Numerics;
using System.Runtime.CompilerServices;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Linear;

namespace CircuitSim.Circuit.Crossbars;

/// <summary>Exact derivatives of port quantities of a crossbar to all its devices and wires, for two solves.</summary>
/// <remarks>
/// For L = Σ e·(end volts or amps) + Σ q·(source amps), Tellegen's theorem (Director and Rohrer, IEEE Trans. Circuit Theory 16,
/// 1969) gives dL/dG = −Δλ·Δu, with the drops across the device in the circuit (u) and in the adjoint circuit (λ): the same
/// crossbar with sources at −q and with e as currents pushed into open ends, or as volts at the grounds. A wire's resistance
/// gives dL/dR = +i_λ·i_u, and the source voltages minus the adjoint source currents. Wire currents are summed from device currents,
/// so that ideal wires have derivatives too. Not thread-safe: use one a thread.
/// </remarks>
public sealed class CrossbarAdjoint
{
    // Both solves are scaled to about a volt.
    private const double ToleranceVolts = 1e-14;

    private readonly CrossbarSpec _spec;
    private readonly CrossbarSolver _solver;
    private readonly double[] _lineSiemens;
    private readonly double[] _sources, _ends, _wordPushed, _bitPushed;
    private readonly double[] _amps, _adjointAmps, _bitAmps, _adjointBitAmps;
    private readonly LineFault[] _shorts;
    private readonly StrongDevices _strong;

    // Memory of the last two solves, for the next two.
    private CrossbarState? _forward, _adjoint;

    // What a short takes out of its lines' cross-points, in both circuits; empty without shorts.
    private readonly double[] _wordShortAmps = [], _adjointWordShortAmps = [], _bitShortAmps = [], _adjointBitShortAmps = [];

    private CrossbarAdjoint(CrossbarSpec spec, CrossbarSolver solver)
    {
        (_spec, _solver) = (spec, solver);
        int m = spec.WordLineCount, n = spec.BitLineCount;
        _lineSiemens = new double[n];
        for (int i = 0; i < m; i++)
            for (int j = 0; j < n; j++) _lineSiemens[j] += spec[i, j];
        (_sources, _ends) = (new double[m], new double[n]);
        bool hasGround = spec.BitLineEnd == BitLineEnd.Ground;
        (_wordPushed, _bitPushed) = hasGround ? (new double[m * n], new double[m * n]) : ([], []);
        (_amps, _adjointAmps) = (new double[m * n], new double[m * n]);
        (_bitAmps, _adjointBitAmps) = (new double[n], new double[n]);
        _shorts = [.. spec.Faults.Where(fault => !fault.IsOpen)];
        _strong = new StrongDevices(spec);
        if (_shorts.Length == 0) return;
        (_wordShortAmps, _adjointWordShortAmps) = (new double[m * n], new double[m * n]);
        (_bitShortAmps, _adjointBitShortAmps) = (new double[m * n], new double[m * n]);
    }

    /// <summary>Factorises a crossbar for derivatives.</summary>
    /// <param name="spec">The crossbar.</param>
    /// <returns>An engine that is ready for any sources and weights.</returns>
    /// <exception cref="TopologyException">A bit line with an open end has no device, so that it floats.</exception>
    public static CrossbarAdjoint Create(CrossbarSpec spec) => new(spec, CrossbarSolver.Factorize(spec));

    /// <summary>Derivatives of L = Σ e·(end volts if open, end amps if grounded) + Σ q·(source amps).</summary>
    /// <param name="sourceVolts">Source of each word line, volts, length m.</param>
    /// <param name="endWeights">e, L per volt for open ends or per ampere for grounded ones, length n.</param>
    /// <param name="sourceAmpWeights">q, L per ampere out of each source, length m; empty means zeros.</param>
    /// <param name="perSourceVolt">Receives dL/dV of each source, L per volt, length m; may be empty.</param>
    /// <returns>Derivatives to devices and wires.</returns>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    /// <exception cref="ConvergenceException">A solve did not meet its tolerance.</exception>
    public CrossbarGradient Gradient(
        ReadOnlySpan<double> sourceVolts, ReadOnlySpan<double> endWeights, ReadOnlySpan<double> sourceAmpWeights, Span<double> perSourceVolt)
    {
        CheckLength(sourceVolts.Length, _spec.WordLineCount, nameof(sourceVolts));
        CheckLength(endWeights.Length, _spec.BitLineCount, nameof(endWeights));
        if (!sourceAmpWeights.IsEmpty) CheckLength(sourceAmpWeights.Length, _spec.WordLineCount, nameof(sourceAmpWeights));
        if (!perSourceVolt.IsEmpty) CheckLength(perSourceVolt.Length, _spec.WordLineCount, nameof(perSourceVolt));

        var sum = new CrossbarGradientSum(_amps.Length);
        Accumulate(sourceVolts, endWeights, sourceAmpWeights, perSourceVolt, sum);
        return sum.ToGradient();
    }

    /// <summary>Adds the derivatives for one set of sources and weights.</summary>
    internal void Accumulate(
        ReadOnlySpan<double> sourceVolts, ReadOnlySpan<double> endWeights, ReadOnlySpan<double> sourceAmpWeights, Span<double> perSourceVolt,
        CrossbarGradientSum sum)
    {
        double scale = AdjointScale(endWeights, sourceAmpWeights);
        if (scale == 0)
        {
            perSourceVolt.Clear();
            return;
        }

        if (_spec.HasIdealWires && _spec.SourceOhms == 0 && _spec.BitLineEnd == BitLineEnd.Open && _spec.Faults.Count == 0)
        {
            AccumulateIdeal(sourceVolts, endWeights, sourceAmpWeights, perSourceVolt, sum);
            return;
        }

        CrossbarState forward = _solver.SolveDrive(new CrossbarDrive { SourceVolts = sourceVolts }, ToleranceVolts, hasNodes: true, _forward);
        CrossbarState adjoint = SolveAdjoint(endWeights, sourceAmpWeights, 1 / scale);
        (_forward, _adjoint) = (forward, adjoint);
        double[] before = [.. _strong.Places.Select(at => sum.PerSiemens[at])];
        AddDevices(sourceVolts, endWeights, forward, adjoint, scale, sum);
        AddStrongDevices(before, endWeights, forward, adjoint, scale, sum);
        SetShorts(endWeights, forward, adjoint, scale);
        AddWires(scale, sum);
        for (int i = 0; i < perSourceVolt.Length; i++) perSourceVolt[i] = -scale * adjoint.WordLineAmps[i];
    }

    // Every line is one node: word lines stand at their sources in both circuits, bit lines at weighted means.
    private void AccumulateIdeal(
        ReadOnlySpan<double> sourceVolts, ReadOnlySpan<double> endWeights, ReadOnlySpan<double> sourceAmpWeights, Span<double> perSourceVolt,
        CrossbarGradientSum sum)
    {
        int m = _spec.WordLineCount, n = _spec.BitLineCount;
        ReadOnlySpan<double> g = _spec.ConductanceSiemens.Span;
        Span<double> gate = _bitAmps, adjointGate = _ends;
        gate.Clear();
        endWeights.CopyTo(adjointGate);
        for (int i = 0; i < m; i++)
        {
            _sources[i] = sourceAmpWeights.IsEmpty ? 0 : -sourceAmpWeights[i];
            DenseKernels.AddScaled(sourceVolts[i], g.Slice(i * n, n), gate);
            DenseKernels.AddScaled(_sources[i], g.Slice(i * n, n), adjointGate);
        }

        for (int j = 0; j < n; j++)
        {
            gate[j] /= _lineSiemens[j];
            adjointGate[j] /= _lineSiemens[j];
        }

        for (int i = 0; i < m; i++)
            AddIdealRow(i, sourceVolts[i], g.Slice(i * n, n), gate, adjointGate, sum.PerSiemens.AsSpan(i * n, n));
        for (int i = 0; i < perSourceVolt.Length; i++) perSourceVolt[i] = -DenseKernels.Sum(_adjointAmps.AsSpan(i * n, n));
        AddWires(1, sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddIdealRow(
        int wordLine, double volts, ReadOnlySpan<double> g, ReadOnlySpan<double> gate, ReadOnlySpan<double> adjointGate, Span<double> perSiemens)
    {
        int n = g.Length;
        double adjointVolts = _sources[wordLine];
        Span<double> amps = _amps.AsSpan(wordLine * n, n), adjointAmps = _adjointAmps.AsSpan(wordLine * n, n);
        for (int j = 0; j < n; j++)
        {
            double drop = volts - gate[j], adjointDrop = adjointVolts - adjointGate[j];
            perSiemens[j] -= adjointDrop * drop;
            amps[j] = g[j] * drop;
            adjointAmps[j] = g[j] * adjointDrop;
        }
    }

    // Largest voltage that a weight makes by itself in the adjoint circuit.
    private double AdjointScale(ReadOnlySpan<double> endWeights, ReadOnlySpan<double> sourceAmpWeights)
    {
        double largest = 0;
        foreach (double weight in sourceAmpWeights) largest = Math.Max(largest, Math.Abs(weight));
        for (int j = 0; j < endWeights.Length; j++)
            largest = Math.Max(largest, Math.Abs(_spec.BitLineEnd == BitLineEnd.Open ? endWeights[j] / _lineSiemens[j] : endWeights[j]));
        return largest;
    }

    private CrossbarState SolveAdjoint(ReadOnlySpan<double> endWeights, ReadOnlySpan<double> sourceAmpWeights, double factor)
    {
        int n = _spec.BitLineCount;
        for (int i = 0; i < _sources.Length; i++) _sources[i] = sourceAmpWeights.IsEmpty ? 0 : -factor * sourceAmpWeights[i];
        if (_spec.BitLineEnd == BitLineEnd.Open)
        {
            for (int j = 0; j < n; j++) _ends[j] = factor * endWeights[j];
            return _solver.SolveDrive(new CrossbarDrive { SourceVolts = _sources, EndAmps = _ends }, ToleranceVolts, hasNodes: true, _adjoint);
        }

        // Grounds at e volts: the bit lines' deviations from e obey the same equations with these currents pushed across each device.
        for (int at = 0; at < _wordPushed.Length; at++)
        {
            _wordPushed[at] = _spec.ConductanceSiemens.Span[at] * factor * endWeights[at % n];
            _bitPushed[at] = -_wordPushed[at];
        }

        // Likewise along shorts between bit lines whose ends stand at different volts.
        foreach (LineFault fault in _shorts)
            Branch.OfShort(fault, n).Push(-factor * EndDifference(fault, endWeights) / fault.Ohms, _wordPushed, _bitPushed);

        return _solver.SolveDrive(
            new CrossbarDrive { SourceVolts = _sources, WordNodeAmps = _wordPushed, BitNodeAmps = _bitPushed }, ToleranceVolts, hasNodes: true, _adjoint);
    }

    private static double EndDifference(LineFault fault, ReadOnlySpan<double> endWeights) =>
        fault.Kind == LineFaultKind.ShortedBitLines ? endWeights[fault.BitLine] - endWeights[fault.BitLine + 1] : 0;

    private void SetShorts(ReadOnlySpan<double> endWeights, CrossbarState forward, CrossbarState adjoint, double scale)
    {
        Array.Clear(_wordShortAmps);
        Array.Clear(_adjointWordShortAmps);
        Array.Clear(_bitShortAmps);
        Array.Clear(_adjointBitShortAmps);
        for (int k = 0; k < _shorts.Length; k++)
        {
            Branch branch = Branch.OfShort(_shorts[k], _spec.BitLineCount);
            branch.Push(forward.ShortAmps[k], _wordShortAmps, _bitShortAmps);
            branch.Push(adjoint.ShortAmps[k] + AdjointEndAmps(k, endWeights, scale), _adjointWordShortAmps, _adjointBitShortAmps);
        }
    }

    // dL/dG = −Δλ·Δu, and the device currents of both circuits.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddDevices(
        ReadOnlySpan<double> sourceVolts, ReadOnlySpan<double> endWeights, CrossbarState forward, CrossbarState adjoint, double scale, CrossbarGradientSum sum)
    {
        int n = _spec.BitLineCount;
        // Grounded ends of the adjoint stand at their weights, from which its voltages are deviations.
        Span<double> ends = _ends;
        if (_spec.BitLineEnd == BitLineEnd.Open) ends.Clear();
        else
            for (int j = 0; j < n; j++) ends[j] = endWeights[j] / scale;
        for (int i = 0; i < _spec.WordLineCount; i++)
        {
            var row = new Range(i * n, (i + 1) * n);
            AddRow(
                sourceVolts[i], forward.BitVolts.AsSpan(row), forward.WordDeviationVolts.AsSpan(row),
                _sources[i], adjoint.BitVolts.AsSpan(row), adjoint.WordDeviationVolts.AsSpan(row), ends,
                _spec.ConductanceSiemens.Span[row], scale, sum.PerSiemens.AsSpan(row), _amps.AsSpan(row), _adjointAmps.AsSpan(row));
        }
    }

    // The same for devices whose drops are rounding: their currents, and from them their drops.
    private void AddStrongDevices(
        double[] before, ReadOnlySpan<double> endWeights, CrossbarState forward, CrossbarState adjoint, double scale, CrossbarGradientSum sum)
    {
        if (before.Length == 0) return;
        double[] shortAmps = new double[_shorts.Length], pushed = [];
        for (int k = 0; k < shortAmps.Length; k++) shortAmps[k] = adjoint.ShortAmps[k] + AdjointEndAmps(k, endWeights, scale);
        if (_spec.BitLineEnd == BitLineEnd.Open) pushed = Array.ConvertAll(endWeights.ToArray(), weight => weight / scale);
        for (int k = 0; k < before.Length; k++)
        {
            int at = _strong.Places[k];
            double siemens = _spec.ConductanceSiemens.Span[at];
            (_amps[at], _adjointAmps[at]) = (_strong.Amps(at, forward, forward.ShortAmps, []), _strong.Amps(at, adjoint, shortAmps, pushed));
            sum.PerSiemens[at] = before[k] - scale * (_adjointAmps[at] / siemens) * (_amps[at] / siemens);
        }
    }

    // The adjoint's bit lines are deviations from their ends: what flows through a short because the ends differ.
    private double AdjointEndAmps(int k, ReadOnlySpan<double> endWeights, double scale) =>
        _spec.BitLineEnd == BitLineEnd.Ground ? EndDifference(_shorts[k], endWeights) / scale / _shorts[k].Ohms : 0;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddRow(
        double source, ReadOnlySpan<double> bit, ReadOnlySpan<double> word, double adjointSource, ReadOnlySpan<double> adjointBit,
        ReadOnlySpan<double> adjointWord, ReadOnlySpan<double> ends, ReadOnlySpan<double> g, double scale, Span<double> perSiemens, Span<double> amps, Span<double> adjointAmps)
    {
        int j = 0;
        for (; j <= g.Length - Vector<double>.Count; j += Vector<double>.Count)
        {
            Vector<double> drop = new Vector<double>(source) - new Vector<double>(bit[j..]) + new Vector<double>(word[j..]);
            Vector<double> adjointDrop = new Vector<double>(adjointSource) - new Vector<double>(adjointBit[j..]) + new Vector<double>(adjointWord[j..]) - new Vector<double>(ends[j..]);
            Vector<double> siemens = new(g[j..]);
            (new Vector<double>(perSiemens[j..]) - scale * adjointDrop * drop).CopyTo(perSiemens[j..]);
            (siemens * drop).CopyTo(amps[j..]);
            (siemens * adjointDrop).CopyTo(adjointAmps[j..]);
        }

        for (; j < g.Length; j++)
        {
            double drop = source - bit[j] + word[j];
            double adjointDrop = adjointSource - adjointBit[j] + adjointWord[j] - ends[j];
            perSiemens[j] -= scale * adjointDrop * drop;
            (amps[j], adjointAmps[j]) = (g[j] * drop, g[j] * adjointDrop);
        }
    }

    // dL/dR = i_λ·i_u for every segment, with currents summed from the open far end of each line.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddWires(double scale, CrossbarGradientSum sum)
    {
        int m = _spec.WordLineCount, n = _spec.BitLineCount;
        bool hasOuter = _spec.Convention == WireConvention.C1;
        DenseKernels.AddScaled(1, _wordShortAmps, _amps);
        DenseKernels.AddScaled(1, _adjointWordShortAmps, _adjointAmps);
        double perWordLineSegment = 0, perSource = 0;
        for (int i = 0; i < m; i++)
        {
            ReadOnlySpan<double> row = _amps.AsSpan(i * n, n), adjointRow = _adjointAmps.AsSpan(i * n, n);
            double amps = 0, adjointAmps = 0, product = 0;
            for (int j = row.Length - 1; j > 0; j--)
            {
                amps += row[j];
                adjointAmps += adjointRow[j];
                product += amps * adjointAmps;
            }

            amps += row[0];
            adjointAmps += adjointRow[0];
            perSource += amps * adjointAmps;
            double line = product + (hasOuter ? amps * adjointAmps : 0);
            perWordLineSegment += line;
            if (sum.PerWordLineOhm.Length > 0) sum.PerWordLineOhm[i] += scale * line;
        }

        sum.PerWordLineSegmentOhm += scale * perWordLineSegment;
        sum.PerSourceOhm += scale * perSource;

        // A word line loses what flows into devices and shorts; a bit line gains the one and loses the other.
        DenseKernels.AddScaled(-1, _wordShortAmps, _amps);
        DenseKernels.AddScaled(-1, _adjointWordShortAmps, _adjointAmps);
        DenseKernels.AddScaled(-1, _bitShortAmps, _amps);
        DenseKernels.AddScaled(-1, _adjointBitShortAmps, _adjointAmps);
        Array.Clear(_bitAmps);
        Array.Clear(_adjointBitAmps);
        double perBitLineSegment = 0;
        for (int i = 0; i < m; i++)
        {
            double products = AddToLines(_amps.AsSpan(i * n, n), _adjointAmps.AsSpan(i * n, n), _bitAmps, _adjointBitAmps);
            // An open end carries nothing, so that its last segment has no effect.
            if (i == m - 1 && !(hasOuter && _spec.BitLineEnd == BitLineEnd.Ground)) break;
            perBitLineSegment += products;
            for (int j = 0; j < sum.PerBitLineOhm.Length; j++) sum.PerBitLineOhm[j] += scale * _bitAmps[j] * _adjointBitAmps[j];
        }

        sum.PerBitLineSegmentOhm += scale * perBitLineSegment;
        if (_spec.BitLineEnd == BitLineEnd.Open) return;
        for (int j = 0; j < n; j++) sum.PerTerminalOhm += scale * _bitAmps[j] * _adjointBitAmps[j];
    }

    // Adds the currents of one row to those of the bit lines; returns the sum of products of both circuits' lines.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double AddToLines(ReadOnlySpan<double> amps, ReadOnlySpan<double> adjointAmps, Span<double> lineAmps, Span<double> adjointLineAmps)
    {
        int j = 0;
        Vector<double> products = Vector<double>.Zero;
        for (; j <= amps.Length - Vector<double>.Count; j += Vector<double>.Count)
        {
            Vector<double> line = new Vector<double>(lineAmps[j..]) + new Vector<double>(amps[j..]);
            Vector<double> adjointLine = new Vector<double>(adjointLineAmps[j..]) + new Vector<double>(adjointAmps[j..]);
            line.CopyTo(lineAmps[j..]);
            adjointLine.CopyTo(adjointLineAmps[j..]);
            products += line * adjointLine;
        }

        double sum = Vector.Sum(products);
        for (; j < amps.Length; j++)
        {
            lineAmps[j] += amps[j];
            adjointLineAmps[j] += adjointAmps[j];
            sum += lineAmps[j] * adjointLineAmps[j];
        }

        return sum;
    }

    private static void CheckLength(int length, int expected, string name)
    {
        if (length != expected) throw new ArgumentException($"{length} numbers; {expected} are needed.", name);
    }
}
