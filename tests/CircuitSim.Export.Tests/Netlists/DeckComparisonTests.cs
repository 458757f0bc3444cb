using CircuitSim.Export.Netlists;

namespace CircuitSim.Export.Tests.Netlists;

[Trait("Kind", "closed form")]
public class DeckComparisonTests
{
    private const string Deck = "title\n* comment\n.options reltol=1e-12\n.subckt inv in out\nr1 in out 5\n.ends\nr1 a b 1000000\nv1 a 0 0.5\n.op\n.measure tran m1 find v(a) at=1\n.measure tran m2 find v(b) at=1\n.end\n";

    [Theory]
    [InlineData("title", "another title")]
    [InlineData("* comment", "* another\n\n* and one more")]
    [InlineData("r1 a b 1000000", "R1  a\tB 1MEG")]
    [InlineData("r1 a b 1000000", "r1 a b\n+ 1e6")]
    [InlineData("r1 a b 1000000\nv1 a 0 0.5", "v1 a 0 0.5\nr1 a b 1000000")]
    public void What_means_the_same_is_the_same(string from, string to) =>
        Assert.Empty(DeckComparison.Differences(Deck, Deck.Replace(from, to, StringComparison.Ordinal)));

    [Theory]
    [InlineData("r1 a b 1000000", "r1 a b 1010000", "r1 is 1010000 ohms in the deck and 1000000 ohms in the run (+1 %)")]
    [InlineData("r1 a b 1000000", "r1 a b 1000000.0000000001", "r1 is 1000000.0000000001 ohms in the deck and 1000000 ohms in the run (+0 %)")]
    [InlineData("r1 in out 5", "r1 in out 5.05", "inv.r1 is 5.05 ohms in the deck and 5 ohms in the run (+1 %)")]
    [InlineData("r1 a b 1000000", "r1 a c 1000000", "r1 is 'r1 a c 1000000' in the deck and 'r1 a b 1000000' in the run")]
    [InlineData("v1 a 0 0.5\n", "", "v1 is missing in the deck; the run has: v1 a 0 0.5")]
    [InlineData("v1 a 0 0.5\n", "v1 a 0 0.5\nr2 a 0 1\n", "r2 stands in the deck and not in the run: r2 a 0 1")]
    [InlineData("v1 a 0 0.5\n", "v1 a 0 0.5\nr1 a b 1\n", "r1 (2) stands in the deck and not in the run: r1 a b 1")]
    [InlineData("reltol=1e-12", "reltol=1e-3", ".options is '.options reltol=1e-3' in the deck and '.options reltol=1e-12' in the run")]
    [InlineData("m2 find v(b)", "m2 find v(a)", ".measure m2 is '.measure tran m2 find v(a) at=1' in the deck and '.measure tran m2 find v(b) at=1' in the run")]
    public void What_differs_is_named(string from, string to, string expected) =>
        Assert.Equal(expected, Assert.Single(DeckComparison.Differences(Deck, Deck.Replace(from, to, StringComparison.Ordinal))).Sentence);
}
