using CircuitSim.Circuit.Devices;
using CircuitSim.Circuit.Netlists;
using CircuitSim.Circuit.Netlists.Waveforms;
using CircuitSim.Circuit.Networks;
using CircuitSim.Circuit.Randomness;

namespace CircuitSim.Peers;

/// <summary>Ten circuits of 10 to 10 000 nodes that are not crossbars, for timing; all made by rule, the meshes from a fixed seed.</summary>
internal static class GeneratedDecks
{
    private const double GateSupply = 1.8;

    private static readonly MosfetModel N = new()
    {
        Name = "mn",
        ThresholdVolts = 0.45,
        TransconductanceAmpsPerSquareVolt = 250e-6,
        BodyFactorRootVolts = 0.4,
        SurfacePotentialVolts = 0.7,
        ChannelModulationPerVolt = 0.1,
    };

    private static readonly MosfetModel P = new()
    {
        Name = "mp",
        IsPChannel = true,
        ThresholdVolts = -0.45,
        TransconductanceAmpsPerSquareVolt = 100e-6,
        BodyFactorRootVolts = 0.4,
        SurfacePotentialVolts = 0.7,
        ChannelModulationPerVolt = 0.15,
    };

    /// <summary>The circuits without analyses, each with its transient.</summary>
    public static IReadOnlyList<(string Name, Netlist Netlist, TransientAnalysis Transient)> All =>
    [
        Ladder(10), Ladder(1000), Ladder(9999), Tree(10), Mesh(20), Mesh(70), EkvChain(40), GateChain(100), DiodeLadder(300), Adder(6),
    ];

    /// <summary>A crossbar with every wire segment, driven word lines and grounded bit lines: 12 352 elements for 64 x 64.</summary>
    public static Netlist Crossbar(int side)
    {
        const double SegmentOhms = 2.5, SmallestOhms = 125e3, LargestOhms = 8.3e6;
        var random = new CounterRandom(1, $"crossbar {side}");
        ulong draw = 0;
        var elements = new List<Element>();
        for (int i = 0; i < side; i++) elements.Add(new VoltageSource($"v{i}", $"s{i}", "0", random.Uniform(draw++) - 0.5));
        for (int i = 0; i < side; i++)
            for (int j = 0; j < side; j++)
            {
                elements.Add(new Resistor($"rw{i}_{j}", j == 0 ? $"s{i}" : $"w{i}_{j - 1}", $"w{i}_{j}", SegmentOhms));
                elements.Add(new Resistor($"rd{i}_{j}", $"w{i}_{j}", $"b{i}_{j}", SmallestOhms * Math.Pow(LargestOhms / SmallestOhms, random.Uniform(draw++))));
                elements.Add(new Resistor($"rb{i}_{j}", $"b{i}_{j}", i == side - 1 ? "0" : $"b{i + 1}_{j}", SegmentOhms));
            }

        return new Netlist { Title = $"crossbar {side} x {side}", Elements = elements, Analyses = [new OperatingPointAnalysis()] };
    }

    private static VoltageSource Step(string name, string node, double volts, double edge) =>
        new VoltageSource(name, node, "0", new SourceValue { Dc = volts, Waveform = new PulseWaveform(0, volts, edge, edge, edge, 20 * edge, 40 * edge) });

    private static (string, Netlist, TransientAnalysis) Made(string name, List<Element> elements, double stop, params SubcircuitDefinition[] subcircuits) =>
        (name, new Netlist { Title = name, Elements = elements, Subcircuits = subcircuits }, new TransientAnalysis(stop / 200, stop));

    private static (string, Netlist, TransientAnalysis) Ladder(int sections)
    {
        var elements = new List<Element> { Step("v1", "n0", 1, 1e-9) };
        for (int i = 1; i <= sections; i++)
        {
            elements.Add(new Resistor($"r{i}", $"n{i - 1}", $"n{i}", 100));
            elements.Add(new Capacitor($"c{i}", $"n{i}", "0", 1e-12));
        }

        return Made($"ladder of {sections} RC sections", elements, 40e-9);
    }

    private static (string, Netlist, TransientAnalysis) Tree(int levels)
    {
        var elements = new List<Element> { Step("v1", "n1", 1, 1e-9) };
        for (int i = 2; i < 1 << levels; i++)
        {
            elements.Add(new Resistor($"r{i}", $"n{i / 2}", $"n{i}", 200));
            elements.Add(new Capacitor($"c{i}", $"n{i}", "0", 50e-15));
        }

        return Made($"clock tree of {levels} levels", elements, 40e-9);
    }

