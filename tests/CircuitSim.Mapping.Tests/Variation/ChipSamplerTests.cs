using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Networks;
using CircuitSim.Mapping.Devices;
using CircuitSim.Mapping.Networks;
using CircuitSim.Mapping.Variation;
using CircuitSim.TestSupport;

namespace CircuitSim.Mapping.Tests.Variation;

public class ChipSamplerTests
{
    private static readonly DeviceCard GenericCard = GenericDevice.Card(new GenericDevice { MaximumSiemens = 7.9e-6, OnOffRatio = 65.8, SpreadShare = 0.01 });
    private static readonly MappingOptions Options = new() { Inverter = InverterModel.EkvPhax90, WordLineSegmentOhms = 2, BitLineSegmentOhms = 3 };

    private static readonly ChipVariation WholeVariation = new()
    {
        Programming = new ProgrammingOptions { Mode = ProgrammingMode.OneShot, Faults = new FaultRates(0.02, 0.02) },
        Mismatch = new TransistorMismatch { ThresholdVoltMetres = 1e-9, CurrentFactorMetres = 1e-8 },
        LineFaults = new LineFaultRates { ShortedBitLines = 0.3, OpenWordLines = 0.1 },
        Corner = new OperatingCorner { SupplyRatio = 0.9, TemperatureKelvin = 330 },
    };

    [Fact]
    [Trait("Kind", "property")]
    public void A_seed_makes_one_chip_whatever_was_made_before_and_on_whatever_thread()
    {
        ChipSampler sampler = ChipSampler.Create(Network(), GenericCard, Options, WholeVariation);
        MappedNetwork[] inOrder = [.. Enumerable.Range(1, 8).Select(seed => sampler.Sample((ulong)seed))];
        var others = new MappedNetwork[8];
        Parallel.For(0, 8, i => others[7 - i] = ChipSampler.Create(Network(), GenericCard, Options, WholeVariation).Sample((ulong)(8 - i)));

        for (int i = 0; i < 8; i++) Assert.True(IsSame(inOrder[i], others[i]), $"seed {i + 1}");
        Assert.False(IsSame(inOrder[0], inOrder[1]));
    }

    [Fact]
    [Trait("Kind", "property")]
    public void The_circuit_has_the_drawn_devices_lines_transistors_and_corner()
    {
        MappedNetwork chip = ChipSampler.Create(Network(), GenericCard, Options, WholeVariation).Sample(3);

        Assert.Equal(0.9 * 0.5, chip.Circuit.SupplyVolts);
        Assert.True(chip.Circuit.Layers.Sum(l => l.Crossbar.Faults.Count) > 0);
        for (int i = 0; i < 2; i++)
        {
            CrossbarSpec crossbar = chip.Circuit.Layers[i].Crossbar;
            Assert.Equal(chip.Layers[i].ProgrammedSiemens.ToArray(), crossbar.ConductanceSiemens.ToArray());
            Assert.Equal(2 * crossbar.BitLineCount, chip.Circuit.Layers[i].Inverters!.Count);
            Assert.All(chip.Circuit.Layers[i].Inverters!, inverter => Close.Numbers(1.1 * InverterModel.EkvPhax90.NChannel.ThermalVolts, inverter.NChannel.ThermalVolts, 0, 1e-15));
        }
    }

    [Fact]
    [Trait("Kind", "property")]
    public void The_free_scale_keeps_ratios_and_lowers_the_expected_error()
    {
        ChipVariation oneShot = new() { Programming = new ProgrammingOptions { Mode = ProgrammingMode.OneShot } };
        MappedNetwork lowest = ChipSampler.Create(Network(), GenericCard, Options, oneShot).Sample(1);
        MappedNetwork least = ChipSampler.Create(Network(), GenericCard, Options with { Scale = NeuronScale.LeastError }, oneShot).Sample(1);

        for (int layer = 0; layer < 2; layer++)
        {
            MappedLayer before = lowest.Layers[layer], after = least.Layers[layer];
            for (int k = 0; k < before.TargetSiemens.Length; k++)
                Close.Numbers(before.TargetSiemens.Span[k] * after.ScaleOverLowest.Span[k % before.BitLineCount], after.TargetSiemens.Span[k], 0, 1e-15);
            Assert.All(after.ScaleOverLowest.ToArray(), scale => Assert.True(scale > 1));
            Assert.All(after.TargetSiemens.ToArray(), g => Assert.True(GenericCard.Contains(g)));
        }
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Without_variation_every_device_sits_on_its_target()
    {
        MappedNetwork design = ChipSampler.Create(Network(), GenericCard, Options, new ChipVariation()).Sample(17);

        Assert.All(design.Layers, layer => Assert.Equal(layer.TargetSiemens.ToArray(), layer.ProgrammedSiemens.ToArray()));
        Assert.All(design.Circuit.Layers, layer => Assert.Null(layer.Inverters));
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_target_outside_the_window_is_refused_with_its_place()
    {
        DeviceCard narrow = GenericDevice.Card(new GenericDevice { MaximumSiemens = 7.9e-6, OnOffRatio = 4, SpreadShare = 0 });

        var e = Assert.Throws<ConductanceRangeException>(() => ChipSampler.Create(Network(), narrow, Options, WholeVariation));
        Assert.Contains("word line", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Open_lines_need_segments_that_can_break()
    {
        var e = Assert.Throws<InvalidDesignException>(() => ChipSampler.Create(Network(), GenericCard, Options with { WordLineSegmentOhms = 0 }, WholeVariation));

        Assert.Contains("no segment to break", e.Message, StringComparison.Ordinal);
    }

    private static bool IsSame(MappedNetwork a, MappedNetwork b) =>
        a.Circuit.Layers.Zip(b.Circuit.Layers).All(p => p.First.Crossbar.Equals(p.Second.Crossbar) && p.First.Inverters!.SequenceEqual(p.Second.Inverters!));

    private static TrainedNetwork Network()
    {
        int seed = 0;
        return new(0.5, 7.33, "table-loaded", [Layer(3, 4), Layer(4, 2)]);

        TrainedLayer Layer(int inputs, int outputs)
        {
            var random = new Random(++seed);
            return new TrainedLayer(inputs, outputs, [.. Enumerable.Range(0, (2 * inputs + 2) * outputs).Select(_ => 4 * random.NextDouble() - 2)]);
        }
    }
}
