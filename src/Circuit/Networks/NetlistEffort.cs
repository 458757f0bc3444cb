using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Circuit.Networks;

/// <summary>How large the elaborated netlist of a network is, and about how long ngspice takes for its operating point.</summary>
/// <param name="NodeCount">Nodes without ground.</param>
/// <param name="ElementCount">Elements, inverters counted once.</param>
/// <param name="NgspiceSeconds">Estimated time of one <c>.op</c> in ngspice 39 with its built-in solver, seconds; good to a factor of about three.</param>
public sealed record NetlistEffort(long NodeCount, long ElementCount, double NgspiceSeconds)
{
    // Measured for square crossbars with wires: 0.16 s at 32, 4.7 s at 64, 36 s at 96; between and beyond, a power of the side.
    private const double SecondsAt64 = 4.7;
    private const double PowerOfSide = 5.2;

    // Measured for networks 196-n-10 with wires, processor time of ngspice 45.2 as WebAssembly: 2.2 s at 171 nodes, all of it the program's
    // start, 2.8 s at 10 436, 8.3 s at 42 014, 19 s at 83 564. Our own engine takes 5 s there; compiled ngspice 46 takes 8 s.
    private const double KluStart = 2.2, KluSecondsMeasured = 17, NativeSecondsMeasured = 5, NodesMeasured = 83564, PowerOfNodes = 1.6;

    // Measured without wires, where time is reading and filling in: 6 to 11 µs an element for 4 000 to 42 000 elements.
    private const double SecondsAnElement = 10e-6;

    /// <summary>Estimated time of one <c>.op</c> from the deck's text in ngspice 45 with KLU, seconds, reading included; good to a factor of about three.</summary>
    public double KluSeconds => KluStart + KluSecondsMeasured * Math.Pow(NodeCount / NodesMeasured, PowerOfNodes);

    /// <summary>Estimated time of our own engine from the deck's text, seconds, reading included; good to a factor of about three.</summary>
    public double NativeSeconds => NativeSecondsMeasured * Math.Pow(NodeCount / NodesMeasured, PowerOfNodes);

    /// <summary>Counts nodes and elements without building the netlist.</summary>
    /// <param name="circuit">The network.</param>
    /// <returns>Counts and estimated time.</returns>
    public static NetlistEffort Of(NetworkCircuit circuit)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        long nodes = 2 + 2L * circuit.InputCount, elements = nodes;
        double seconds = 0;
        foreach (LayerCircuit layer in circuit.Layers)
        {
            CrossbarSpec crossbar = layer.Crossbar;
            long m = crossbar.WordLineCount, n = crossbar.BitLineCount, outer = crossbar.Convention == WireConvention.C1 ? 0 : 1;
            long wordSegments = crossbar.WordLineSegmentOhms > 0 ? m * (n - outer) : 0;
            long bitSegments = crossbar.BitLineSegmentOhms > 0 ? n * (m - outer) : 0;
            long sources = crossbar.SourceOhms > 0 ? m : 0;
            nodes += wordSegments + bitSegments + sources + 3 * n;
            elements += wordSegments + bitSegments + sources + Devices(crossbar) + 2 * n;
            (long moreNodes, long moreElements) = OfFaults(crossbar);
            nodes += moreNodes;
            elements += moreElements;
            if (wordSegments > 0 || bitSegments > 0) seconds += SecondsAt64 * Math.Pow(Math.Sqrt((double)m * n) / 64, PowerOfSide);
        }

        return new NetlistEffort(nodes, elements, seconds + SecondsAnElement * elements);
    }

    // Opens and shorts change a count by few, but in many ways: both netlists are written out to tell.
    private static (long Nodes, long Elements) OfFaults(CrossbarSpec crossbar)
    {
        if (crossbar.Faults.Count == 0) return (0, 0);

        (long nodes, long elements) = Count(crossbar);
        (long plainNodes, long plainElements) = Count(crossbar.WithFaults([]));
        return (nodes - plainNodes, elements - plainElements);

        static (long Nodes, long Elements) Count(CrossbarSpec spec)
        {
            var elaboration = new LayerElaboration(spec, 0, isFirst: true);
            var elements = new List<Element>();
            elaboration.AddTo(elements);
            IEnumerable<string> sources = Enumerable.Range(0, spec.WordLineCount).Select(elaboration.SourceNode);
            return (elements.SelectMany(element => element.Nodes).Concat(sources).Distinct().Count(), elements.Count);
        }
    }

    /// <summary>Counts nodes and elements of a network with current read-out.</summary>
    /// <param name="network">The network.</param>
    /// <returns>Counts and estimated time.</returns>
    public static NetlistEffort Of(ReadoutNetwork network)
    {
        ArgumentNullException.ThrowIfNull(network);
        IReadOnlyList<Element> elements = ReadoutElaborator.Elaborate(network, new double[network.InputCount]).Elements;
        long nodes = elements.SelectMany(e => e.Nodes).Where(n => n != Netlist.Ground).Distinct().LongCount();
        double seconds = network.Layers.Select(l => l.Crossbar).Where(c => !c.HasIdealWires)
            .Sum(c => SecondsAt64 * Math.Pow(Math.Sqrt((double)c.WordLineCount * c.BitLineCount) / 64, PowerOfSide));
        return new NetlistEffort(nodes, elements.Count, seconds + SecondsAnElement * elements.Count);
    }

    private static long Devices(CrossbarSpec crossbar)
    {
        long devices = 0;
        foreach (double g in crossbar.ConductanceSiemens.Span)
            if (g > 0) devices++;
        return devices;
    }
}
