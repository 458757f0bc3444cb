using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Errors;
using CircuitSim.TestSupport;

namespace CircuitSim.Circuit.Tests.Crossbars;

/// <summary>The stated error bounds the true one, which a dense solution in twice the precision gives.</summary>
public sealed class CrossbarBoundTests
{
    // All of a thousand take about a minute.
    private static readonly int s_count = int.Parse(Environment.GetEnvironmentVariable("CIRCUITSIM_CROSSBARS") ?? "150", System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    [Trait("Kind", "property")]
    public void The_stated_error_bounds_the_true_one_whatever_the_resistances()
    {
        int withFaults = 0, unconverged = 0;
        for (int seed = 1; seed <= s_count; seed++)
        {
            var random = new Random(seed);
            CrossbarSpec spec = RandomCrossbars.Hostile(random);
            double[] volts = RandomCrossbars.HostileVolts(random, spec.WordLineCount);
            ExactOracle exact = ExactOracle.Of(spec, volts);
            if (spec.Faults.Count > 0) withFaults++;
            foreach (CrossbarMethod method in new[] { CrossbarMethod.Automatic, CrossbarMethod.Cholesky, CrossbarMethod.LineConjugateGradients })
            {
                if (method == CrossbarMethod.LineConjugateGradients && (spec.WordLineSegmentOhms == 0 || spec.BitLineSegmentOhms == 0)) continue;
                CrossbarOperatingPoint point;
                try
                {
                    point = CrossbarSolver.Factorize(spec, new CrossbarSolverOptions { Method = method, BoundsError = true }).Solve(volts, hasNodeVolts: true);
                }
                catch (ConvergenceException) when (method == CrossbarMethod.LineConjugateGradients)
                {
                    unconverged++;
                    continue;
                }

                Check(spec, volts, exact, point, $"seed {seed}, {method}");
            }
        }

        Assert.True(withFaults > s_count / 4, "many crossbars have faults");
        // Conjugate gradients may say that wires far above devices are not for them; most they do solve.
        Assert.True(unconverged < s_count / 4, $"{unconverged} did not converge");
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Large_crossbars_are_bounded_without_a_factor()
    {
        foreach ((int m, int n, BitLineEnd end) in new[] { (130, 110, BitLineEnd.Ground), (100, 140, BitLineEnd.Open) })
        {
            var random = new Random(m);
            CrossbarSpec spec = RandomCrossbars.Ordinary(random, m, n, end);
            double[] volts = RandomCrossbars.Volts(random, m);
            CrossbarOperatingPoint expected = CrossbarSolver.Factorize(
                spec, new CrossbarSolverOptions { Method = CrossbarMethod.Cholesky, BoundsError = true }).Solve(volts, hasNodeVolts: true);

            CrossbarOperatingPoint point = CrossbarSolver.Factorize(
                spec, new CrossbarSolverOptions { Method = CrossbarMethod.LineConjugateGradients, BoundsError = true }).Solve(volts, hasNodeVolts: true);

            // Both are bounds of their own.
            double bound = expected.ErrorEstimateVolts + point.ErrorEstimateVolts;
            // A rounding of 0.25 V is 3e-17 V.
            Assert.InRange(point.ErrorEstimateVolts, 1e-18, 1e-15);
            Close.Lists(expected.WordLineNodeVolts.Span, point.WordLineNodeVolts.Span, bound);
            Close.Lists(expected.BitLineNodeVolts.Span, point.BitLineNodeVolts.Span, bound);
            Close.Lists(expected.BitLineEndAmps.Span, point.BitLineEndAmps.Span, expected.EndAmpsErrorBound!.Value + point.EndAmpsErrorBound!.Value);
        }
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Without_a_bound_currents_and_voltages_are_right_to_a_few_roundings_of_what_cancels()
    {
        for (int seed = 1; seed <= s_count; seed++)
        {
            var random = new Random(seed);
            CrossbarSpec spec = RandomCrossbars.Hostile(random);
            double[] volts = RandomCrossbars.HostileVolts(random, spec.WordLineCount);
            ExactOracle exact = ExactOracle.Of(spec, volts), apart = ExactOracle.Of(spec, [.. volts.Select(Math.Abs)]);
            CrossbarOperatingPoint point = CrossbarSolver.Factorize(spec, new CrossbarSolverOptions { Method = CrossbarMethod.Cholesky }).Solve(volts, hasNodeVolts: true);
            CrossbarOperatingPoint ports = TransferMatrix.Compute(spec).Solve(volts);

            for (int at = 0; at < spec.ConductanceSiemens.Length; at++)
            {
                Close.Numbers(exact.WordVolts(at).High, point.WordLineNodeVolts.Span[at], point.ErrorEstimateVolts + 1e-16, 1e-15, $"seed {seed}: word-line node {at}");
                Close.Numbers(exact.BitVolts(at).High, point.BitLineNodeVolts.Span[at], point.ErrorEstimateVolts + 1e-16, 1e-15, $"seed {seed}: bit-line node {at}");
            }

            for (int j = 0; j < spec.BitLineCount; j++)
            {
                // What all sources make by themselves, of which a few dozen roundings get into a current.
                double scale = Math.Abs(apart.EndAmps(j).Amps.High);
                Close.Numbers(exact.EndAmps(j).Amps.High, point.BitLineEndAmps.Span[j], 1e-13 * scale, 0, $"seed {seed}: end {j + 1}");
                if (spec.HasShortedLines) continue;
                Close.Numbers(exact.EndAmps(j).Amps.High, ports.BitLineEndAmps.Span[j], 1e-13 * scale, 0, $"seed {seed}: end {j + 1} of the transfer matrix");
                Close.Numbers(exact.EndVolts(j).High, ports.BitLineEndVolts.Span[j], ports.ErrorEstimateVolts, 0, $"seed {seed}: end volts {j + 1} of the transfer matrix");
            }
        }
    }

    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData(1e6)]
    [InlineData(1e9)]
    [InlineData(1e12)]
    [InlineData(1e15)]
    [InlineData(1e40)]
    public void A_device_near_a_short_leaves_its_bit_line_the_current_of_its_feed(double siemens)
    {
        // Source and first segment, the device, then segments to ground: a loop of one device with a weak one beside it.
        var spec = new CrossbarSpec(1, 1, [siemens], 2.5, 2.5, 100);
        foreach (CrossbarMethod method in new[] { CrossbarMethod.Automatic, CrossbarMethod.Cholesky })
        {
            CrossbarOperatingPoint point = CrossbarSolver.Factorize(spec, new CrossbarSolverOptions { Method = method }).Solve([0.2]);

            // A few roundings.
            Close.Numbers(0.2 / (100 + 5 + 1 / siemens), point.BitLineEndAmps.Span[0], 0, 1e-14);
            Close.Numbers(0.2 / (100 + 5 + 1 / siemens), point.WordLineAmps.Span[0], 0, 1e-14);
        }
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Overflow_is_refused_and_names_the_device()
    {
        var spec = new CrossbarSpec(1, 2, [1e-6, 1e300]);
        var weak = new CrossbarSpec(1, 2, [1e-6, 1e-320], 1, 1, bitLineEnd: BitLineEnd.Open);

        SingularSystemException large = Assert.Throws<SingularSystemException>(() => CrossbarSolver.Factorize(spec).Solve([1e10]));
        Exception? small = Record.Exception(() => CrossbarSolver.Factorize(weak).Solve([1]));

        Assert.Contains("word line 1, bit line 2", large.Message, StringComparison.Ordinal);
        Assert.True(small is null or CircuitSimException, small?.ToString());
    }

    private static void Check(CrossbarSpec spec, double[] volts, ExactOracle exact, CrossbarOperatingPoint point, string what)
    {
        Assert.True(point.IsErrorBounded);
        double bound = point.ErrorEstimateVolts, largest = volts.Max(Math.Abs);
        // Eight roundings of the largest source are part of every bound, and a quarter of one may be left unrefined.
        Assert.True(bound <= 4e-15 * largest, $"{what}: stated error {bound:R} V of {largest:R} V");
        for (int at = 0; at < spec.ConductanceSiemens.Length; at++)
        {
            Within(exact.WordVolts(at), point.WordLineNodeVolts.Span[at], bound, $"{what}: word-line node {at}");
            Within(exact.BitVolts(at), point.BitLineNodeVolts.Span[at], bound, $"{what}: bit-line node {at}");
        }

        for (int j = 0; j < spec.BitLineCount; j++)
        {
            (Circuit.Linear.DoubleDouble amps, double magnitude) = exact.EndAmps(j);
            Within(amps, point.BitLineEndAmps.Span[j], point.EndAmpsErrorBound!.Value, $"{what}: end {j + 1}");
            // Refined currents are right to their last digits, up to what cancels among the branches of an ideal end; where little flows, up to 1e-21 V is left.
            Within(amps, point.BitLineEndAmps.Span[j], 1e-13 * magnitude + 1e-21, $"{what}: end {j + 1}, digits");
            Within(exact.EndVolts(j), point.BitLineEndVolts.Span[j], bound, $"{what}: end volts {j + 1}");
        }
    }

    private static void Within(Circuit.Linear.DoubleDouble expected, double actual, double bound, string what)
    {
        double error = Math.Abs((expected - actual).High);
        // The oracle rounds as well, thirty digits down.
        Assert.True(error <= bound + 1e-30 * Math.Abs(actual), FormattableString.Invariant($"{what}: {actual:R} is {error:R} off, stated {bound:R}"));
    }
}
