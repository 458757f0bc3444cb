using System.Runtime.CompilerServices;

namespace CircuitSim.Circuit.Crossbars;

/// <summary>Crossbar with ideal wires on at least one side: conjugate gradients on the lines that are one node each.</summary>
/// <remarks>
/// "Nodes" are the lines without wire resistance, "lines" the crossing ones, which may have wires or be one node as well and
/// are eliminated exactly. Nodes merged with a source or with ground leave nothing to iterate on. Unknowns are deviations
/// from the source (word lines) or from ground (bit lines).
/// </remarks>
internal sealed class NodeCore : ICrossbarCore
{
    private readonly int _m, _n, _nodes, _lines, _feedPosition;
    private readonly bool _wordLinesAreNodes;
    private readonly CrossbarBoundary _boundary;
    private readonly double[] _spec;
    private readonly double[] _g;
    private readonly double _nodeSiemens, _lineFeedSiemens, _wireSiemens;
    private readonly double[] _inverse, _diagonal;
    private readonly double[] _x, _r, _z, _p, _s, _q, _line, _nodeBase, _lineBase;
    private readonly RitzValues _ritz = new();

    internal NodeCore(CrossbarSpec spec)
    {
        (_m, _n) = (spec.WordLineCount, spec.BitLineCount);
        _boundary = CrossbarBoundary.Of(spec);
        _spec = spec.ConductanceSiemens.ToArray();
        _wordLinesAreNodes = double.IsPositiveInfinity(_boundary.WordSegmentSiemens);
        (_nodes, _lines) = _wordLinesAreNodes ? (_m, _n) : (_n, _m);
        _feedPosition = _wordLinesAreNodes ? _nodes - 1 : 0;
        (_nodeSiemens, _lineFeedSiemens, _wireSiemens) = _wordLinesAreNodes
            ? (_boundary.FeedSiemens, _boundary.EndSiemens, _boundary.BitSegmentSiemens)
            : (_boundary.EndSiemens, _boundary.FeedSiemens, _boundary.WordSegmentSiemens);
        _g = LineMajorConductance();
        _inverse = new double[_lines * _nodes];
        _diagonal = new double[_nodes];
        (_x, _r, _z, _p, _s, _q, _line) = (New(), New(), New(), New(), New(), New(), New());
        _nodeBase = New();
        _lineBase = new double[_lines];
        Factorize();

        double[] New() => new double[_nodes];
    }

    public CrossbarMethod Method => HasFreeNodes ? CrossbarMethod.NodeConjugateGradients : CrossbarMethod.Direct;

    private bool HasFreeNodes => !double.IsPositiveInfinity(_nodeSiemens);

    private bool IsLineOneNode => double.IsPositiveInfinity(_wireSiemens);

    public CrossbarState Solve(in CrossbarDrive drive, double toleranceVolts, int mostIterations, bool hasNodes, CrossbarState? spare = null)
    {
        Array.Clear(_x);
        drive.SourceVolts.CopyTo(_wordLinesAreNodes ? _nodeBase : _lineBase);
        (int iterations, double error) = HasFreeNodes ? Iterate(drive, toleranceVolts, mostIterations) : (0, 0);
        return Collect(drive, hasNodes, iterations, error);
    }

    private (int Iterations, double ErrorVolts) Iterate(in CrossbarDrive drive, double toleranceVolts, int mostIterations)
    {
        StartResidual(drive);
        _ritz.Clear();
        Array.Clear(_p);
        Array.Clear(_s);
        double lastGamma = 0, lastAlpha = 0;
        for (int k = 0; ; k++)
        {
            double gamma = 0, delta = 0, largest = 0;
            for (int a = 0; a < _nodes; a++)
            {
                _z[a] = _r[a] / _diagonal[a];
                gamma += _z[a] * _r[a];
                largest = Math.Max(largest, Math.Abs(_z[a]));
            }

            if (gamma == 0) return (k, 0);
            Multiply(_z, _q);
            for (int a = 0; a < _nodes; a++) delta += _z[a] * _q[a];
            double beta = k == 0 ? 0 : gamma / lastGamma;
            double alpha = gamma / (k == 0 ? delta : delta - beta * gamma / lastAlpha);
            _ritz.Add(alpha, beta);
            double error = largest / _ritz.Smallest();
            if (error <= toleranceVolts) return (k, error);
            if (k >= mostIterations || !double.IsFinite(error)) throw NotConverged(k, error);

            for (int a = 0; a < _nodes; a++)
            {
                _p[a] = _z[a] + beta * _p[a];
                _s[a] = _q[a] + beta * _s[a];
                _x[a] += alpha * _p[a];
                _r[a] -= alpha * _s[a];
            }

            (lastGamma, lastAlpha) = (gamma, alpha);
        }
    }

    private Errors.ConvergenceException NotConverged(int iterations, double error)
    {
        int worst = 0;
        for (int a = 1; a < _nodes; a++)
            if (Math.Abs(_z[a]) > Math.Abs(_z[worst])) worst = a;
        return _wordLinesAreNodes
            ? CrossbarErrors.NotConverged(iterations, error, worst, 0, _x[worst])
            : CrossbarErrors.NotConverged(iterations, error, 0, worst, _x[worst]);
    }

    private double[] LineMajorConductance()
    {
        if (!_wordLinesAreNodes) return _spec;

        var transposed = new double[_spec.Length];
        for (int i = 0; i < _m; i++)
            for (int j = 0; j < _n; j++) transposed[j * _m + i] = _spec[i * _n + j];
        return transposed;
    }

