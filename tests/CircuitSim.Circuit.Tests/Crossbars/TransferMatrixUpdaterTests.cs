using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Errors;
using CircuitSim.TestSupport;

namespace CircuitSim.Circuit.Tests.Crossbars;

public sealed class TransferMatrixUpdaterTests
{
    [Fact]
    [Trait("Kind", "property")]
    public void Updates_agree_with_reducing_the_changed_crossbar()
    {
        for (int seed = 1; seed <= 80; seed++)
        {
            var random = new Random(seed);
            CrossbarSpec spec = RandomCrossbars.Any(random, 12);
            var options = new TransferMatrixOptions { HasGateImpedance = spec.BitLineEnd == BitLineEnd.Open };
            TransferMatrixUpdater updater = TransferMatrixUpdater.Create(spec, options);
            for (int repeat = 0; repeat < 3; repeat++)
            {
                DeviceChange[] changes = Changes(random, spec);

                TransferMatrix updated = updater.Update(changes);

                // Solves to 1e-15 V of a volt; a change by a factor of 66 at most, the range of devices, costs as many times that.
                const double Part = 1e-12;
                TransferMatrix expected = TransferMatrix.Compute(With(spec, changes), options);
                CloseToLargest(expected.GateResponse, updated.GateResponse, Part, $"seed {seed}: T");
                CloseToLargest(expected.EndAdmittanceSiemens, updated.EndAdmittanceSiemens, Part, $"seed {seed}: J");
                CloseToLargest(expected.SourceAdmittanceSiemens, updated.SourceAdmittanceSiemens, Part, $"seed {seed}: Y");
                CloseToLargest(expected.GateImpedanceOhms, updated.GateImpedanceOhms, Part, $"seed {seed}: Z");
            }
        }
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Solves_are_used_again_and_no_change_is_the_unchanged_crossbar()
    {
        TransferMatrixUpdater updater = TransferMatrixUpdater.Create(RandomCrossbars.Ordinary(new Random(1), 6, 5));

        _ = updater.Update([new DeviceChange(2, 3, 1e-6), new DeviceChange(0, 0, 2e-6)]);
        _ = updater.Update([new DeviceChange(0, 0, 3e-6), new DeviceChange(2, 3, 0), new DeviceChange(5, 4, 1e-6)]);

        Assert.Equal(3, updater.SolveCount);
        Assert.Same(updater.Unchanged, updater.Update([]));
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Impossible_changes_are_refused()
    {
        TransferMatrixUpdater updater = TransferMatrixUpdater.Create(new CrossbarSpec(2, 1, [1e-6, 0], 1, 1, bitLineEnd: BitLineEnd.Open));

        Assert.Throws<ArgumentOutOfRangeException>("changes", () => updater.Update([new DeviceChange(2, 0, 1e-6)]));
        Assert.Throws<ArgumentException>("changes", () => updater.Update([new DeviceChange(0, 0, 1e-6), new DeviceChange(0, 0, 2e-6)]));
        Assert.Throws<InvalidDesignException>(() => updater.Update([new DeviceChange(0, 0, double.NaN)]));
        Assert.Throws<TopologyException>(() => updater.Update([new DeviceChange(0, 0, 0)]));
    }

    private static DeviceChange[] Changes(Random random, CrossbarSpec spec)
    {
        int[] devices = [.. Enumerable.Range(0, Math.Min(5, spec.ConductanceSiemens.Length)).Select(_ => random.Next(spec.ConductanceSiemens.Length)).Distinct()];
        int n = spec.BitLineCount;
        // The first word line keeps its devices, so that no open bit line floats.
        return [.. devices.Select(at => new DeviceChange(at / n, at % n,
            at >= n && random.Next(4) == 0 ? 0 : RandomCrossbars.Conductances(random, 1, 0.12e-6, 7.9e-6)[0]))];
    }

    private static CrossbarSpec With(CrossbarSpec spec, DeviceChange[] changes)
    {
        double[] g = spec.ConductanceSiemens.ToArray();
        foreach (DeviceChange change in changes) g[change.WordLine * spec.BitLineCount + change.BitLine] = change.ConductanceSiemens;
        return new CrossbarSpec(spec.WordLineCount, spec.BitLineCount, g, spec.WordLineSegmentOhms, spec.BitLineSegmentOhms,
            spec.SourceOhms, spec.TerminalOhms, spec.BitLineEnd, spec.Convention);
    }

    private static void CloseToLargest(ReadOnlyMemory<double> expected, ReadOnlyMemory<double> actual, double part, string what) =>
        Close.Lists(expected.ToArray(), actual.Span, expected.IsEmpty ? 0 : part * expected.ToArray().Max(Math.Abs), 0, what);
}
