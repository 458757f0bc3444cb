namespace CircuitSim.Circuit.Crossbars;

/// <summary>Devices that conduct more than the wires beside them: their volts are mostly rounding, so that wires tell their currents.</summary>
/// <remarks>
/// An error in volts counts with the conductance that it is multiplied with. By Kirchhoff's current law a device carries what the wires at its
/// word-line node bring, or those at its bit-line node take away; of the three the one of least conductance is the best witness.
/// </remarks>
internal sealed class StrongDevices
{
    private readonly int _m, _n;
    private readonly double[] _g;
    private readonly CrossbarBoundary _boundary;
    private readonly LineOpens _opens;
    private readonly LineFault[] _shorts;

    internal StrongDevices(CrossbarSpec spec)
    {
        (_m, _n) = (spec.WordLineCount, spec.BitLineCount);
        _g = spec.ConductanceSiemens.ToArray();
        _boundary = CrossbarBoundary.Of(spec);
        _opens = new LineOpens(spec);
        _shorts = [.. spec.Faults.Where(fault => !fault.IsOpen)];
        var places = new List<int>();
        for (int at = 0; at < _g.Length; at++)
            if (_g[at] > Math.Min(WordSiemens(at), BitSiemens(at))) places.Add(at);
        Places = places;
    }

    /// <summary>Their cross-points, row-major.</summary>
    internal IReadOnlyList<int> Places { get; }

    /// <summary>Current of one of them from word line to bit line.</summary>
    /// <param name="at">Cross-point.</param>
    /// <param name="state">Solved nodes; where grounds stand at other volts, deviations from these.</param>
    /// <param name="shortAmps">Currents through shorts, in the order of the faults.</param>
    /// <param name="endAmps">Currents pushed into the last cross-point of each bit line; empty for none.</param>
    internal double Amps(int at, CrossbarState state, ReadOnlySpan<double> shortAmps, ReadOnlySpan<double> endAmps)
    {
        bool isFromWord = WordSiemens(at) <= BitSiemens(at);
        double amps = isFromWord ? WordAmps(at, state.WordDeviationVolts) : BitAmps(at, state.BitVolts);
        if (!isFromWord && at / _n == _m - 1 && !endAmps.IsEmpty) amps -= endAmps[at % _n];
        for (int k = 0; k < _shorts.Length; k++)
        {
            Branch branch = Branch.OfShort(_shorts[k], _n);
            if (branch.FromWord != isFromWord) continue;
            double taken = branch.From == at ? shortAmps[k] : branch.To == at ? -shortAmps[k] : 0;
            amps += isFromWord ? -taken : taken;
        }

        return amps;
    }

    // Wires at the two sides of a cross-point; a merged node's current is in no wire.
    private (double Before, double After) WordWires(int at)
    {
        (int i, int j) = (at / _n, at % _n);
        return (_opens.Word(i, j) ? 0 : j == 0 ? _boundary.FeedSiemens : _boundary.WordSegmentSiemens,
            j == _n - 1 || _opens.Word(i, j + 1) ? 0 : _boundary.WordSegmentSiemens);
    }

    private (double Before, double After) BitWires(int at)
    {
        (int i, int j) = (at / _n, at % _n);
        return (i == 0 || _opens.Bit(i - 1, j) ? 0 : _boundary.BitSegmentSiemens,
            _opens.Bit(i, j) ? 0 : i == _m - 1 ? _boundary.EndSiemens : _boundary.BitSegmentSiemens);
    }

    private double WordSiemens(int at) => WordWires(at).Before + WordWires(at).After;

    private double BitSiemens(int at) => BitWires(at).Before + BitWires(at).After;

    private double WordAmps(int at, double[] x)
    {
        (double before, double after) = WordWires(at);
        double amps = before * ((at % _n == 0 ? 0 : x[at - 1]) - x[at]);
        return after > 0 ? amps + after * (x[at + 1] - x[at]) : amps;
    }

    private double BitAmps(int at, double[] b)
    {
        (double before, double after) = BitWires(at);
        double amps = after * (b[at] - (at / _n == _m - 1 ? 0 : b[at + _n]));
        return before > 0 ? amps + before * (b[at] - b[at - _n]) : amps;
    }
}
