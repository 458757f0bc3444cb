using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Linear;
using CircuitSim.TestSupport;

namespace CircuitSim.Circuit.Tests.Crossbars;

/// <summary>The vectorised iteration against its plain version, which shares no code with it.</summary>
public sealed class LineCoreTests
{
    [SkippableFact]
    [Trait("Kind", "property")]
    public void Wide_vectors_agree_with_plain_loops()
    {
        Skip.IfNot(DenseLanes512.IsSupported, "needs AVX-512");

        CompareWithPlain(spec => new LineCore<DenseLanes512>(spec));
    }

    [SkippableFact]
    [Trait("Kind", "property")]
    public void Narrow_vectors_agree_with_plain_loops()
    {
        Skip.IfNot(DenseLanes256.IsSupported, "needs AVX2 and FMA");

        CompareWithPlain(spec => new LineCore<DenseLanes256>(spec));
    }

    private static void CompareWithPlain(Func<CrossbarSpec, ICrossbarCore> create)
    {
        for (int seed = 1; seed <= 150; seed++)
        {
            var random = new Random(seed);
            CrossbarSpec spec = WithWires(random, RandomCrossbars.Any(random, 37));
            double[] volts = RandomCrossbars.Volts(random, spec.WordLineCount);
            double[] ends = RandomCrossbars.Volts(random, spec.BitLineCount, 1e-7);
            double[] words = RandomCrossbars.Volts(random, spec.ConductanceSiemens.Length, 1e-7);
            double[] bits = RandomCrossbars.Volts(random, spec.ConductanceSiemens.Length, 1e-7);
            bool hasPushed = seed % 2 == 0;
            var drive = new CrossbarDrive
            {
                SourceVolts = volts,
                EndAmps = hasPushed ? ends : [],
                WordNodeAmps = hasPushed ? words : [],
                BitNodeAmps = hasPushed ? bits : [],
            };
            CrossbarState expected = new PlainLineCore(spec).Solve(drive, 1e-14, 2000, hasNodes: true);
            ICrossbarCore core = create(spec);

            CrossbarState ports = core.Solve(drive, 1e-14, 2000, hasNodes: false), all = core.Solve(drive, 1e-14, 2000, hasNodes: true);

            // Both stop at 1e-14 V; the rest is rounding of voltages up to a volt over up to 37 nodes a line.
            const double Volts = 2e-13;
            double amps = Volts * spec.ConductanceSiemens.Span.ToArray().Sum();
            foreach (CrossbarState state in (CrossbarState[])[ports, all])
            {
                Close.Lists(expected.LastVolts, state.LastVolts, Volts, 0, $"seed {seed}: last volts");
                Close.Lists(expected.WordLineAmps, state.WordLineAmps, amps, 1e-12, $"seed {seed}: source amps");
                Close.Lists(expected.EndAmps, state.EndAmps, amps, 1e-12, $"seed {seed}: end amps");
            }

            Close.Lists(expected.WordDeviationVolts, all.WordDeviationVolts, Volts, 0, $"seed {seed}: word");
            Close.Lists(expected.BitVolts, all.BitVolts, Volts, 0, $"seed {seed}: bit");
        }
    }

    private static CrossbarSpec WithWires(Random random, CrossbarSpec spec) => new(
        spec.WordLineCount, spec.BitLineCount, spec.ConductanceSiemens.Span, 0.5 + 5 * random.NextDouble(), 0.5 + 5 * random.NextDouble(),
        spec.SourceOhms, spec.TerminalOhms, spec.BitLineEnd, spec.Convention);
}
