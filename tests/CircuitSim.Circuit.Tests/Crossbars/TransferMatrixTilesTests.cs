using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Circuit.Tests.Crossbars;

public sealed class TransferMatrixTilesTests
{
    [Fact]
    [Trait("Kind", "property")]
    public void Changes_give_the_bits_of_a_fresh_reduction()
    {
        for (int seed = 1; seed <= 12; seed++)
        {
            var random = new Random(seed);
            int m = random.Next(40, 130), n = random.Next(20, 90);
            CrossbarSpec spec = RandomCrossbars.Ordinary(random, m, n, seed % 2 == 0 ? BitLineEnd.Open : BitLineEnd.Ground);
            if (seed % 3 == 0) spec = RandomCrossbars.WithFaults(random, spec);
            if (seed == 12) spec = spec.WithIdealWires();
            var options = new TransferMatrixOptions { HasGateImpedance = spec.BitLineEnd == BitLineEnd.Open };
            TransferMatrixTiles tiles = TransferMatrixTiles.Create(spec, options);

            for (int round = 0; round < 4; round++)
            {
                // A region of 8 x 8 devices.
                int top = random.Next(m - 8), left = random.Next(n - 8);
                DeviceChange[] changes =
                    [.. Enumerable.Range(0, 64).Select(k => new DeviceChange(top + k / 8, left + k % 8, 1e-6 * (0.1 + random.NextDouble())))];

                TransferMatrix actual = tiles.Change(changes);

                TransferMatrix expected = TransferMatrix.Compute(tiles.Spec, options with { ThreadCount = 1 });
                Assert.Equal(expected.GateResponse.ToArray(), actual.GateResponse.ToArray());
                Assert.Equal(expected.EndAdmittanceSiemens.ToArray(), actual.EndAdmittanceSiemens.ToArray());
                Assert.Equal(expected.SourceAdmittanceSiemens.ToArray(), actual.SourceAdmittanceSiemens.ToArray());
                Assert.Equal(expected.GateImpedanceOhms.ToArray(), actual.GateImpedanceOhms.ToArray());
                Assert.Equal(changes[9].ConductanceSiemens, tiles.Spec[changes[9].WordLine, changes[9].BitLine]);
            }
        }
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Tiles_that_no_change_touches_are_kept()
    {
        CrossbarSpec spec = RandomCrossbars.Ordinary(new Random(1), 128, 128);
        TransferMatrixTiles tiles = TransferMatrixTiles.Create(spec);
        int all = tiles.KeptTileCount;

        TransferMatrix same = tiles.Change([]);

        Assert.Equal(tiles.KeptTileCount, all);
        Assert.Equal(TransferMatrix.Compute(spec).GateResponse.ToArray(), same.GateResponse.ToArray());
        // Halves of a half of a ... of 128 x 128, down to 512 cross-points: 2 + 4 + 8 + 16 + 32.
        Assert.True(!CircuitSim.Circuit.Linear.DenseLanes256.IsSupported || all == 62, $"{all} tiles");
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_refused_change_leaves_the_crossbar_as_it_was()
    {
        var spec = new CrossbarSpec(2, 2, [1e-6, 0, 1e-6, 1e-6], 1, 1, bitLineEnd: BitLineEnd.Open);
        TransferMatrixTiles tiles = TransferMatrixTiles.Create(spec);

        Assert.Throws<TopologyException>(() => tiles.Change([new DeviceChange(1, 1, 0)]));
        Assert.Throws<ArgumentOutOfRangeException>(() => tiles.Change([new DeviceChange(2, 0, 1e-6)]));
        Assert.Throws<ArgumentException>(() => tiles.Change([new DeviceChange(0, 0, 1e-6), new DeviceChange(0, 0, 2e-6)]));

        Assert.Equal(spec, tiles.Spec);
    }
}
