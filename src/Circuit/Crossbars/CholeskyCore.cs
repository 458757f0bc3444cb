using CircuitSim.Circuit.Linear;

namespace CircuitSim.Circuit.Crossbars;

/// <summary>Crossbar with any wires by a sparse Cholesky factor of its nodal matrix: the same time whatever the resistances.</summary>
/// <remarks>Unknowns are deviations from each word line's source, and bit-line voltages, as in the other cores.</remarks>
internal sealed class CholeskyCore : ICrossbarCore
{
    private readonly int _m, _n;
    private readonly double[] _g;
    private readonly CrossbarBoundary _boundary;
    private readonly CrossbarGraph _graph;
    private readonly SparseCholesky _factor;
    private readonly double[] _amps, _volts;

    internal CholeskyCore(CrossbarSpec spec)
    {
        (_m, _n) = (spec.WordLineCount, spec.BitLineCount);
        _g = spec.ConductanceSiemens.ToArray();
        _boundary = CrossbarBoundary.Of(spec);
        _graph = new CrossbarGraph(spec, hasOpenEnds: false);
        _factor = SparseCholesky.Factorize(_graph.Conductances, CrossbarDissection.OfLines(_graph, spec), _graph.Name);
        (_amps, _volts) = (new double[_graph.Conductances.NodeCount], new double[_graph.Conductances.NodeCount]);
    }

    public CrossbarMethod Method => CrossbarMethod.Cholesky;

    public CrossbarState Solve(in CrossbarDrive drive, double toleranceVolts, int mostIterations, bool hasNodes, CrossbarState? spare = null)
    {
        Push(drive);
        _factor.Solve(_amps, _volts);
        CrossbarState state = CrossbarState.Of(_m, _n, hasNodes, spare);
        double[] x = hasNodes ? state.WordDeviationVolts : new double[_m * _n];
        double[] b = hasNodes ? state.BitVolts : new double[_m * _n];
        double largest = 0;
        for (int i = 0; i < _m; i++)
            for (int j = 0; j < _n; j++)
            {
                int at = i * _n + j;
                (x[at], b[at]) = (_volts[_graph.Word(i, j)], _volts[_graph.Bit(i, j)]);
                largest = Math.Max(largest, Math.Max(Math.Abs(x[at]), Math.Abs(b[at])));
            }

        // No step of the elimination cancels, so a voltage carries about one rounding a node on its way along two lines.
        state.ErrorVolts = Math.ScaleB(_m + _n, -53) * largest;
        CrossbarCurrents.Fill(state, _boundary, _n, _g, drive, x, b);
        return state;
    }

    private void Push(in CrossbarDrive drive)
    {
        Array.Clear(_amps);
        for (int i = 0; i < _m; i++)
            for (int j = 0; j < _n; j++)
            {
                int at = i * _n + j;
                double amps = _g[at] * drive.SourceVolts[i];
                _amps[_graph.Word(i, j)] += drive.WordNodeAmps.IsEmpty ? -amps : drive.WordNodeAmps[at] - amps;
                _amps[_graph.Bit(i, j)] += drive.BitNodeAmps.IsEmpty ? amps : drive.BitNodeAmps[at] + amps;
            }

        for (int j = 0; j < drive.EndAmps.Length; j++) _amps[_graph.Bit(_m - 1, j)] += drive.EndAmps[j];
    }
}
