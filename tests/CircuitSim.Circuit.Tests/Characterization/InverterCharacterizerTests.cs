using CircuitSim.Circuit.Characterization;
using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Engines.Native;
using CircuitSim.Circuit.Engines.Ngspice;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Networks;
using CircuitSim.Circuit.Tests.Networks;
using CircuitSim.TestSupport;

namespace CircuitSim.Circuit.Tests.Characterization;

public sealed class InverterCharacterizerTests : IDisposable
{
    // A BSIM4 inverter whose few parameters were chosen for this test; the native engine has no BSIM.
    private const string FoundryDeck = """
        An inverter with models that only ngspice knows
        .model nch nmos level=54 version=4.8 toxe=2.2n vth0=0.28 eta0=0.08 dsub=0.2 dvt0=0 lpe0=0 pclm=1.3 voff=-0.08 nfactor=1.2 u0=0.03
        .model pch pmos level=54 version=4.8 toxe=2.2n vth0=-0.28 eta0=0.08 dsub=0.2 dvt0=0 lpe0=0 pclm=1.3 voff=-0.08 nfactor=1.2 u0=0.012
        .subckt binv VSS A Y VDD
        m1 y a vss vss nch w=0.6u
        + l=0.1u
        m2 y a vdd vdd pch w=1u l=0.1u
        .ends
        v1 unused 0 1
        .op
        .end

        """;

    private readonly TemporaryFolder _folder = new();

    private static string Phax90Deck => Path.Combine(Repository.Root, "netlists/inverters/vtc-phax90.cir");

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [InlineData("native")]
    [InlineData("ngspice")]
    [Trait("Kind", "closed form")]
    public void The_shipped_inverter_as_a_deck_gives_the_currents_of_its_equations(string engine)
    {
        if (engine == "ngspice") Ngspice.SkipUnlessInstalled();
        InverterCharacterization result = InverterCharacterizer.Characterize(Phax90(), Engine(engine));

        Assert.InRange(result.Inverter.InterpolationErrorVolts, 0, 1e-11);
        Assert.InRange(result.LargestInputAmps, 0, 1e-15);
        for (double input = -0.3; input <= 0.3; input += 0.0173)
            for (double output = -0.25; output <= 0.25; output += 0.0161)
            {
                InverterCurrent expected = InverterModel.EkvPhax90.OutputCurrent(input, output, 0.5);
                InverterCurrent actual = result.Inverter.OutputCurrent(input, output, 0.5);

                // The deck's currents have ten digits of 5 µA; the spline adds its error, seen as 3e-12 V on 1e-4 S.
                Close.Numbers(expected.Amps, actual.Amps, 1e-14, 1e-9);
                Close.Numbers(expected.PerInputVolt, actual.PerInputVolt, 1e-11, 1e-8);
                Close.Numbers(expected.PerOutputVolt, actual.PerOutputVolt, 1e-11, 1e-8);
                Close.Numbers(
                    InverterModel.EkvPhax90.SupplyWatts(input, output, 0.5), result.Inverter.SupplyWatts(input, output, 0.5), 1e-14, 1e-9);
            }
    }

