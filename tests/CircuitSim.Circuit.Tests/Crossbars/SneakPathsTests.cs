using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Linear;
using CircuitSim.TestSupport;

namespace CircuitSim.Circuit.Tests.Crossbars;

public sealed class SneakPathsTests
{
    // Two word lines with source conductance s, two open bit lines, four devices G: one source at 1 V puts (1 + d)/2 on its own word line and
    // (1 − d)/2 on the other, d = s/(s + 2G), and half of either on each bit line.
    [Fact]
    [Trait("Kind", "closed form")]
    public void Two_by_two_with_source_resistance_has_a_closed_form()
    {
        const double g = 5e-6, ohms = 4e4;
        var spec = new CrossbarSpec(2, 2, [g, g, g, g], sourceOhms: ohms, bitLineEnd: BitLineEnd.Open);
        double d = 1 / ohms / (1 / ohms + 2 * g);

        SneakPaths paths = SneakPaths.Compute(spec);

        // The word line's voltage is solved to 1e-12 V.
        Close.Lists([0.5, 0.5, 0.5, 0.5], paths.Response.Span, 1e-12);
        Close.Lists([(1 + d) / 4, (1 + d) / 4, (1 + d) / 4, (1 + d) / 4], paths.Direct.Span, 1e-12);
        Close.Numbers((1 - d) / 2, paths.PathShare(1), 2e-12);
        Close.Numbers((1 - d) / 4 * 0.3, paths.Sneak(0, [0.5, -0.2]), 1e-12);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Ideal_wires_leave_no_sneak_path()
    {
        var random = new Random(1);
        double[] g = [.. Enumerable.Range(0, 20).Select(_ => 1e-6 * random.NextDouble())];

        foreach (BitLineEnd end in Enum.GetValues<BitLineEnd>())
        {
            SneakPaths paths = SneakPaths.Compute(new CrossbarSpec(5, 4, g, terminalOhms: end == BitLineEnd.Ground ? 1000 : 0, bitLineEnd: end));
            Assert.All(Enumerable.Range(0, 4), j => Assert.Equal(0, paths.PathShare(j)));
        }
    }

    [Fact]
    [Trait("Kind", "property")]
    public void What_is_not_direct_enters_through_devices_of_other_word_lines()
    {
        int compared = 0;
        for (int seed = 1; seed <= 60; seed++)
        {
            var random = new Random(seed);
            CrossbarSpec spec = RandomCrossbars.Any(random);
            SneakPaths paths = SneakPaths.Compute(spec, threadCount: 1 + seed % 2);
            (int m, int n) = (spec.WordLineCount, spec.BitLineCount);
            using CrossbarSolver solver = CrossbarSolver.Factorize(spec);
            double[][] ends = [.. Enumerable.Range(0, n).Select(j => EndOfOneLine(spec, j))];
            for (int i = 0; i < m; i++)
            {
                var source = new double[m];
                source[i] = 1;
                ReadOnlySpan<double> word = solver.Solve(source, hasNodeVolts: true).WordLineNodeVolts.Span;
                for (int j = 0; j < n; j++)
                {
                    double sneak = 0;
                    for (int other = 0; other < m; other++) sneak += other == i ? 0 : ends[j][other] * word[other * n + j];
                    double response = paths.Response.Span[j * m + i];
                    // Open ends: volts per volt. Ends in ground: siemens, of devices of 1e-5 S. Nodes are solved to 1e-12 V.
                    double unit = spec.BitLineEnd == BitLineEnd.Open ? 1 : 1e-5;
                    Close.Numbers(sneak, response - paths.Direct.Span[j * m + i], 2e-11 * unit, what: $"seed {seed}, source {i}, bit line {j}");
                    compared++;
                }
            }
        }

        Assert.True(compared > 500);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void With_faults_every_share_is_between_none_and_all()
    {
        for (int seed = 1; seed <= 40; seed++)
        {
            var random = new Random(seed);
            CrossbarSpec spec = RandomCrossbars.WithFaults(random, RandomCrossbars.Any(random, end: BitLineEnd.Open));
            SneakPaths paths = SneakPaths.Compute(spec);
            ReadOnlySpan<double> response = paths.Response.Span, direct = paths.Direct.Span;
            for (int k = 0; k < response.Length; k++)
                Assert.True(direct[k] >= -1e-11 && direct[k] <= response[k] + 1e-11, $"seed {seed}: direct {direct[k]} of {response[k]}");
        }
    }

    // One bit line by itself as a dense system: end response to each of its word-line nodes.
    private static double[] EndOfOneLine(CrossbarSpec spec, int j)
    {
        int m = spec.WordLineCount;
        double wire = 1 / spec.BitLineSegmentOhms, end = CrossbarBoundary.Of(spec).EndSiemens;
        bool isOneNode = double.IsPositiveInfinity(wire), isGrounded = double.IsPositiveInfinity(end);
        int size = isOneNode ? 1 : m;
        var responses = new double[m];
        for (int k = 0; k < m; k++)
        {
            if (isOneNode && isGrounded)
            {
                responses[k] = spec[k, j];
                continue;
            }

            var lu = new DenseLu(size);
            var amps = new double[size];
            for (int i = 0; i < m; i++) lu.Matrix[(isOneNode ? 0 : i) * (size + 1)] += spec[i, j];
            for (int i = 0; i + 1 < size; i++)
            {
                lu.Matrix[i * (size + 1)] += wire;
                lu.Matrix[(i + 1) * (size + 1)] += wire;
                lu.Matrix[i * size + i + 1] -= wire;
                lu.Matrix[(i + 1) * size + i] -= wire;
            }

            if (!isGrounded) lu.Matrix[size * size - 1] += end;
            amps[isOneNode ? 0 : k] = spec[k, j];
            if (isGrounded)
            {
                // The last node is ground: its row says v = 0, and its current is what comes down the last segment and its own device.
                for (int i = 0; i < size; i++) lu.Matrix[(size - 1) * size + i] = i == size - 1 ? 1 : 0;
                amps[size - 1] = 0;
            }

            lu.Factorize();
            lu.Solve(amps);
            responses[k] = spec.BitLineEnd == BitLineEnd.Open ? amps[size - 1]
                : !isGrounded ? end * amps[size - 1]
                : (size > 1 ? wire * amps[size - 2] : 0) + (k == m - 1 ? spec[k, j] : 0);
        }

        return responses;
    }
}
