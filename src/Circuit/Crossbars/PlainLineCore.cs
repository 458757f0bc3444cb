using CircuitSim.Circuit.Errors;

namespace CircuitSim.Circuit.Crossbars;

/// <summary>Crossbar with wire resistance on both sides: conjugate gradients on the word lines, one plain loop after another.</summary>
/// <remarks>
/// Unknowns are deviations from each word line's source, so that a drop of millivolts keeps all its digits. Bit lines are
/// eliminated exactly; the preconditioner solves every word line exactly. Pivots are kept as wire plus excess conductance,
/// which never subtracts. It also serves lines with open segments, which the vectorised core does not. Since A_w z = r, the product S z is r − G·A_b⁻¹·G z and the word-line matrix is never applied.
/// </remarks>
internal sealed class PlainLineCore : ICrossbarCore
{
    private readonly int _m, _n;
    private readonly double[] _g;
    private readonly CrossbarBoundary _boundary;
    private readonly LineOpens _opens;
    private readonly double[] _wordInverse, _bitInverse;
    private readonly double[] _r, _z, _p, _s, _x, _b;
    private readonly RitzValues _ritz = new();

    internal PlainLineCore(CrossbarSpec spec)
    {
        (_m, _n) = (spec.WordLineCount, spec.BitLineCount);
        _g = spec.ConductanceSiemens.ToArray();
        _boundary = CrossbarBoundary.Of(spec);
        _opens = new LineOpens(spec);
        int count = _m * _n;
        (_wordInverse, _bitInverse) = (new double[count], new double[count]);
        (_r, _z, _p, _s, _x, _b) = (new double[count], new double[count], new double[count], new double[count], new double[count], new double[count]);
        FactorizeWordLines();
        FactorizeBitLines();
    }

    public CrossbarMethod Method => CrossbarMethod.LineConjugateGradients;

    private bool IsFeedMerged => double.IsPositiveInfinity(_boundary.FeedSiemens);

    public CrossbarState Solve(in CrossbarDrive drive, double toleranceVolts, int mostIterations, bool hasNodes, CrossbarState? spare = null)
    {
        Array.Clear(_x);
        SolveBitLines(_x, drive, isDeviation: false);
        double volume = StartResidual(drive);
        (int iterations, double error) = Iterate(volume, toleranceVolts, mostIterations);
        SolveBitLines(_x, drive, isDeviation: false);
        return Collect(drive, hasNodes, iterations, error);
    }

    private (int Iterations, double ErrorVolts) Iterate(double start, double toleranceVolts, int mostIterations)
    {
        if (start == 0) return (0, 0);

        _ritz.Clear();
        Array.Clear(_p);
        Array.Clear(_s);
        double lastGamma = 0, lastAlpha = 0;
        for (int k = 0; ; k++)
        {
            double largest = Precondition();
            SolveBitLines(_z, default, isDeviation: true);
            double gamma = 0, delta = 0;
            for (int i = 0; i < _r.Length; i++)
            {
                gamma += _r[i] * _z[i];
                delta += _z[i] * (_r[i] - MaskedConductance(i) * _b[i]);
            }

            if (gamma == 0) return (k, 0);
            double beta = k == 0 ? 0 : gamma / lastGamma;
            double alpha = gamma / (k == 0 ? delta : delta - beta * gamma / lastAlpha);
            _ritz.Add(alpha, beta);
            double error = largest / _ritz.Smallest();
            if (error <= toleranceVolts) return (k, error);
            if (k >= mostIterations || !double.IsFinite(error)) throw NotConverged(k, error);

            for (int i = 0; i < _r.Length; i++)
            {
                _p[i] = _z[i] + beta * _p[i];
                _s[i] = _r[i] - MaskedConductance(i) * _b[i] + beta * _s[i];
                _x[i] += alpha * _p[i];
                _r[i] -= alpha * _s[i];
            }

            (lastGamma, lastAlpha) = (gamma, alpha);
        }
    }

    private ConvergenceException NotConverged(int iterations, double error)
    {
        int worst = 0;
        for (int i = 1; i < _z.Length; i++)
            if (Math.Abs(_z[i]) > Math.Abs(_z[worst])) worst = i;
        return CrossbarErrors.NotConverged(iterations, error, worst / _n, worst % _n, _x[worst]);
    }

    // A word line whose first cross-point is its source has no equation there.
    private double MaskedConductance(int at) => IsMerged(at) ? 0 : _g[at];

    private bool IsMerged(int at) => IsFeedMerged && at % _n == 0 && !_opens.Word(at / _n, 0);

