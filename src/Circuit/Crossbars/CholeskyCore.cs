using CircuitSim.Circuit.Linear;

namespace CircuitSim.Circuit.Crossbars;

/// <summary>Crossbar with any wires by a sparse Cholesky factor of its nodal matrix: the same time whatever the resistances.</summary>
/// <remarks>
/// No step of the elimination cancels, so that every response to a current is right to a few roundings, whatever the ratio of conductances.
/// Unknowns are voltages, pushed by the sources alone: each is right to a few roundings of what the sources make in it by themselves. (Deviations
/// from the sources would be pushed by currents through devices, which cancel next to a device that is nearly a short.)
/// </remarks>
internal sealed class CholeskyCore : ICrossbarCore
{
    private readonly int _m, _n;
    private readonly double[] _g;
    private readonly CrossbarBoundary _boundary;
    private readonly LineOpens _opens;
    private readonly LineFault[] _shorts;
    private readonly SparseCholesky _factor;
    private readonly double[] _amps, _volts;

    internal CholeskyCore(CrossbarSpec spec)
    {
        (_m, _n) = (spec.WordLineCount, spec.BitLineCount);
        _g = spec.ConductanceSiemens.ToArray();
        _boundary = CrossbarBoundary.Of(spec);
        _opens = new LineOpens(spec);
        _shorts = [.. spec.Faults.Where(fault => !fault.IsOpen)];
        Graph = new CrossbarGraph(spec, hasOpenEnds: false);
        _factor = SparseCholesky.Factorize(Graph.Conductances, CrossbarDissection.OfLines(Graph, spec), Graph.Name);
        (_amps, _volts) = (new double[Graph.Conductances.NodeCount], new double[Graph.Conductances.NodeCount]);
    }

    public CrossbarMethod Method => CrossbarMethod.Cholesky;

    /// <summary>Nodes and conductances.</summary>
    internal CrossbarGraph Graph { get; }

    public CrossbarState Solve(in CrossbarDrive drive, double toleranceVolts, int mostIterations, bool hasNodes, CrossbarState? spare = null)
    {
        double reference = Reference(drive.SourceVolts);
        Push(drive, reference);
        _factor.Solve(_amps, _volts);
        CrossbarState state = CrossbarState.Of(_m, _n, hasNodes, spare);
        double[] x = hasNodes ? state.WordDeviationVolts : new double[_m * _n];
        double[] b = hasNodes ? state.BitVolts : new double[_m * _n];
        double largest = 0;
        for (int i = 0; i < _m; i++)
            for (int j = 0; j < _n; j++)
            {
                int at = i * _n + j, word = Graph.Word(i, j);
                x[at] = word >= Graph.FirstSource ? 0 : _volts[word] - (drive.SourceVolts[i] - reference);
                b[at] = _volts[Graph.Bit(i, j)] + reference;
                largest = Math.Max(largest, Math.Max(Math.Abs(x[at]), Math.Abs(b[at])));
            }

        // About one rounding a node on its way along two lines, of what cancels in a voltage.
        foreach (double volts in drive.SourceVolts) largest = Math.Max(largest, Math.Abs(volts));
        state.ErrorVolts = Math.ScaleB(_m + _n, -53) * largest;
        if (_shorts.Length > 0) state.ShortAmps = ShortAmps(drive, x, b);
        CrossbarCurrents.Fill(state, _boundary, _opens, _shorts, _n, _g, drive, x, b);
        if (_boundary.EndSiemens > 0) FillEnds(state, drive);
        return state;
    }

    // With ends open, all nodes follow their sources, so that only differences of these matter and equal ones leave no rounding.
    private double Reference(ReadOnlySpan<double> sourceVolts)
    {
        if (_boundary.EndSiemens > 0) return 0;

        double least = double.PositiveInfinity, largest = double.NegativeInfinity;
        foreach (double volts in sourceVolts) (least, largest) = (Math.Min(least, volts), Math.Max(largest, volts));
        return 0.5 * least + 0.5 * largest;
    }

    // What leads into an end, from the voltages themselves: a deviation from a source does not have the digits of a node that is nearly ground.
    private void FillEnds(CrossbarState state, in CrossbarDrive drive)
    {
        for (int i = 0; i < _m; i++) _volts[Graph.FirstSource + i] = drive.SourceVolts[i];
        for (int j = 0; j < _n; j++)
        {
            int end = Graph.FirstEnd + j;
            ReadOnlySpan<int> neighbours = Graph.Conductances.Neighbours(end);
            double amps = 0;
            for (int k = 0; k < neighbours.Length; k++) amps += Graph.Conductances.Siemens(end)[k] * _volts[neighbours[k]];
            for (int i = 0; i < _m && !drive.BitNodeAmps.IsEmpty; i++)
                if (Graph.Bit(i, j) == end) amps += drive.BitNodeAmps[i * _n + j];
            if (!drive.EndAmps.IsEmpty && Graph.Bit(_m - 1, j) == end) amps += drive.EndAmps[j];
            state.EndAmps[j] = amps;
        }
    }

    /// <summary>Voltages that currents make with all sources at 0 V, a node of the graph each.</summary>
    /// <param name="amps">Amperes pushed into each node; of nodes of known voltage they are not read.</param>
    /// <param name="volts">Receives volts.</param>
    internal void Respond(ReadOnlySpan<double> amps, Span<double> volts) => _factor.Solve(amps, volts);

    private double[] ShortAmps(in CrossbarDrive drive, double[] x, double[] b)
    {
        var amps = new double[_shorts.Length];
        for (int k = 0; k < amps.Length; k++)
        {
            Branch branch = Branch.OfShort(_shorts[k], _n);
            // Neighbouring deviations first, so that the digits of equal sources do not count.
            amps[k] = (branch.FromWord
                ? x[branch.From] - x[branch.To] + (drive.SourceVolts[branch.From / _n] - drive.SourceVolts[branch.To / _n])
                : b[branch.From] - b[branch.To]) / _shorts[k].Ohms;
        }

        return amps;
    }

    private void Push(in CrossbarDrive drive, double reference)
    {
        Array.Clear(_amps);
        for (int at = 0; at < drive.WordNodeAmps.Length; at++) _amps[Graph.Word(at / _n, at % _n)] += drive.WordNodeAmps[at];
        for (int at = 0; at < drive.BitNodeAmps.Length; at++) _amps[Graph.Bit(at / _n, at % _n)] += drive.BitNodeAmps[at];
        for (int j = 0; j < drive.EndAmps.Length; j++) _amps[Graph.Bit(_m - 1, j)] += drive.EndAmps[j];
        Graph.PushSources(drive.SourceVolts, reference, _amps);
    }
}
