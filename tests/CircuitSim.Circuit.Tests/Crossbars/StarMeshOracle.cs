using CircuitSim.Circuit.Crossbars;

namespace CircuitSim.Circuit.Tests.Crossbars;

/// <summary>
/// Independent nodal solution of a crossbar: the circuit is a list of resistors, unknown nodes are eliminated one by one by
/// the star-mesh transformation, which only adds, multiplies and divides positive numbers, so that every voltage is right
/// to a few units of rounding. Cubic in the number of nodes.
/// </summary>
internal sealed class StarMeshOracle
{
    private readonly CrossbarSpec _spec;
    private readonly int[] _parent;
    private readonly double[] _volts;

    private StarMeshOracle(CrossbarSpec spec, ReadOnlySpan<double> sourceVolts)
    {
        _spec = spec;
        _parent = [.. Enumerable.Range(0, Ground + 1)];
        _volts = new double[Ground + 1];
        List<(int A, int B, double Siemens)> resistors = Wires();
        for (int i = 0; i < M; i++)
            for (int j = 0; j < N; j++)
                if (spec[i, j] > 0) resistors.Add((Word(i, j), Bit(i, j), spec[i, j]));
        Eliminate(resistors, sourceVolts);
    }

    private int M => _spec.WordLineCount;

    private int N => _spec.BitLineCount;

    private int Ground => 2 * M * N + 2 * M + N;

    internal static StarMeshOracle Solve(CrossbarSpec spec, ReadOnlySpan<double> sourceVolts) => new(spec, sourceVolts);

    internal double[] WordVolts() => [.. Enumerable.Range(0, M * N).Select(at => _volts[Find(Word(at / N, at % N))])];

    internal double[] BitVolts() => [.. Enumerable.Range(0, M * N).Select(at => _volts[Find(Bit(at / N, at % N))])];

    internal double[] EndVolts() => [.. Enumerable.Range(0, N).Select(j => _volts[Find(End(j))])];

    /// <summary>Currents into the bit-line ends as the sum of device currents.</summary>
    internal double[] DeviceAmpsIntoBitLines()
    {
        var amps = new double[N];
        for (int i = 0; i < M; i++)
            for (int j = 0; j < N; j++) amps[j] += _spec[i, j] * (_volts[Find(Word(i, j))] - _volts[Find(Bit(i, j))]);
        return amps;
    }

    /// <summary>Currents out of the sources as the sum of device currents.</summary>
    internal double[] DeviceAmpsOutOfWordLines()
    {
        var amps = new double[M];
        for (int i = 0; i < M; i++)
            for (int j = 0; j < N; j++) amps[i] += _spec[i, j] * (_volts[Find(Word(i, j))] - _volts[Find(Bit(i, j))]);
        return amps;
    }

    private int Word(int i, int j) => i * N + j;

    private int Bit(int i, int j) => M * N + i * N + j;

    private int Source(int i) => 2 * M * N + i;

    private int Head(int i) => 2 * M * N + M + i;

    private int End(int j) => 2 * M * N + 2 * M + j;

    private List<(int A, int B, double Siemens)> Wires()
    {
        var wires = new List<(int, int, double)>();
        bool isC1 = _spec.Convention == WireConvention.C1;
        for (int i = 0; i < M; i++)
        {
            Join(Source(i), Head(i), _spec.SourceOhms);
            Join(Head(i), Word(i, 0), isC1 ? _spec.WordLineSegmentOhms : 0);
            for (int j = 1; j < N; j++) Join(Word(i, j - 1), Word(i, j), _spec.WordLineSegmentOhms);
        }

        for (int j = 0; j < N; j++)
        {
            for (int i = 1; i < M; i++) Join(Bit(i - 1, j), Bit(i, j), _spec.BitLineSegmentOhms);
            Join(Bit(M - 1, j), End(j), isC1 ? _spec.BitLineSegmentOhms : 0);
            if (_spec.BitLineEnd == BitLineEnd.Ground) Join(End(j), Ground, _spec.TerminalOhms);
        }

        return wires;

        void Join(int a, int b, double ohms)
        {
            if (ohms == 0) _parent[Find(a)] = Find(b);
            else wires.Add((a, b, 1 / ohms));
        }
    }

    private int Find(int node)
    {
        while (_parent[node] != node) node = _parent[node];
        return node;
    }

    private void Eliminate(List<(int A, int B, double Siemens)> resistors, ReadOnlySpan<double> sourceVolts)
    {
        var known = new Dictionary<int, double> { [Find(Ground)] = 0 };
        for (int i = 0; i < M; i++) known[Find(Source(i))] = sourceVolts[i];
        List<int> nodes = [.. known.Keys];
        nodes.AddRange(Enumerable.Range(0, Ground + 1).Where(k => Find(k) == k && !known.ContainsKey(k)));
        Dictionary<int, int> place = nodes.Select((node, at) => (node, at)).ToDictionary(p => p.node, p => p.at);
        var mesh = new double[nodes.Count, nodes.Count];
        foreach ((int a, int b, double siemens) in resistors)
        {
            (int p, int q) = (place[Find(a)], place[Find(b)]);
            if (p == q) continue;
            mesh[p, q] += siemens;
            mesh[q, p] += siemens;
        }

        var total = new double[nodes.Count];
        for (int k = nodes.Count - 1; k >= known.Count; k--)
        {
            for (int a = 0; a < k; a++) total[k] += mesh[k, a];
            for (int a = 0; a < k; a++)
                for (int b = 0; b < a && mesh[k, a] > 0; b++)
                {
                    mesh[a, b] += mesh[k, a] * mesh[k, b] / total[k];
                    mesh[b, a] = mesh[a, b];
                }
        }

        foreach ((int node, double volts) in known) _volts[node] = volts;
        for (int k = known.Count; k < nodes.Count; k++)
        {
            double amps = 0;
            for (int a = 0; a < k; a++) amps += mesh[k, a] * _volts[nodes[a]];
            _volts[nodes[k]] = amps / total[k];
        }
    }
}
