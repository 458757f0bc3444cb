using System.Text.Json;
using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Errors;
using CircuitSim.TestSupport;

namespace CircuitSim.Circuit.Tests.Crossbars;

public sealed class NonlinearCrossbarSolverTests
{
    /// <summary>I = G·V + NL2(G)·V² + NL3(G)·V³ as the fixture states it.</summary>
    private sealed record FixtureLaw : DeviceLaw
    {
        public override double ScaleVolts => double.PositiveInfinity;

        public override DeviceCurrent Evaluate(double siemens, double volts)
        {
            double l = Math.Log10(siemens);
            double second = 0.0001388 * l * l * l + 0.001541 * l * l + 0.005711 * l + 0.007063;
            double third = 8.8710e-5 * l * l + 6.7919e-4 * l + 1.2968e-3;
            return new DeviceCurrent(
                siemens * volts + second * volts * volts + third * volts * volts * volts,
                siemens + 2 * second * volts + 3 * third * volts * volts);
        }
    }

    [SkippableFact]
    [Trait("Kind", "peer")]
    public void The_shared_nonlinear_crossbar_matches_its_dense_Newton_and_ngspice()
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllText(Repository.SharedFile("fixtures/nonlinear_iv.json")));
        JsonElement root = file.RootElement;
        double ohms = root.GetProperty("r_ohm").GetDouble();
        var spec = new CrossbarSpec(3, 4, Flat(root.GetProperty("conductance_s")), ohms, ohms);

        CrossbarOperatingPoint point = NonlinearCrossbarSolver.Create(spec, new FixtureLaw()).Solve(Flat(root.GetProperty("applied_v")));

        // Newton's tolerance of 1e-12 V on devices of about 1e-4 S.
        Close.Lists(Flat(root.GetProperty("output_a")), point.BitLineEndAmps.Span, 1e-15, 1e-11, "output");
        Close.Lists(Flat(root.GetProperty("word_line_v")), point.WordLineNodeVolts.Span, 5e-12, 0, "word line");
        Close.Lists(Flat(root.GetProperty("bit_line_v")), point.BitLineNodeVolts.Span, 5e-12, 0, "bit line");
        // ngspice's own convergence, about 1e-11 relative.
        Close.Lists(Flat(root.GetProperty("ngspice39_output_a")), point.BitLineEndAmps.Span, 0, 1e-9, "ngspice");
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void One_sinh_device_between_ideal_wires_carries_its_law()
    {
        var spec = new CrossbarSpec(1, 1, [1e-6]);

        CrossbarOperatingPoint point = NonlinearCrossbarSolver.Create(spec, new SinhLaw(3)).Solve([1.2]);

        // One evaluation of the law.
        Close.Numbers(1e-6 * Math.Sinh(3.6) / 3, point.BitLineEndAmps.Span[0], 0, 1e-13);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Device_currents_of_any_law_balance_at_every_line()
    {
        for (int seed = 1; seed <= 60; seed++)
        {
            var random = new Random(seed);
            CrossbarSpec spec = RandomCrossbars.Any(random, 9);
            double[] source = RandomCrossbars.Volts(random, spec.WordLineCount, 1.5);
            DeviceLaw law = seed % 2 == 0 ? new SinhLaw(4) : new CubicLaw(0.05, 0.3);

            CrossbarOperatingPoint point = NonlinearCrossbarSolver.Create(spec, law).Solve(source);

            for (int j = 0; j < spec.BitLineCount; j++)
            {
                double amps = 0;
                for (int i = 0; i < spec.WordLineCount; i++)
                {
                    int at = i * spec.BitLineCount + j;
                    if (spec[i, j] > 0) amps += law.Evaluate(spec[i, j], point.WordLineNodeVolts.Span[at] - point.BitLineNodeVolts.Span[at]).Amps;
                }

                // Newton's 1e-12 V on slopes of up to 200 times 8 µS, nine devices a line.
                Close.Numbers(amps, point.BitLineEndAmps.Span[j], 2e-14, 0, $"seed {seed}, bit line {j}");
            }
        }
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_gentle_sinh_is_ohmic()
    {
        var random = new Random(4);
        CrossbarSpec spec = RandomCrossbars.Ordinary(random, 8, 6);
        double[] source = RandomCrossbars.Volts(random, 8);

        ReadOnlySpan<double> nonlinear = NonlinearCrossbarSolver.Create(spec, new SinhLaw(1e-5)).Solve(source).BitLineEndVolts.Span;

        // (bV)²/6 of the voltage, and both solvers' tolerances.
        Close.Lists(CrossbarSolver.Factorize(spec).Solve(source).BitLineEndVolts.Span, nonlinear, 5e-12);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_law_that_falls_is_refused_with_device_and_voltage()
    {
        var spec = new CrossbarSpec(1, 1, [1e-6]);

        InvalidDesignException error = Assert.Throws<InvalidDesignException>(() => NonlinearCrossbarSolver.Create(spec, new CubicLaw(0, -1)).Solve([1.0]));

        Assert.Contains("word line 1, bit line 1", error.Message, StringComparison.Ordinal);
    }

    private static double[] Flat(JsonElement element) => element.ValueKind == JsonValueKind.Array
        ? [.. element.EnumerateArray().SelectMany(Flat)]
        : [element.GetDouble()];
}
