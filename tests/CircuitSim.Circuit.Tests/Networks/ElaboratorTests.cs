using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Netlists;
using CircuitSim.Circuit.Networks;

namespace CircuitSim.Circuit.Tests.Networks;

public sealed class ElaboratorTests
{
    [Fact]
    [Trait("Kind", "closed form")]
    public void With_ideal_wires_inputs_and_outputs_are_the_word_lines_and_gates_the_bit_lines()
    {
        NetworkCircuit circuit = RandomNetworks.Of(new Random(1), [1, 2, 1], 0, 0, 0, InverterModel.EkvSym);

        Netlist netlist = Elaborator.Elaborate(circuit, [0.1]);

        Resistor device = Device(netlist, "rl1_1_2"), bias = Device(netlist, "rl1_4_1"), hidden = Device(netlist, "rl2_4_1");
        Assert.Equal(["in1_p", "l1_g2"], device.Nodes);
        Assert.Equal(["vn", "l1_g1"], bias.Nodes);
        Assert.Equal(["l1_p2", "l2_g1"], hidden.Nodes);
        Assert.Equal(4 * 2 + 6 * 1, netlist.Elements.OfType<Resistor>().Count());
        Assert.Equal(2 * (2 + 1), netlist.Elements.OfType<SubcircuitCall>().Count());
        Assert.IsType<OperatingPointAnalysis>(Assert.Single(netlist.Analyses));
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void With_wires_every_segment_of_convention_C1_is_a_resistor()
    {
        NetworkCircuit circuit = RandomNetworks.Of(new Random(1), [1, 2], 1.5, 2.5, 100, InverterModel.EkvSym);

        Netlist netlist = Elaborator.Elaborate(circuit, [0.1]);

        Assert.Equal(["in1_n", "l1_h2"], Device(netlist, "rsl1_2").Nodes);
        Assert.Equal(["l1_h2", "l1_w2_1"], Device(netlist, "rwl1_2_1").Nodes);
        Assert.Equal(["l1_w2_1", "l1_w2_2"], Device(netlist, "rwl1_2_2").Nodes);
        Assert.Equal(["l1_b1_1", "l1_b2_1"], Device(netlist, "rbl1_1_1").Nodes);
        Assert.Equal(["l1_b4_1", "l1_g1"], Device(netlist, "rbl1_4_1").Nodes);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Names_are_unique_and_lower_case_and_the_effort_counts_them()
    {
        for (int seed = 1; seed <= 40; seed++)
        {
            NetworkCircuit circuit = RandomNetworks.Any(new Random(seed));

            Netlist netlist = Elaborator.Elaborate(circuit, new double[circuit.InputCount]);

            string[] names = [.. netlist.Elements.Select(e => e.Name)];
            string[] nodes = [.. netlist.Elements.SelectMany(e => e.Nodes).Where(n => n != Netlist.Ground).Distinct()];
            Assert.Equal(names.Length, names.Distinct().Count());
            Assert.DoesNotContain(names.Concat(nodes), name => name.Any(char.IsUpper));
            NetlistEffort effort = NetlistEffort.Of(circuit);
            Assert.Equal(names.Length, effort.ElementCount);
            Assert.Equal(nodes.Length, effort.NodeCount);
        }
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Absent_devices_have_no_element()
    {
        var spec = new CrossbarSpec(4, 1, [1e-6, 0, 1e-6, 1e-6], bitLineEnd: BitLineEnd.Open);
        var circuit = new NetworkCircuit(0.5, InverterModel.EkvSym, [new LayerCircuit(spec)]);

        Netlist netlist = Elaborator.Elaborate(circuit, [0.1]);

        Assert.DoesNotContain(netlist.Elements, e => e.Name == "rl1_2_1");
    }

    [Theory]
    [Trait("Kind", "peer")]
    [InlineData(32, 2.5, 0.16)]
    [InlineData(64, 2.5, 4.7)]
    [InlineData(96, 2.5, 36)]
    public void The_estimate_of_ngspice_times_is_within_a_factor_of_three_of_measured_ones(int side, double ohms, double measuredSeconds)
    {
        // ngspice 39, .op in batch mode, side x side devices with 2.5 ohm segments, measured once on a server.
        NetworkCircuit circuit = RandomNetworks.Of(new Random(1), [side / 2 - 1, side], ohms, ohms, 100, InverterModel.EkvSym);

        double seconds = NetlistEffort.Of(circuit).NgspiceSeconds;

        Assert.InRange(seconds, measuredSeconds / 3, measuredSeconds * 3);
    }

    private static Resistor Device(Netlist netlist, string name) => netlist.Elements.OfType<Resistor>().Single(r => r.Name == name);

    [Fact]
    [Trait("Kind", "property")]
    public void The_kind_of_every_node_follows_from_its_name()
    {
        NetworkCircuit circuit = RandomNetworks.Of(new Random(2), [2, 12, 2], 1, 1, 10, InverterModel.EkvSym);

        var kinds = Elaborator.Elaborate(circuit, [0.1, 0.2]).Elements.SelectMany(e => e.Nodes).Where(n => n != Netlist.Ground).Distinct()
            .GroupBy(n => NodeNames.KindOf(n)!.Value).ToDictionary(g => g.Key, g => g.Count());

        // Rails and two inputs at both signs; six and 26 word lines with a head each.
        Assert.Equal(6, kinds[(NodeKind.Source, -1)]);
        Assert.Equal(6 * 13, kinds[(NodeKind.WordLine, 0)]);
        Assert.Equal(26 * 3, kinds[(NodeKind.WordLine, 1)]);
        Assert.Equal(6 * 12, kinds[(NodeKind.BitLine, 0)]);
        Assert.Equal((12, 12, 12), (kinds[(NodeKind.Gate, 0)], kinds[(NodeKind.InvertedOutput, 0)], kinds[(NodeKind.RestoredOutput, 0)]));
        Assert.Equal(((NodeKind, int)?)(NodeKind.Sum, 1), NodeNames.KindOf(NodeNames.Sum(1, 9)));
        Assert.Equal(((NodeKind, int)?)(NodeKind.Activation, 10), NodeNames.KindOf(NodeNames.Activation(10, 0)));
        Assert.All(new[] { "xl1_n1.mid", "l1_q3", "inner", "l_g1", "" }, name => Assert.Null(NodeNames.KindOf(name)));
    }
}