    [Fact]
    [Trait("Kind", "peer")]
    public void The_tanh_fit_is_that_of_the_fixture()
    {
        InverterCharacterization result = InverterCharacterizer.Characterize(Phax90(), new NativeEngine(), [0.9e6]);

        // Fitted by another program to curves of ngspice 39, printed to these digits.
        VoltageTransferCurveFit open = result.Loads[0].Fit!, loaded = result.Loads[1].Fit!;
        Close.Numbers(34.083, open.GainPerVolt, 5e-4);
        Close.Numbers(-0.02676, open.CentreVolts, 6e-6);
        Close.Numbers(31.505, loaded.GainPerVolt, 5e-4);
        Close.Numbers(-0.24684, loaded.AmplitudeVolts, 5e-6);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [Trait("Kind", "property")]
    public void A_network_with_the_table_has_the_voltages_of_one_with_the_equations(int samples)
    {
        TabulatedInverter table = InverterCharacterizer.Characterize(Phax90(), new NativeEngine()).Inverter;
        NetworkCircuit exact = RandomNetworks.Of(new Random(11), [5, 7, 3], 1, 2, 10, InverterModel.EkvPhax90);
        var tabulated = new NetworkCircuit(0.5, table, exact.Layers);
        var random = new Random(12);
        double[] inputs = [.. Enumerable.Range(0, 5 * samples).Select(_ => 0.5 * random.NextDouble() - 0.25)];

        NetworkOperatingPoint expected = NetworkSolver.Create(exact).SolveBatch(inputs, samples);
        NetworkOperatingPoint actual = NetworkSolver.Create(tabulated).SolveBatch(inputs, samples);

        for (int layer = 0; layer < exact.Layers.Count; layer++)
        {
            // Three inverters with gains of up to nine follow one another before the last output.
            double bound = 1000 * table.InterpolationErrorVolts;
            Close.Lists(expected.Layers[layer].GateVolts.Span, actual.Layers[layer].GateVolts.Span, bound);
            Close.Lists(expected.Layers[layer].InvertedVolts.Span, actual.Layers[layer].InvertedVolts.Span, bound);
            Close.Lists(expected.Layers[layer].RestoredVolts.Span, actual.Layers[layer].RestoredVolts.Span, bound);
        }
    }

    [Fact]
    [Trait("Kind", "peer")]
    public void A_netlist_holds_the_users_own_subcircuit()
    {
        string deck = _folder.File("other-order.cir");
        File.WriteAllText(deck, File.ReadAllText(Phax90Deck).Replace("inv in out vp vn", "cell VN y VP a", StringComparison.Ordinal)
            .Replace("in,", "a,", StringComparison.Ordinal).Replace(",in)", ",a)", StringComparison.Ordinal)
            .Replace("(out", "(y", StringComparison.Ordinal).Replace(",out", ",y", StringComparison.Ordinal)
            .Replace("bn out", "bn y", StringComparison.Ordinal).Replace("vp out", "vp y", StringComparison.Ordinal));
        TabulatedInverter table = InverterCharacterizer.Characterize(
            new InverterSource { DeckPath = deck, Name = "cell", Subcircuit = "Cell", Input = "A", Output = "y" }, new NativeEngine()).Inverter;
        NetworkCircuit circuit = RandomNetworks.Of(new Random(3), [2, 3, 2], 1, 2, 10, table);
        double[] inputs = [0.1, -0.07];

        NetworkOperatingPoint ours = NetworkSolver.Create(circuit).Solve(inputs);
        var point = (OperatingPoint)new NativeEngine().Solve(Elaborator.Elaborate(circuit, inputs), EngineOptions.Tight).Analyses[0];

        for (int j = 0; j < 2; j++)
            Close.Numbers(point.NodeVolts[NodeNames.RestoredOutput(1, j)], ours.Layers[1].RestoredVolts.Span[j], 1000 * table.InterpolationErrorVolts);
    }

    [SkippableFact]
    [Trait("Kind", "peer")]
    public void Foundry_models_go_through_ngspice_into_the_network_and_its_deck()
    {
        Ngspice.SkipUnlessInstalled();
        string deck = _folder.File("foundry.cir");
        File.WriteAllText(deck, FoundryDeck);
        var source = new InverterSource
        {
            DeckPath = deck,
            Name = "binv",
            Subcircuit = "binv",
            Input = "a",
            Output = "y",
            PositiveRail = "vdd",
            NegativeRail = "vss",
            MostPoints = 129,
        };
        TabulatedInverter table = InverterCharacterizer.Characterize(source, Engine("ngspice")).Inverter;
        NetworkCircuit circuit = RandomNetworks.Of(new Random(4), [2, 3, 2], 1, 2, 10, table);
        double[] inputs = [0.1, -0.07];
        string exported = _folder.File("network.cir");
        File.WriteAllText(exported, Netlists(Elaborator.Elaborate(circuit, inputs)));

        NetworkOperatingPoint ours = NetworkSolver.Create(circuit).Solve(inputs);
        var theirs = (OperatingPoint)((NgspiceEngine)Engine("ngspice")).SolveDeckFile(exported, EngineOptions.Default).Analyses.Single();

        Assert.InRange(table.InterpolationErrorVolts, 0, 1e-5);
        for (int j = 0; j < 3; j++)
        {
            // The stated error of one curve, through two inverters with a gain of six.
            double bound = 50 * table.InterpolationErrorVolts;
            Close.Numbers(theirs.NodeVolts[NodeNames.InvertedOutput(0, j)], ours.Layers[0].InvertedVolts.Span[j], bound);
            Close.Numbers(theirs.NodeVolts[NodeNames.RestoredOutput(0, j)], ours.Layers[0].RestoredVolts.Span[j], bound);
        }

        Assert.Throws<DeckSyntaxException>(() => InverterCharacterizer.Characterize(source, new NativeEngine()));
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void The_top_level_of_a_deck_between_ground_and_supply_becomes_a_table_without_a_circuit()
    {
        InverterCharacterization result = InverterCharacterizer.Characterize(Level1(), new NativeEngine(), []);

        // The deck's own expected curve: 0.9 V in gives 1.0769 V out; voltages count from mid-rail.
        Close.Numbers(1.0769367133386483 - 0.9, result.Loads[0].Curve.OutputVolts(0), 2 * result.Inverter.InterpolationErrorVolts);
        Assert.InRange(result.Inverter.InterpolationErrorVolts, 0, 1e-4);
        Assert.Null(result.Inverter.Definition);
        NetworkCircuit circuit = RandomNetworks.Of(new Random(3), [2, 2], 1, 1, 1, InverterModel.EkvSym);
        var tabulated = new NetworkCircuit(1.8, result.Inverter, circuit.Layers);
        Assert.Throws<InvalidDesignException>(() => Elaborator.Elaborate(tabulated, [0.1, 0.1]));
        Assert.Throws<InvalidDesignException>(() => new NetworkCircuit(0.5, result.Inverter, circuit.Layers));
    }

    [Theory]
    [InlineData("missing", "in", "out", "defined neither")]
    [InlineData("inv", "gate", "out", "none of the ports")]
    [InlineData("inv", "in", "in", "four different")]
    [InlineData("inv", "vp", "out", "four different")]
    [Trait("Kind", "closed form")]
    public void A_subcircuit_that_does_not_fit_is_refused(string subcircuit, string input, string output, string complaint)
    {
        InverterSource source = Phax90() with { Subcircuit = subcircuit, Input = input, Output = output };

        var error = Assert.Throws<InvalidDesignException>(() => InverterCharacterizer.Characterize(source, new NativeEngine()));

        Assert.Contains(complaint, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_circuit_that_does_not_invert_is_refused()
    {
        string deck = _folder.File("follower.cir");
        File.WriteAllText(deck, "a follower\n.subckt f in out vp vn\nr1 in out 1k\nr2 out vp 1meg\nr3 out vn 1meg\n.ends\n.end\n");

        var error = Assert.Throws<InvalidDesignException>(() => InverterCharacterizer.Characterize(
            new InverterSource { DeckPath = deck, Name = "f", Subcircuit = "f", Input = "in", Output = "out" }, new NativeEngine()));

        Assert.Contains("must fall", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_library_is_found_beside_the_deck()
    {
        string deck = Path.Combine(Repository.Root, "netlists/inverters/from-library.cir");

        TabulatedInverter table = InverterCharacterizer.Characterize(
            new InverterSource { DeckPath = deck, Name = "inv", Subcircuit = "inv", Input = "in", Output = "out" }, new NativeEngine(), []).Inverter;

        Assert.InRange(table.InterpolationErrorVolts, 0, 1e-11);
        Assert.Contains(table.Definition!.Lines, l => l.Contains(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(deck)!, "inverters.lib")), StringComparison.Ordinal));
    }

    private static string Netlists(Circuit.Netlists.Netlist netlist) => Circuit.Netlists.SpiceWriter.ToText(
        netlist with { Options = new Dictionary<string, string> { ["reltol"] = "1e-10", ["vntol"] = "1e-13", ["abstol"] = "1e-18", ["gmin"] = "1e-18", ["itl1"] = "2000" } });

    private static ICircuitEngine Engine(string name) => name == "native"
        ? new NativeEngine()
        : NgspiceEngine.TryFind(Environment.GetEnvironmentVariable("PATH"))!;

    private static InverterSource Phax90() => new() { DeckPath = Phax90Deck, Name = "mine", Subcircuit = "inv", Input = "in", Output = "out" };

    private static InverterSource Level1() => new()
    {
        DeckPath = Path.Combine(Repository.Root, "netlists/inverters/cmos-level1.cir"),
        Name = "level1",
        Input = "in",
        Output = "out",
        PositiveRail = "vdd",
        NegativeRail = "0",
        SupplyVolts = 1.8,
        MostPoints = 129,
    };
}