    private static (string, Netlist, TransientAnalysis) Mesh(int side)
    {
        var random = new CounterRandom(1, $"mesh {side}");
        ulong draw = 0;
        var elements = new List<Element> { Step("v1", "n0_0", 1, 1e-9) };
        for (int i = 0; i < side; i++)
            for (int j = 0; j < side; j++)
            {
                if (i > 0) elements.Add(new Resistor($"ra{i}_{j}", $"n{i - 1}_{j}", $"n{i}_{j}", 50 + 500 * Draw()));
                if (j > 0) elements.Add(new Resistor($"rb{i}_{j}", $"n{i}_{j - 1}", $"n{i}_{j}", 50 + 500 * Draw()));
                if (i + j > 0) elements.Add(new Capacitor($"c{i}_{j}", $"n{i}_{j}", "0", 1e-14 + 1e-13 * Draw()));
            }

        elements.Add(new Resistor("rload", $"n{side - 1}_{side - 1}", "0", 1000));
        return Made($"random RC mesh {side} x {side}", elements, 40e-9);

        double Draw() => random.Uniform(draw++);
    }

    private static (string, Netlist, TransientAnalysis) EkvChain(int stages)
    {
        InverterCell cell = InverterModel.EkvSym.Cell();
        var elements = new List<Element>
        {
            new VoltageSource("vvp", "vp", "0", 0.25),
            new VoltageSource("vvn", "vn", "0", -0.25),
            new VoltageSource("vin", "n0", "0", new SourceValue { Dc = 0.2, Waveform = new PulseWaveform(-0.2, 0.2, 1e-7, 1e-7, 1e-7, 2e-6, 4e-6) }),
        };
        for (int i = 1; i <= stages; i++)
        {
            elements.Add(cell.Call($"x{i}", $"n{i - 1}", $"n{i}"));
            elements.Add(new Capacitor($"c{i}", $"n{i}", "0", 1e-14));
        }

        return Made($"chain of {stages} EKV inverters", elements, 4e-6, [.. cell.Definitions]);
    }

    private static (string, Netlist, TransientAnalysis) GateChain(int stages)
    {
        var elements = new List<Element> { new VoltageSource("vdd", "vdd", "0", GateSupply), Step("vin", "n0", GateSupply, 1e-10) };
        for (int i = 1; i <= stages; i++)
        {
            elements.Add(Transistor($"mp{i}", $"n{i}", $"n{i - 1}", "vdd", P, 5e-6));
            elements.Add(Transistor($"mn{i}", $"n{i}", $"n{i - 1}", "0", N, 2e-6));
            elements.Add(new Capacitor($"c{i}", $"n{i}", "0", 1e-14));
        }

        return Made($"chain of {stages} CMOS inverters", elements, 8e-9);
    }

    private static (string, Netlist, TransientAnalysis) DiodeLadder(int sections)
    {
        var model = new DiodeModel { Name = "dm", SaturationAmps = 1e-14, JunctionFarads = 1e-13 };
        var elements = new List<Element> { Step("v1", "n0", 3, 1e-9) };
        for (int i = 1; i <= sections; i++)
        {
            elements.Add(new Resistor($"r{i}", $"n{i - 1}", $"n{i}", 50));
            elements.Add(new Diode($"d{i}", $"n{i}", "0", model));
        }

        return Made($"ladder of {sections} diodes", elements, 40e-9);
    }

    // Nine NAND gates a full adder; a ripple carry.
    private static (string, Netlist, TransientAnalysis) Adder(int bits)
    {
        var nand = new SubcircuitDefinition("nand", ["a", "b", "y", "vdd"],
        [
            Transistor("mp1", "y", "a", "vdd", P, 4e-6), Transistor("mp2", "y", "b", "vdd", P, 4e-6),
            Transistor("mn1", "y", "a", "m", N, 4e-6, "0"), Transistor("mn2", "m", "b", "0", N, 4e-6), new Capacitor("c1", "y", "0", 5e-15),
        ]);
        var elements = new List<Element> { new VoltageSource("vdd", "vdd", "0", GateSupply), new VoltageSource("vc0", "c0", "0", 0.0) };
        for (int k = 0; k < bits; k++)
        {
            elements.Add(k == 0 ? Step("va0", "a0", GateSupply, 1e-10) : new VoltageSource($"va{k}", $"a{k}", "0", 0.0));
            elements.Add(new VoltageSource($"vb{k}", $"b{k}", "0", GateSupply));
            (string Out, string A, string B)[] gates =
            [
                ("p1", $"a{k}", $"b{k}"), ("p2", $"a{k}", "p1"), ("p3", $"b{k}", "p1"), ("p4", "p2", "p3"), ("p5", "p4", $"c{k}"),
                ("p6", "p4", "p5"), ("p7", $"c{k}", "p5"), ($"s{k}", "p6", "p7"), ($"c{k + 1}", "p1", "p5"),
            ];
            foreach ((string y, string a, string b) in gates)
                elements.Add(new SubcircuitCall($"x{k}_{y}", [Local(a), Local(b), Local(y), "vdd"], "nand"));

            string Local(string node) => node[0] == 'p' ? $"{node}_{k}" : node;
        }

        return Made($"{bits}-bit adder of NAND gates", elements, 8e-9, nand);
    }

    private static Mosfet Transistor(string name, string drain, string gate, string source, MosfetModel model, double width, string? bulk = null) =>
        new(name, drain, gate, source, bulk ?? source, model, new MosfetGeometry { WidthMetres = width, LengthMetres = 0.18e-6 });
}
