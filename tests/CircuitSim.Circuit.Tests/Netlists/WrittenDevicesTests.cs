using System.Globalization;
using CircuitSim.Circuit.Devices;
using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Engines.Native;
using CircuitSim.Circuit.Netlists;
using CircuitSim.Circuit.Networks;
using CircuitSim.TestSupport;

namespace CircuitSim.Circuit.Tests.Netlists;

public sealed class WrittenDevicesTests
{
    [Theory]
    [Trait("Kind", "property")]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void A_transistor_and_its_written_form_carry_the_same_currents(bool isPChannel, bool isBulkApart)
    {
        var random = new Random(17);
        for (int trial = 0; trial < 20; trial++)
        {
            EkvParameters model = InverterModel.EkvSym.NChannel with { IsPChannel = isPChannel, SpecificCurrentAmps = 1e-6 * (1 + random.NextDouble()) };
            var netlist = new Netlist
            {
                Title = "One transistor",
                Elements =
                [
                    Source("vd", "d"), Source("vg", "g"), Source("vs", "s"), Source("vb", "b"),
                    new EkvMosfet("b1", "d", "g", "s", isBulkApart ? "b" : "s", model),
                    new Resistor("r1", "b", "0", 1e6),
                ],
            };

            OperatingPoint direct = Solve(netlist), written = Solve(SpiceParser.Parse(SpiceWriter.ToText(netlist), "t.cir").Netlist);

            foreach (string branch in new[] { "vd", "vg", "vs", "vb" })
            {
                // The written form subtracts two squares, each up to 1e-4 A here, with a rounding of 1e-16 of them.
                Close.Numbers(direct.BranchAmps[branch], written.BranchAmps[branch], 1e-19, 1e-11, $"seed 17, trial {trial}, {branch}");
            }
        }

        VoltageSource Source(string name, string node) => new(name, node, "0", random.NextDouble() - 0.5);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void A_memristor_and_its_written_form_carry_the_same_current()
    {
        MemristorLaw[] laws = [new SinhMemristorLaw(1.6e-4 * 0.985, 0.05), new PolynomialMemristorLaw(1.23456789012345e-4, 3e-6, 1.1e-5), new PooleFrenkelMemristorLaw(2e-6, 0.05)];
        foreach (MemristorLaw law in laws)
        {
            var netlist = new Netlist
            {
                Title = "One memristor",
                Elements = [new VoltageSource("v1", "a", "0", 0.3), new Memristor("b1", "a", "m", law), new Resistor("r1", "m", "0", 1e4)],
            };

            OperatingPoint direct = Solve(netlist), written = Solve(SpiceParser.Parse(SpiceWriter.ToText(netlist), "t.cir").Netlist);

            // Two solutions to the last bits of 0.3 V.
            Close.Numbers(direct.NodeVolts["m"], written.NodeVolts["m"], 1e-15, 0, law.GetType().Name);
        }
    }

    [Theory]
    [Trait("Kind", "property")]
    [InlineData("")]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    public void Decks_and_messages_are_the_same_in_every_culture(string culture)
    {
        string path = Path.Combine(Repository.Root, "netlists", "inverters", "parametrised.cir");
        string expected = SpiceWriter.ToText(SpiceParser.ParseFile(path).Netlist);
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            Assert.Equal(expected, SpiceWriter.ToText(SpiceParser.ParseFile(path).Netlist));
            var error = Assert.Throws<CircuitSim.Circuit.Errors.DeckSyntaxException>(() => SpiceParser.Parse("T\nRI A 0 {1/0.5*SQRT(-1)}\nV1 A 0 1.5X5\n", "I.cir"));
            Assert.Equal("I.cir(2,9): '1/0.5*sqrt(-1)' is NaN; expected a finite number.\nI.cir(3,8): found '1.5x5', expected a DC value.", error.Message);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static OperatingPoint Solve(Netlist netlist) => (OperatingPoint)new NativeEngine().Solve(netlist, EngineOptions.Tight).Analyses[0];
}
