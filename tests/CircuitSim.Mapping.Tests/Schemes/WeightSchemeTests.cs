using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Randomness;
using CircuitSim.Mapping.Devices;
using CircuitSim.Mapping.Schemes;
using CircuitSim.TestSupport;

namespace CircuitSim.Mapping.Tests.Schemes;

public class WeightSchemeTests
{
    private const double Low = 1e-6, High = 10e-6, MaximumWeight = 0.7;
    private const int Inputs = 9, Outputs = 5;

    public static TheoryData<WeightScheme> Schemes =>
    [
        .. from lines in Enum.GetValues<PairLines>() from sides in Enum.GetValues<PairSides>() select new DifferentialPairScheme(Low, High, MaximumWeight, lines, sides),
        new OffsetScheme(Low, High, MaximumWeight),
    ];

    [Theory]
    [MemberData(nameof(Schemes))]
    [Trait("Kind", "property")]
    public void Weights_come_back_and_conductances_stay_in_the_window(WeightScheme scheme)
    {
        double[] weights = Weights();

        double[] siemens = scheme.ToConductances(weights, Inputs, Outputs);

        (int wordLines, int bitLines) = scheme.Shape(Inputs, Outputs);
        Assert.Equal(wordLines * bitLines, siemens.Length);
        Assert.All(siemens, g => Assert.InRange(g, Low, High));
        // Sums of conductances up to 10 µS with 2⁻⁵³ each, over at least 4.5 µS for a weight of 0.7: below four roundings of a weight of 2.
        Close.Lists(weights, scheme.ToWeights(siemens, Inputs, Outputs), 8 * Math.ScaleB(1, -53));
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    [Trait("Kind", "closed form")]
    public void The_crossbar_computes_the_weighted_sums(WeightScheme scheme)
    {
        double[] weights = Weights();
        double[] volts = [.. Enumerable.Range(0, Inputs).Select(i => 0.1 * Math.Sin(i + 1))];
        (int wordLines, int bitLines) = scheme.Shape(Inputs, Outputs);
        var crossbar = new CrossbarSpec(wordLines, bitLines, scheme.ToConductances(weights, Inputs, Outputs), bitLineEnd: BitLineEnd.Ground);
        double[] drive = scheme.WordLineVolts(volts), amps = new double[bitLines];
        for (int i = 0; i < wordLines; i++)
            for (int j = 0; j < bitLines; j++) amps[j] += drive[i] * crossbar.ConductanceSiemens.Span[i * bitLines + j];

        double[] sums = scheme.Outputs(amps);

        Assert.Equal(Outputs, sums.Length);
        for (int j = 0; j < Outputs; j++)
        {
            double expected = Enumerable.Range(0, Inputs).Sum(i => volts[i] * weights[i * Outputs + j]);
            // Up to 18 currents of 1 µA with 2⁻⁵³ each, over 6 µS a weight.
            Close.Numbers(expected, sums[j], 1e-14);
        }
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    [Trait("Kind", "closed form")]
    public void Range_and_offset_are_what_the_extreme_weights_and_the_weight_of_zero_make(WeightScheme scheme)
    {
        double[] zero = scheme.ToConductances([0], 1, 1), full = scheme.ToConductances([MaximumWeight], 1, 1);

        Assert.All(zero, g => Close.Numbers(scheme.OffsetSiemens, g, 0, 1e-15));
        // Both conductances are rounded once at 10 µS.
        Close.Numbers(scheme.RangeSiemens, full[0] - full[1], 4e-21);
        Close.Numbers(scheme is OffsetScheme ? 4.5e-6 : 9e-6, scheme.RangeSiemens, 0, 1e-15);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void One_sided_pairs_carry_less_current_and_two_sided_pairs_a_constant_sum()
    {
        double[] weights = Weights();

        double[] one = new DifferentialPairScheme(Low, High, MaximumWeight, PairLines.TwoBitLines, PairSides.OneSided).ToConductances(weights, Inputs, Outputs);
        double[] two = new DifferentialPairScheme(Low, High, MaximumWeight, PairLines.TwoBitLines, PairSides.TwoSided).ToConductances(weights, Inputs, Outputs);

        for (int i = 0; i < weights.Length; i++)
        {
            Assert.Equal(Low, Math.Min(one[2 * i], one[2 * i + 1]));
            Close.Numbers(Low + High, two[2 * i] + two[2 * i + 1], 0, 1e-15);
        }

        Assert.True(one.Sum() < two.Sum());
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    [Trait("Kind", "property")]
    public void Rounded_to_a_cards_levels_weights_are_off_by_at_most_half_a_level(WeightScheme scheme)
    {
        LevelPlan plan = LevelPlan.At(PublishedCards.GenericWang.Levels);
        double[] weights = Weights(), siemens = scheme.ToConductances(weights, Inputs, Outputs);
        plan.Round(siemens, LevelRounding.Nearest, 1, "a", siemens);

        double[] rounded = scheme.ToWeights(siemens, Inputs, Outputs);

        // A level is 1/15 of the window; a pair has two devices that round.
        double half = 0.5 * (High - Low) / 15 / scheme.SiemensPerWeight;
        Close.Lists(weights, rounded, 2 * half * (1 + 1e-12));
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Weights_and_windows_out_of_range_are_refused()
    {
        var scheme = new OffsetScheme(Low, High, MaximumWeight);

        var e = Assert.Throws<InvalidDesignException>(() => scheme.ToConductances([0.1, 0.8, double.NaN, -0.7], 2, 2));
        Assert.Contains("Weight (input 1, output 2) is 0.8", e.Message, StringComparison.Ordinal);
        Assert.Contains("2 weights are outside", e.Message, StringComparison.Ordinal);
        Assert.Equal(2, Assert.Throws<InvalidDesignException>(() => new OffsetScheme(2e-6, 1e-6, 0)).Violations.Count);
        Assert.Throws<ArgumentException>(() => scheme.ToConductances([0.1], 2, 2));
    }

    private static double[] Weights()
    {
        var random = new CounterRandom(3, "weights");
        double[] weights = [.. Enumerable.Range(0, Inputs * Outputs).Select(i => random.Uniform((ulong)i, -MaximumWeight, MaximumWeight))];
        (weights[0], weights[1], weights[2]) = (MaximumWeight, -MaximumWeight, 0);
        return weights;
    }
}
