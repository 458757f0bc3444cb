using CircuitSim.Circuit.Crossbars;
using CircuitSim.TestSupport;

namespace CircuitSim.Circuit.Tests.Crossbars;

public sealed class CrossbarAdjointTests
{
    [Fact]
    [Trait("Kind", "closed form")]
    public void A_divider_has_the_derivative_of_its_formula()
    {
        // Gate of two devices: V = (G1·V1 + G2·V2)/(G1 + G2), dV/dG1 = (V1 − V)/(G1 + G2).
        var spec = new CrossbarSpec(2, 1, [1e-6, 3e-6], bitLineEnd: BitLineEnd.Open);

        CrossbarGradient gradient = CrossbarAdjoint.Create(spec).Gradient([1.0, 0.0], [1.0], [], []);

        // A few roundings.
        Close.Lists([0.75 / 4e-6, -0.25 / 4e-6], gradient.PerSiemens.Span, 0, 1e-14);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Derivatives_to_devices_wires_and_sources_match_central_differences()
    {
        for (int seed = 1; seed <= 100; seed++)
        {
            var random = new Random(seed);
            CrossbarSpec spec = RandomCrossbars.Any(random, 5);
            // Open and shorted lines from the 61st on.
            if (seed > 60) spec = RandomCrossbars.WithFaults(random, spec);
            double[] volts = RandomCrossbars.Volts(random, spec.WordLineCount);
            double endUnit = spec.BitLineEnd == BitLineEnd.Open ? 1 : 1e5;
            double[] e = RandomCrossbars.Volts(random, spec.BitLineCount, endUnit), q = RandomCrossbars.Volts(random, spec.WordLineCount, 1e5);
            var perSource = new double[volts.Length];

            CrossbarGradient gradient = CrossbarAdjoint.Create(spec).Gradient(volts, e, q, perSource);

            double[] g = spec.ConductanceSiemens.ToArray();
            double largest = gradient.PerSiemens.ToArray().Max(Math.Abs);
            for (int at = 0; at < g.Length; at++)
            {
                if (g[at] == 0) continue;
                int place = at;
                double expected = CentralDifference.Of(x => Loss(WithDevice(spec, g, place, x), volts, e, q), g[at], 0.01 * g[at]);
                // Step of 1 % to the fourth power; and rounding of losses of about 0.1 over a step.
                Close.Numbers(expected * g[at], gradient.PerSiemens.Span[at] * g[at], 1e-7 * largest * g[at] + 1e-12, 1e-6, $"seed {seed}: device {at}");
            }

            for (int i = 0; i < volts.Length; i++)
            {
                int line = i;
                double expected = CentralDifference.Of(x => Loss(spec, [.. volts.Select((v, k) => k == line ? x : v)], e, q), volts[i], 0.1);
                // Linear in the sources: the solver's tolerance over the step.
                Close.Numbers(expected, perSource[i], 1e-9, 1e-9, $"seed {seed}: source {i}");
            }

            CompareWire(gradient.PerWordLineSegmentOhm, x => WithWires(spec, wordOhms: x), spec.WordLineSegmentOhms);
            CompareWire(gradient.PerBitLineSegmentOhm, x => WithWires(spec, bitOhms: x), spec.BitLineSegmentOhms);
            CompareWire(gradient.PerSourceOhm, x => WithWires(spec, sourceOhms: x), spec.SourceOhms);
            if (spec.BitLineEnd == BitLineEnd.Ground)
                CompareWire(gradient.PerTerminalOhm, x => WithWires(spec, terminalOhms: x), spec.TerminalOhms);

            void CompareWire(double actual, Func<double, CrossbarSpec> with, double ohms)
            {
                // One-sided wires cannot be differenced at 0: compare a step further on, where the derivative has hardly moved.
                // Beside shorts of 0.1 ohm it moves sooner, and their currents round at 1e-16 A, times weights of 1e5.
                bool hasFaults = spec.Faults.Count > 0;
                double step = hasFaults ? 0.0005 : 0.2;
                bool isCentral = ohms > 2 * step;
                double expected = isCentral
                    ? CentralDifference.Of(x => Loss(with(x), volts, e, q), ohms, step)
                    : (Loss(with(ohms + step), volts, e, q) - Loss(with(ohms), volts, e, q)) / step;
                double relative = isCentral ? 1e-5 : hasFaults ? 5e-2 : 1e-2;
                // The solver's 1e-13 V, times weights of 1e5 on 1e-5 S, over the step; and the change of slope over a one-sided step.
                Close.Numbers(expected, actual, hasFaults ? 1e-6 : 1e-10, relative, $"seed {seed}: wire at {ohms} ohm");
            }
        }
    }

    private static double Loss(CrossbarSpec spec, double[] volts, double[] e, double[] q)
    {
        CrossbarOperatingPoint point = CrossbarSolver.Factorize(spec, new CrossbarSolverOptions { ToleranceVolts = 1e-15 }).Solve(volts);
        double[] ends = (spec.BitLineEnd == BitLineEnd.Open ? point.BitLineEndVolts : point.BitLineEndAmps).ToArray();
        return ends.Zip(e, (a, b) => a * b).Sum() + point.WordLineAmps.ToArray().Zip(q, (a, b) => a * b).Sum();
    }

    private static CrossbarSpec WithDevice(CrossbarSpec spec, double[] g, int at, double siemens)
    {
        double[] changed = [.. g];
        changed[at] = siemens;
        return spec.WithConductances(changed);
    }

    private static CrossbarSpec WithWires(
        CrossbarSpec spec, double? wordOhms = null, double? bitOhms = null, double? sourceOhms = null, double? terminalOhms = null) =>
        new CrossbarSpec(spec.WordLineCount, spec.BitLineCount, spec.ConductanceSiemens.Span, wordOhms ?? spec.WordLineSegmentOhms, bitOhms ?? spec.BitLineSegmentOhms,
            sourceOhms ?? spec.SourceOhms, terminalOhms ?? spec.TerminalOhms, spec.BitLineEnd, spec.Convention).WithFaults(spec.Faults);
}
