using CircuitSim.Circuit.Netlists;
using CircuitSim.Circuit.Networks;
using CircuitSim.TestSupport;

namespace CircuitSim.Circuit.Tests.Netlists;

public sealed class SpiceWriterTests
{
    [Fact]
    [Trait("Kind", "golden")]
    public void Writes_an_inverter_as_the_agreed_card()
    {
        string text = SpiceWriter.ToText(TestCircuits.InverterChain(InverterModel.EkvSym, 2, 0.01, 0.9e6));

        Golden.Matches("tests/CircuitSim.Circuit.Tests/Golden/inverter-chain.cir", text);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void What_was_written_reads_back_to_the_same_text()
    {
        string text = SpiceWriter.ToText(TestCircuits.InverterChain(InverterModel.EkvPhax90, 3, 0.01, 0.9e6));

        string again = SpiceWriter.ToText(SpiceParser.Parse(text, "chain.cir").Netlist);
        string third = SpiceWriter.ToText(SpiceParser.Parse(again, "chain.cir").Netlist);

        // The transistor becomes a B source when read; from there on nothing changes.
        Assert.Equal(again, third);
        Assert.DoesNotContain('\r', text);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Long_numbers_in_expressions_become_parameters()
    {
        Netlist netlist = SpiceParser.Parse("t\nv1 a 0 1\nb1 a 0 i=1.2345678901234567*v(a)\n", "t.cir").Netlist;

        string text = SpiceWriter.ToText(netlist);

        Assert.Contains(".param digits_1=1.2345678901234567\n", text, StringComparison.Ordinal);
        Assert.Equal(netlist.Elements, SpiceParser.Parse(text, "t.cir").Netlist.Elements, (a, b) => a is not BehaviouralSource s || s.Value.Equals(((BehaviouralSource)b).Value));
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Names_that_a_deck_cannot_hold_are_refused()
    {
        Netlist netlist = new() { Title = "t", Elements = [new Resistor("r 1", "a", "0", 1)] };

        Assert.Throws<ArgumentException>(() => SpiceWriter.ToText(netlist));
    }
}
