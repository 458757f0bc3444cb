using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Linear;

namespace CircuitSim.Circuit.Tests.Crossbars;

/// <summary>A crossbar with its faults solved densely in twice the precision, node by node from the description alone.</summary>
/// <remarks>Star-mesh elimination: nothing is subtracted until the very end, so that the ratio of conductances costs no digits.</remarks>
internal sealed class ExactOracle
{
    private readonly CrossbarSpec _spec;
    private readonly int[] _parent;
    private readonly DoubleDouble[] _volts;
    private readonly List<(int A, int B, DoubleDouble Siemens)> _edges = [];
    private readonly List<(int A, int B, double Ohms, Part Part)> _wires;

    private ExactOracle(CrossbarSpec spec, ReadOnlySpan<double> sourceVolts)
    {
        _spec = spec;
        _parent = [.. Enumerable.Range(0, Ground + 1)];
        _volts = new DoubleDouble[Ground + 1];
        _wires = Wires();
        foreach ((int a, int b, double ohms, _) in _wires) _edges.Add((Find(a), Find(b), (DoubleDouble)1 / ohms));
        for (int i = 0; i < M; i++)
            for (int j = 0; j < N; j++)
                if (spec[i, j] > 0) _edges.Add((Find(Word(i, j)), Find(Bit(i, j)), spec[i, j]));
        _edges.RemoveAll(edge => edge.A == edge.B);
        Solve(sourceVolts);
    }

    private int M => _spec.WordLineCount;

    private int N => _spec.BitLineCount;

    private int Ground => 2 * M * N + 2 * M + N;

    internal static ExactOracle Of(CrossbarSpec spec, ReadOnlySpan<double> sourceVolts) => new(spec, sourceVolts);

    internal DoubleDouble WordVolts(int at) => _volts[Find(Word(at / N, at % N))];

    internal DoubleDouble BitVolts(int at) => _volts[Find(Bit(at / N, at % N))];

    internal DoubleDouble EndVolts(int j) => _volts[Find(End(j))];

    /// <summary>Current out of the end of a bit line into ground, and the sum of what cancels in it.</summary>
    internal (DoubleDouble Amps, double Magnitude) EndAmps(int j)
    {
        // Ideal ends are ground itself, so that their own branches have to be told apart: those of this line's last node.
        if (_spec.BitLineEnd == BitLineEnd.Open || _spec.Faults.Contains(LineFault.OpenBitLine(M - 1, j))) return (0, 0);
        DoubleDouble ohms = DoubleDouble.Sum(_spec.TerminalOhms, _spec.Convention == WireConvention.C1 ? _spec.BitLineSegmentOhms : 0);
        if (ohms.High > 0)
        {
            DoubleDouble amps = BitVolts((M - 1) * N + j) / ohms;
            return (amps, Math.Abs(amps.High));
        }

        DoubleDouble sum = 0;
        double magnitude = 0;
        bool isOneNode = _spec.BitLineSegmentOhms == 0;
        for (int i = isOneNode ? 0 : M - 1; i < M; i++) Add(_spec[i, j], WordVolts(i * N + j));
        if (!isOneNode && M > 1 && !_spec.Faults.Contains(LineFault.OpenBitLine(M - 2, j))) Add((DoubleDouble)1 / _spec.BitLineSegmentOhms, BitVolts((M - 2) * N + j));
        foreach (LineFault fault in _spec.Faults.Where(f => f.Kind == LineFaultKind.ShortedBitLines && (isOneNode || f.WordLine == M - 1)))
        {
            if (fault.BitLine == j) Add((DoubleDouble)1 / fault.Ohms, BitVolts(fault.WordLine * N + j + 1));
            if (fault.BitLine + 1 == j) Add((DoubleDouble)1 / fault.Ohms, BitVolts(fault.WordLine * N + j - 1));
        }

        return (sum, magnitude);

        void Add(DoubleDouble siemens, DoubleDouble volts)
        {
            sum += siemens * volts;
            magnitude += Math.Abs((siemens * volts).High);
        }
    }

    /// <summary>What a resistor is a part of.</summary>
    internal enum Part
    {
        WordLine,
        BitLine,
        Source,
        Terminal,
        Short,
    }

    /// <summary>Heat of all resistors of one part.</summary>
    internal double Watts(Part part)
    {
        DoubleDouble watts = 0;
        foreach ((int a, int b, double ohms, _) in _wires.Where(wire => wire.Part == part))
        {
            DoubleDouble drop = _volts[Find(a)] - _volts[Find(b)];
            watts += drop * drop / ohms;
        }

        return watts.High;
    }

    /// <summary>Heat of all devices.</summary>
    internal double DeviceWatts()
    {
        DoubleDouble watts = 0;
        for (int at = 0; at < M * N; at++)
        {
            DoubleDouble drop = WordVolts(at) - BitVolts(at);
            watts += _spec[at / N, at % N] * drop * drop;
        }

        return watts.High;
    }

