using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Errors;
using CircuitSim.Mapping.Variation;
using CircuitSim.TestSupport;

namespace CircuitSim.Mapping.Tests.Variation;

public class LineFaultRatesTests
{
    private static readonly LineFaultRates Rates = new()
    {
        OpenWordLines = 0.05,
        OpenBitLines = 0.04,
        ShortedWordLines = 0.03,
        ShortedBitLines = 0.02,
        DeadDrivers = 0.01,
        ShortOhms = 50,
    };

    [Fact]
    [Trait("Kind", "property")]
    public void Each_kind_comes_as_often_as_its_rate_and_anywhere_along_the_line()
    {
        const int chips = 400, m = 40, n = 60;
        LineFault[] all = [.. Enumerable.Range(1, chips).SelectMany(seed => Rates.Draw(0, m, n, (ulong)seed))];

        // Four standard deviations of a binomial count.
        Count(LineFaultKind.ShortedWordLines, 0.03, m - 1);
        Count(LineFaultKind.ShortedBitLines, 0.02, n - 1);
        Count(LineFaultKind.OpenBitLine, 0.04, n);
        Close.Numbers((n - 1) / 2.0, all.Where(f => f.Kind == LineFaultKind.ShortedWordLines).Average(f => f.BitLine), 4);
        Close.Numbers((m - 1) / 2.0, all.Where(f => f.Kind == LineFaultKind.OpenBitLine).Average(f => f.WordLine), 3);
        Assert.All(all.Where(f => f.Kind is LineFaultKind.ShortedBitLines or LineFaultKind.ShortedWordLines), f => Assert.Equal(50, f.Ohms));

        void Count(LineFaultKind kind, double rate, int lines)
        {
            double trials = (double)chips * lines;
            Close.Numbers(rate * trials, all.Count(f => f.Kind == kind), 4 * Math.Sqrt(trials * rate * (1 - rate)));
        }
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Draws_depend_on_the_seed_the_layer_and_the_line_alone()
    {
        Assert.Equal(Rates.Draw(1, 300, 200, 9), Rates.Draw(1, 300, 200, 9));
        Assert.NotEqual(Rates.Draw(1, 300, 200, 9), Rates.Draw(0, 300, 200, 9));
        Assert.NotEqual(Rates.Draw(1, 300, 200, 9), Rates.Draw(1, 300, 200, 8));
        // Another kind's rate does not move the faults of this one.
        LineFault[] alone = [.. (Rates with { OpenWordLines = 0, OpenBitLines = 0, DeadDrivers = 0 }).Draw(0, 100, 100, 3)];
        Assert.Equal(alone, Rates.Draw(0, 100, 100, 3).Where(f => f.Kind is LineFaultKind.ShortedWordLines or LineFaultKind.ShortedBitLines));
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_line_that_breaks_at_its_driver_and_loses_it_has_one_fault()
    {
        IReadOnlyList<LineFault> faults = new LineFaultRates { OpenWordLines = 1, DeadDrivers = 1 }.Draw(0, 5, 1, 1);

        Assert.Equal([.. Enumerable.Range(0, 5).Select(LineFault.DeadDriver)], faults);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Rates_beyond_one_are_all_listed()
    {
        var e = Assert.Throws<InvalidDesignException>(() => new LineFaultRates { OpenBitLines = 1.5, DeadDrivers = -1, ShortOhms = 0 }.Draw(0, 2, 2, 1));

        Assert.Equal(3, e.Violations.Count);
        Assert.Contains("from 0 to 1", e.Message, StringComparison.Ordinal);
    }
}
