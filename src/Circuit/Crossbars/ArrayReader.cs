using System.Globalization;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Circuit.Crossbars;

/// <summary>Reads single devices of an array, every other device, wire segment and line included.</summary>
/// <remarks>
/// The crossbar of the spec keeps its devices, wires and end resistances; the scheme decides which lines are driven. Grounds at other
/// voltages than zero are solved as deviations from them: the same equations with the current G·e pushed across each device of the line.
/// Not thread-safe: it keeps the solver of the last cell or scheme.
/// </remarks>
public sealed class ArrayReader
{
    private readonly CrossbarSpec _spec;
    private CrossbarSolver? _driven, _floating;
    private (int WordLine, int BitLine) _floatingCell;

    private ArrayReader(CrossbarSpec spec) => _spec = spec;

    /// <summary>Prepares reads of an array.</summary>
    /// <param name="spec">Devices and wires; bit lines end in ground, through their terminal resistance.</param>
    /// <returns>A reader that is ready for any device and scheme.</returns>
    /// <exception cref="InvalidDesignException">The bit lines have open ends, where no current can be read, or lines are broken.</exception>
    public static ArrayReader Create(CrossbarSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var violations = new List<string>();
        if (spec.BitLineEnd != BitLineEnd.Ground) violations.Add("Bit lines have open ends; a read takes current out of an end, so give BitLineEnd.Ground.");
        if (spec.HasOpenLines) violations.Add("Lines are open; which of them float, a read scheme decides.");
        return violations.Count == 0 ? new ArrayReader(spec) : throw new InvalidDesignException("Array reader", violations);
    }

    /// <summary>Reads one device.</summary>
    /// <param name="wordLine">Its word line, index from 0.</param>
    /// <param name="bitLine">Its bit line, index from 0.</param>
    /// <param name="readVolts">Voltage on its word line, volts, finite and not zero.</param>
    /// <param name="scheme">What the other lines are held at.</param>
    /// <returns>Currents of the read.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An index, the voltage or the scheme is out of range.</exception>
    /// <exception cref="TopologyException">A floating line has no device that holds it.</exception>
    /// <exception cref="ConvergenceException">The solver did not meet its tolerance.</exception>
    public CellRead Read(int wordLine, int bitLine, double readVolts, ReadScheme scheme)
    {
        CheckIndex(wordLine, _spec.WordLineCount, nameof(wordLine));
        CheckIndex(bitLine, _spec.BitLineCount, nameof(bitLine));
        if (!double.IsFinite(readVolts) || readVolts == 0)
            throw new ArgumentOutOfRangeException(nameof(readVolts), readVolts, "A read voltage is finite and not zero.");
        (double word, double bit) = Bias(scheme);
        return Solve(scheme == ReadScheme.Floating ? Floating(wordLine, bitLine) : _driven ??= CrossbarSolver.Factorize(_spec), wordLine, bitLine, readVolts, word, bit);
    }

    /// <summary>Bias of the lines that are not selected, over the read voltage; floating lines have none, and sources of 0 V that are not connected.</summary>
    private static (double Word, double Bit) Bias(ReadScheme scheme) => scheme switch
    {
        ReadScheme.Floating or ReadScheme.Grounded => (0, 0),
        ReadScheme.HalfVoltage => (0.5, 0.5),
        ReadScheme.ThirdVoltage => (1.0 / 3, 2.0 / 3),
        _ => throw new ArgumentOutOfRangeException(nameof(scheme), scheme, "There is no such read scheme."),
    };

    private CrossbarSolver Floating(int wordLine, int bitLine)
    {
        if (_floating is not null && _floatingCell == (wordLine, bitLine)) return _floating;

        int m = _spec.WordLineCount, n = _spec.BitLineCount;
        IEnumerable<LineFault> dead = Enumerable.Range(0, m).Where(i => i != wordLine).Select(LineFault.DeadDriver);
        IEnumerable<LineFault> open = Enumerable.Range(0, n).Where(j => j != bitLine).Select(j => LineFault.OpenBitLine(m - 1, j));
        _floatingCell = (wordLine, bitLine);
        return _floating = CrossbarSolver.Factorize(_spec.WithFaults([.. _spec.Faults, .. dead, .. open]));
    }

    private CellRead Solve(CrossbarSolver solver, int wordLine, int bitLine, double readVolts, double wordBias, double bitBias)
    {
        int m = _spec.WordLineCount, n = _spec.BitLineCount;
        double[] sources = new double[m], ends = new double[n], wordPushed = new double[m * n], bitPushed = new double[m * n];
        Array.Fill(sources, wordBias * readVolts);
        Array.Fill(ends, bitBias * readVolts);
        (sources[wordLine], ends[bitLine]) = (readVolts, 0);
        for (int at = 0; at < wordPushed.Length; at++)
        {
            wordPushed[at] = _spec.ConductanceSiemens.Span[at] * ends[at % n];
            bitPushed[at] = -wordPushed[at];
        }

        foreach (LineFault fault in _spec.Faults.Where(f => f.Kind == LineFaultKind.ShortedBitLines))
            Branch.OfShort(fault, n).Push((ends[fault.BitLine] - ends[fault.BitLine + 1]) / -fault.Ohms, wordPushed, bitPushed);
        CrossbarState state = solver.SolveDrive(
            new CrossbarDrive { SourceVolts = sources, WordNodeAmps = wordPushed, BitNodeAmps = bitPushed }, Math.Abs(readVolts) * 1e-12, hasNodes: true);

        double watts = 0;
        for (int i = 0; i < m; i++) watts += sources[i] * state.WordLineAmps[i];
        for (int j = 0; j < n; j++) watts -= ends[j] * state.EndAmps[j];
        int cell = wordLine * n + bitLine;
        var strong = new StrongDevices(solver.Spec);
        return new CellRead
        {
            BitLineAmps = state.EndAmps[bitLine],
            DeviceAmps = strong.Places.Contains(cell)
                ? strong.Amps(cell, state, PhysicalShortAmps(state, ends), [])
                : _spec.ConductanceSiemens.Span[cell] * (readVolts + state.WordDeviationVolts[cell] - state.BitVolts[cell]),
            SourceWatts = watts,
        };
    }

    // The solver's bit lines are deviations from their grounds.
    private double[] PhysicalShortAmps(CrossbarState state, double[] ends)
    {
        LineFault[] shorts = [.. _spec.Faults.Where(fault => !fault.IsOpen)];
        var amps = new double[shorts.Length];
        for (int k = 0; k < amps.Length; k++)
        {
            int j = shorts[k].BitLine;
            double difference = shorts[k].Kind == LineFaultKind.ShortedBitLines ? ends[j] - ends[j + 1] : 0;
            amps[k] = state.ShortAmps[k] + difference / shorts[k].Ohms;
        }

        return amps;
    }

    private static void CheckIndex(int index, int count, string name)
    {
        if (index < 0 || index >= count)
            throw new ArgumentOutOfRangeException(name, index, string.Create(CultureInfo.InvariantCulture, $"The array has {count}, indices 0 to {count - 1}."));
    }
}