    /// <summary>Current out of a source.</summary>
    internal DoubleDouble SourceAmps(int i)
    {
        DoubleDouble sum = 0;
        int source = Find(Source(i));
        foreach ((int a, int b, DoubleDouble siemens) in _edges)
            if (a == source || b == source) sum += siemens * (_volts[source] - _volts[a == source ? b : a]);
        return sum;
    }

    private int Word(int i, int j) => i * N + j;

    private int Bit(int i, int j) => M * N + i * N + j;

    private int Source(int i) => 2 * M * N + i;

    private int Head(int i) => 2 * M * N + M + i;

    private int End(int j) => 2 * M * N + 2 * M + j;

    private List<(int A, int B, double Ohms, Part Part)> Wires()
    {
        var wires = new List<(int, int, double, Part)>();
        bool isC1 = _spec.Convention == WireConvention.C1;
        for (int i = 0; i < M; i++)
        {
            Join(Source(i), Head(i), _spec.SourceOhms, Part.Source);
            if (!Has(LineFault.OpenWordLine(i, 0))) Join(Head(i), Word(i, 0), isC1 ? _spec.WordLineSegmentOhms : 0, Part.WordLine);
            for (int j = 1; j < N; j++)
                if (!Has(LineFault.OpenWordLine(i, j))) Join(Word(i, j - 1), Word(i, j), _spec.WordLineSegmentOhms, Part.WordLine);
        }

        for (int j = 0; j < N; j++)
        {
            for (int i = 1; i < M; i++)
                if (!Has(LineFault.OpenBitLine(i - 1, j))) Join(Bit(i - 1, j), Bit(i, j), _spec.BitLineSegmentOhms, Part.BitLine);
            if (!Has(LineFault.OpenBitLine(M - 1, j))) Join(Bit(M - 1, j), End(j), isC1 ? _spec.BitLineSegmentOhms : 0, Part.BitLine);
            if (_spec.BitLineEnd == BitLineEnd.Ground) Join(End(j), Ground, _spec.TerminalOhms, Part.Terminal);
        }

        foreach (LineFault fault in _spec.Faults)
        {
            if (fault.Kind == LineFaultKind.ShortedWordLines) wires.Add((Word(fault.WordLine, fault.BitLine), Word(fault.WordLine + 1, fault.BitLine), fault.Ohms, Part.Short));
            if (fault.Kind == LineFaultKind.ShortedBitLines) wires.Add((Bit(fault.WordLine, fault.BitLine), Bit(fault.WordLine, fault.BitLine + 1), fault.Ohms, Part.Short));
        }

        return wires;

        bool Has(LineFault fault) => _spec.Faults.Contains(fault);

        void Join(int a, int b, double ohms, Part part)
        {
            if (ohms == 0) _parent[Find(a)] = Find(b);
            else wires.Add((a, b, ohms, part));
        }
    }

    private int Find(int node)
    {
        while (_parent[node] != node) node = _parent[node];
        return node;
    }

    private void Solve(ReadOnlySpan<double> sourceVolts)
    {
        var known = new Dictionary<int, double> { [Find(Ground)] = 0 };
        for (int i = 0; i < M; i++) known[Find(Source(i))] = sourceVolts[i];
        List<int> nodes = [.. known.Keys];
        nodes.AddRange(_edges.SelectMany(edge => new[] { edge.A, edge.B }).Distinct().Where(node => !known.ContainsKey(node)).Order());
        Dictionary<int, int> place = nodes.Select((node, at) => (node, at)).ToDictionary(p => p.node, p => p.at);
        int count = nodes.Count;
        var mesh = new DoubleDouble[count, count];
        foreach ((int a, int b, DoubleDouble siemens) in _edges)
        {
            mesh[place[a], place[b]] += siemens;
            mesh[place[b], place[a]] += siemens;
        }

        var total = new DoubleDouble[count];
        for (int k = count - 1; k >= known.Count; k--)
        {
            for (int a = 0; a < k; a++) total[k] += mesh[k, a];
            for (int a = 0; a < k; a++)
                for (int b = 0; b < a && mesh[k, a].High > 0; b++)
                {
                    if (!(mesh[k, b].High > 0)) continue;
                    mesh[a, b] += mesh[k, a] * mesh[k, b] / total[k];
                    mesh[b, a] = mesh[a, b];
                }
        }

        foreach ((int node, double volts) in known) _volts[node] = volts;
        for (int k = known.Count; k < count; k++)
        {
            DoubleDouble amps = 0;
            for (int a = 0; a < k; a++) amps += mesh[k, a] * _volts[nodes[a]];
            _volts[nodes[k]] = amps / total[k];
        }
    }
}