    // Conductance to the cross-point before on the word line, or to the source.
    private double WordWire(int i, int j) => _opens.Word(i, j) ? 0 : j == 0 ? _boundary.FeedSiemens : _boundary.WordSegmentSiemens;

    // Conductance to the cross-point after on the bit line, or to ground.
    private double BitWire(int i, int j) => _opens.Bit(i, j) ? 0 : i == _m - 1 ? _boundary.EndSiemens : _boundary.BitSegmentSiemens;

    private void FactorizeWordLines()
    {
        for (int i = 0; i < _m; i++)
        {
            double excess = 0;
            for (int j = 0; j < _n; j++)
            {
                int at = i * _n + j;
                excess = _g[at] + Carried(WordWire(i, j), j == 0 ? double.PositiveInfinity : excess);
                _wordInverse[at] = 1 / (j == _n - 1 ? excess : WordWire(i, j + 1) + excess);
            }
        }
    }

    private void FactorizeBitLines()
    {
        for (int j = 0; j < _n; j++)
        {
            double excess = 0;
            for (int i = 0; i < _m; i++)
            {
                int at = i * _n + j;
                excess = _g[at] + (i == 0 ? 0 : Carried(BitWire(i - 1, j), excess));
                _bitInverse[at] = 1 / (excess + BitWire(i, j));
            }
        }
    }

    // A wire in series with all that is behind it.
    private static double Carried(double wire, double excess) =>
        wire == 0 ? 0 : double.IsPositiveInfinity(excess) ? wire : double.IsPositiveInfinity(wire) ? excess : wire * (excess / (wire + excess));

    // b := A_b⁻¹ (G (V + w) + J), or A_b⁻¹ G w for a deviation.
    private void SolveBitLines(double[] w, in CrossbarDrive drive, bool isDeviation)
    {
        for (int i = 0; i < _m; i++)
        {
            double source = isDeviation ? 0 : drive.SourceVolts[i];
            for (int j = 0; j < _n; j++)
            {
                int at = i * _n + j;
                double amps = _g[at] * (source + w[at]);
                if (!drive.BitNodeAmps.IsEmpty) amps += drive.BitNodeAmps[at];
                if (i == _m - 1 && !drive.EndAmps.IsEmpty) amps += drive.EndAmps[j];
                _b[at] = amps + (i == 0 ? 0 : BitWire(i - 1, j) * _bitInverse[at - _n] * _b[at - _n]);
            }
        }

        for (int i = _m - 1; i >= 0; i--)
            for (int j = 0; j < _n; j++)
            {
                int at = i * _n + j;
                _b[at] = _bitInverse[at] * (_b[at] + (i == _m - 1 ? 0 : BitWire(i, j) * _b[at + _n]));
            }
    }

    private double StartResidual(in CrossbarDrive drive)
    {
        double largest = 0;
        for (int at = 0; at < _r.Length; at++)
        {
            double amps = _g[at] * (_b[at] - drive.SourceVolts[at / _n]);
            if (!drive.WordNodeAmps.IsEmpty) amps += drive.WordNodeAmps[at];
            _r[at] = IsMerged(at) ? 0 : amps;
            largest = Math.Max(largest, Math.Abs(_r[at]));
        }

        return largest;
    }

    // z := A_w⁻¹ r; returns the largest entry.
    private double Precondition()
    {
        double largest = 0;
        for (int i = 0; i < _m; i++)
        {
            int first = i * _n, last = first + _n - 1;
            _z[first] = _r[first];
            for (int at = first + 1; at <= last; at++) _z[at] = _r[at] + WordWire(i, at - first) * _wordInverse[at - 1] * _z[at - 1];
            _z[last] *= _wordInverse[last];
            for (int at = last - 1; at >= first; at--) _z[at] = _wordInverse[at] * (_z[at] + WordWire(i, at - first + 1) * _z[at + 1]);
            for (int at = first; at <= last; at++) largest = Math.Max(largest, Math.Abs(_z[at]));
        }

        return largest;
    }

    private CrossbarState Collect(in CrossbarDrive drive, bool hasNodes, int iterations, double error)
    {
        var state = new CrossbarState(_m, _n, hasNodes) { Iterations = iterations, ErrorVolts = error };
        CrossbarCurrents.Fill(state, _boundary, _opens, [], _n, _g, drive, _x, _b);
        if (hasNodes)
        {
            _x.CopyTo(state.WordDeviationVolts, 0);
            _b.CopyTo(state.BitVolts, 0);
        }

        return state;
    }
}
