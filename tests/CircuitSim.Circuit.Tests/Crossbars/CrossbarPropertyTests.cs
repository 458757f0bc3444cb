using CircuitSim.Circuit.Crossbars;
using CircuitSim.TestSupport;
using FsCheck;
using FsCheck.Fluent;

namespace CircuitSim.Circuit.Tests.Crossbars;

/// <summary>Laws that every linear crossbar obeys, by either method. FsCheck draws the seed and prints it when a law fails.</summary>
public sealed class CrossbarPropertyTests
{
    // The solver's tolerance on voltages.
    private const double ToleranceVolts = 2e-12;

    [Fact]
    [Trait("Kind", "property")]
    public void Currents_balance_at_every_cross_point() => ForAnyCrossbar(spec: null, (random, spec) =>
    {
        double[] source = RandomCrossbars.Volts(random, spec.WordLineCount);

        CrossbarOperatingPoint point = SolverOf(random, spec).Solve(source, hasNodeVolts: true);

        // A voltage error of the tolerance moves a wire's current by at most its conductance times that.
        double amps = ToleranceVolts * (WireSiemens(spec) + 10 * 7.9e-6);
        (double[] word, double[] bit) = Imbalance(spec, source, point);
        Close.Lists(new double[word.Length], word, amps, what: "word-line node");
        Close.Lists(new double[bit.Length], bit, amps, what: "bit-line node");
    });

    [Fact]
    [Trait("Kind", "property")]
    public void Responses_to_sources_add_up() => ForAnyCrossbar(spec: null, (random, spec) =>
    {
        double[] first = RandomCrossbars.Volts(random, spec.WordLineCount), second = RandomCrossbars.Volts(random, spec.WordLineCount);
        double[] sum = [.. first.Zip(second, (a, b) => 2 * a - b)];
        CrossbarSolver solver = SolverOf(random, spec);

        double[] separate = [.. Ends(solver, first).Zip(Ends(solver, second), (a, b) => 2 * a - b)];

        // Three solves, each within the tolerance.
        Close.Lists(separate, Ends(solver, sum), 4 * ToleranceVolts);
    });

    [Fact]
    [Trait("Kind", "property")]
    public void Source_currents_are_reciprocal() => ForAnyCrossbar(spec: null, (random, spec) =>
    {
        int a = random.Next(spec.WordLineCount), b = random.Next(spec.WordLineCount);
        CrossbarSolver solver = SolverOf(random, spec);

        double fromA = solver.Solve(Unit(spec, a)).WordLineAmps.Span[b];
        double fromB = solver.Solve(Unit(spec, b)).WordLineAmps.Span[a];

        // Voltage error times the conductance of a whole line.
        Close.Numbers(fromA, fromB, ToleranceVolts * 10 * 7.9e-6, 1e-10);
    });

    [Fact]
    [Trait("Kind", "property")]
    public void No_node_leaves_the_range_of_its_sources_and_ground() => ForAnyCrossbar(spec: null, (random, spec) =>
    {
        double[] source = RandomCrossbars.Volts(random, spec.WordLineCount);
        double low = source.Min(), high = source.Max();
        if (spec.BitLineEnd == BitLineEnd.Ground) (low, high) = (Math.Min(low, 0), Math.Max(high, 0));

        CrossbarOperatingPoint point = SolverOf(random, spec).Solve(source, hasNodeVolts: true);

        foreach (double volts in point.WordLineNodeVolts.ToArray().Concat(point.BitLineNodeVolts.ToArray()))
            Assert.InRange(volts, low - ToleranceVolts, high + ToleranceVolts);
    });

    [Fact]
    [Trait("Kind", "property")]
    public void Scaling_all_conductances_and_wires_leaves_voltages_alone_and_scales_currents() => ForAnyCrossbar(spec: null, (random, spec) =>
    {
        const double Factor = 16;
        double[] source = RandomCrossbars.Volts(random, spec.WordLineCount);
        double[] g = [.. spec.ConductanceSiemens.ToArray().Select(x => x * Factor)];
        var scaled = new CrossbarSpec(spec.WordLineCount, spec.BitLineCount, g, spec.WordLineSegmentOhms / Factor, spec.BitLineSegmentOhms / Factor,
            spec.SourceOhms / Factor, spec.TerminalOhms / Factor, spec.BitLineEnd, spec.Convention);

        double[] before = Ends(SolverOf(random, spec), source), after = Ends(SolverOf(random, scaled), source);

        double factor = spec.BitLineEnd == BitLineEnd.Open ? 1 : Factor;
        // A factor of a power of two changes no digit; the tolerance decides.
        Close.Lists([.. before.Select(x => x * factor)], after, factor * ToleranceVolts);
    });

    [Fact]
    [Trait("Kind", "property")]
    public void A_common_source_voltage_appears_at_every_open_end() => ForAnyCrossbar(BitLineEnd.Open, (random, spec) =>
    {
        double[] source = [.. Enumerable.Repeat(0.2, spec.WordLineCount)];

        CrossbarOperatingPoint point = SolverOf(random, spec).Solve(source);

        Close.Lists([.. Enumerable.Repeat(0.2, spec.BitLineCount)], point.BitLineEndVolts.Span, ToleranceVolts);
    });