    private void Factorize()
    {
        for (int a = 0; a < _nodes; a++) _diagonal[a] = _nodeSiemens;
        for (int c = 0; c < _lines; c++)
        {
            double excess = 0;
            for (int a = 0; a < _nodes; a++)
            {
                int at = c * _nodes + a;
                double carried = a == 0 ? 0
                    : IsLineOneNode || double.IsPositiveInfinity(excess) ? Math.Min(excess, _wireSiemens)
                    : _wireSiemens * (excess / (_wireSiemens + excess));
                excess = carried + _g[at] + (a == _feedPosition ? _lineFeedSiemens : 0);
                _inverse[at] = 1 / (a == _nodes - 1 ? excess : _wireSiemens + excess);
                _diagonal[a] += _g[at];
            }
        }
    }

    /// <summary>Solves one line for the currents in <see cref="_line"/>, in place: pushed amperes in, deviations in volts out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SolveLine(int c)
    {
        int first = c * _nodes, last = _nodes - 1;
        if (IsLineOneNode)
        {
            double sum = 0;
            for (int a = 0; a <= last; a++) sum += _line[a];
            Array.Fill(_line, sum * _inverse[first + last]);
            return;
        }

        for (int a = 1; a <= last; a++) _line[a] += _wireSiemens * _inverse[first + a - 1] * _line[a - 1];
        _line[last] *= _inverse[first + last];
        for (int a = last - 1; a >= 0; a--) _line[a] = _inverse[first + a] * (_line[a] + _wireSiemens * _line[a + 1]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SolveDrivenLine(int c, in CrossbarDrive drive)
    {
        ReadOnlySpan<double> injected = _wordLinesAreNodes ? drive.BitNodeAmps : drive.WordNodeAmps;
        for (int a = 0; a < _nodes; a++)
        {
            _line[a] = _g[c * _nodes + a] * (_nodeBase[a] + _x[a] - _lineBase[c]);
            if (!injected.IsEmpty) _line[a] += injected[CrossPoint(c, a)];
        }

        if (_wordLinesAreNodes && !drive.EndAmps.IsEmpty) _line[_feedPosition] += drive.EndAmps[c];
        SolveLine(c);
    }

    private int CrossPoint(int line, int node) => _wordLinesAreNodes ? node * _n + line : line * _n + node;

    private void StartResidual(in CrossbarDrive drive)
    {
        ReadOnlySpan<double> injected = _wordLinesAreNodes ? drive.WordNodeAmps : drive.BitNodeAmps;
        Array.Clear(_r);
        if (!_wordLinesAreNodes && !drive.EndAmps.IsEmpty) drive.EndAmps.CopyTo(_r);
        for (int c = 0; c < _lines; c++)
        {
            SolveDrivenLine(c, drive);
            for (int a = 0; a < _nodes; a++)
            {
                _r[a] += _g[c * _nodes + a] * (_line[a] + _lineBase[c] - _nodeBase[a]);
                if (!injected.IsEmpty) _r[a] += injected[CrossPoint(c, a)];
            }
        }
    }

    // Currents out of the nodes for deviations v, lines following.
    private void Multiply(double[] v, double[] amps)
    {
        for (int a = 0; a < _nodes; a++) amps[a] = _nodeSiemens * v[a];
        for (int c = 0; c < _lines; c++)
        {
            for (int a = 0; a < _nodes; a++) _line[a] = _g[c * _nodes + a] * v[a];
            SolveLine(c);
            for (int a = 0; a < _nodes; a++) amps[a] += _g[c * _nodes + a] * (v[a] - _line[a]);
        }
    }

    // Bit lines follow their word lines exactly, so that what an end carries is what devices bring, whatever the tolerance.
    private void BalanceBitLines(in CrossbarDrive drive, double[] x, double[] b)
    {
        Array.Clear(_q);
        if (!drive.EndAmps.IsEmpty) drive.EndAmps.CopyTo(_q);
        for (int at = 0; at < x.Length; at++)
        {
            double amps = _spec[at] * (drive.SourceVolts[at / _n] + x[at]);
            _q[at % _n] += drive.BitNodeAmps.IsEmpty ? amps : amps + drive.BitNodeAmps[at];
        }

        for (int at = 0; at < b.Length; at++) b[at] = _q[at % _n] / _diagonal[at % _n];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private CrossbarState Collect(in CrossbarDrive drive, bool hasNodes, int iterations, double error)
    {
        var state = new CrossbarState(_m, _n, hasNodes) { Iterations = iterations, ErrorVolts = error };
        double[] x = hasNodes ? state.WordDeviationVolts : new double[_m * _n];
        double[] b = hasNodes ? state.BitVolts : new double[_m * _n];
        for (int c = 0; c < _lines; c++)
        {
            SolveDrivenLine(c, drive);
            for (int a = 0; a < _nodes; a++)
            {
                int at = CrossPoint(c, a);
                (x[at], b[at]) = _wordLinesAreNodes ? (_x[a], _line[a]) : (_line[a], _x[a]);
            }
        }

        if (!_wordLinesAreNodes && HasFreeNodes) BalanceBitLines(drive, x, b);
        CrossbarCurrents.Fill(state, _boundary, LineOpens.None, [], _n, _spec, drive, x, b);
        return state;
    }
}