    [Fact]
    [Trait("Kind", "property")]
    public void Swapping_word_and_bit_lines_swaps_what_drives_and_what_answers() => ForAnyCrossbar(BitLineEnd.Ground, (random, spec) =>
    {
        double[] u = RandomCrossbars.Volts(random, spec.WordLineCount), v = RandomCrossbars.Volts(random, spec.BitLineCount);

        double[] ends = SolverOf(random, spec).Solve(u).BitLineEndAmps.ToArray();
        double[] swapped = SolverOf(random, Swapped(spec)).Solve([.. v.Reverse()]).BitLineEndAmps.ToArray();

        double forwards = ends.Zip(v, (amps, volts) => amps * volts).Sum(), backwards = swapped.Reverse().Zip(u, (amps, volts) => amps * volts).Sum();
        // Watts: a voltage error on each device of 7.9 µS at a quarter volt.
        Close.Numbers(forwards, backwards, 0.25 * ToleranceVolts * 7.9e-6 * spec.ConductanceSiemens.Length, 1e-10);
    });

    [Fact]
    [Trait("Kind", "property")]
    public void Solving_again_or_on_two_threads_gives_the_same_bits() => ForAnyCrossbar(spec: null, (random, spec) =>
    {
        double[] source = RandomCrossbars.Volts(random, spec.WordLineCount), other = RandomCrossbars.Volts(random, spec.WordLineCount);
        foreach (CrossbarMethod method in (CrossbarMethod[])[CrossbarMethod.Automatic, CrossbarMethod.Cholesky])
        {
            var options = new CrossbarSolverOptions { Method = method };
            CrossbarSolver solver = CrossbarSolver.Factorize(spec, options);
            double[] first = Nodes(solver.Solve(source, hasNodeVolts: true));
            var beside = new double[2][];

            _ = solver.Solve(other);
            double[] again = Nodes(solver.Solve(source, hasNodeVolts: true));
            Parallel.For(0, 2, k => beside[k] = Nodes(CrossbarSolver.Factorize(spec, options).Solve(source, hasNodeVolts: true)));

            Assert.Equal(first, again);
            Assert.Equal(first, beside[0]);
            Assert.Equal(first, beside[1]);
        }
    });

    // What drove a line becomes what ends it, so both orders turn round.
    private static CrossbarSpec Swapped(CrossbarSpec spec)
    {
        int m = spec.WordLineCount, n = spec.BitLineCount;
        var g = new double[m * n];
        for (int i = 0; i < m; i++)
            for (int j = 0; j < n; j++) g[(n - 1 - j) * m + m - 1 - i] = spec[i, j];
        return new CrossbarSpec(n, m, g, spec.BitLineSegmentOhms, spec.WordLineSegmentOhms, spec.TerminalOhms, spec.SourceOhms, spec.BitLineEnd, spec.Convention);
    }

    private static double[] Nodes(CrossbarOperatingPoint point) =>
        [.. point.WordLineNodeVolts.Span, .. point.BitLineNodeVolts.Span, .. point.BitLineEndAmps.Span, .. point.WordLineAmps.Span];

    private static CrossbarSolver SolverOf(Random random, CrossbarSpec spec) => CrossbarSolver.Factorize(
        spec, new CrossbarSolverOptions { Method = random.Next(2) == 0 ? CrossbarMethod.Automatic : CrossbarMethod.Cholesky });

    private static void ForAnyCrossbar(BitLineEnd? spec, Action<Random, CrossbarSpec> law) =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue - 1).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            law(random, RandomCrossbars.Any(random, 12, spec));
        }).QuickCheckThrowOnFailure();

    private static double[] Ends(CrossbarSolver solver, double[] source)
    {
        CrossbarOperatingPoint point = solver.Solve(source);
        // Currents into grounded ends, as the voltage they make on a typical 100 kΩ.
        return solver.Spec.BitLineEnd == BitLineEnd.Open
            ? point.BitLineEndVolts.ToArray()
            : [.. point.BitLineEndAmps.ToArray().Select(amps => 1e4 * amps)];
    }

    private static double[] Unit(CrossbarSpec spec, int wordLine)
    {
        var source = new double[spec.WordLineCount];
        source[wordLine] = 1;
        return source;
    }

    private static double WireSiemens(CrossbarSpec spec)
    {
        double siemens = 0;
        foreach (double ohms in (double[])[spec.WordLineSegmentOhms, spec.BitLineSegmentOhms, spec.SourceOhms, spec.TerminalOhms])
            if (ohms > 0) siemens += 4 / ohms;
        return siemens;
    }

    // Sum of currents into each line or node; merged nodes are summed over their line.
    private static (double[] Word, double[] Bit) Imbalance(CrossbarSpec spec, double[] source, CrossbarOperatingPoint point)
    {
        int m = spec.WordLineCount, n = spec.BitLineCount;
        var word = new double[m * n];
        var bit = new double[m * n];
        ReadOnlySpan<double> w = point.WordLineNodeVolts.Span, b = point.BitLineNodeVolts.Span;
        for (int i = 0; i < m; i++)
            for (int j = 0; j < n; j++)
            {
                int at = i * n + j;
                double device = spec[i, j] * (w[at] - b[at]);
                word[spec.WordLineSegmentOhms > 0 ? at : i * n] -= device;
                bit[spec.BitLineSegmentOhms > 0 ? at : (m - 1) * n + j] += device;
                if (spec.WordLineSegmentOhms > 0 && j > 0) Flow(word, at - 1, at, (w[at - 1] - w[at]) / spec.WordLineSegmentOhms);
                if (spec.BitLineSegmentOhms > 0 && i > 0) Flow(bit, at - n, at, (b[at - n] - b[at]) / spec.BitLineSegmentOhms);
            }

        for (int i = 0; i < m; i++) word[i * n] += point.WordLineAmps.Span[i];
        for (int j = 0; j < n; j++) bit[(m - 1) * n + j] -= point.BitLineEndAmps.Span[j];
        Assert.Equal(m, source.Length);
        return (word, bit);
    }

    private static void Flow(double[] into, int from, int to, double amps)
    {
        into[from] -= amps;
        into[to] += amps;
    }
}
