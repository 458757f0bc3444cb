using CircuitSim.Circuit.Networks;
using CircuitSim.Mapping.Devices;
using CircuitSim.Mapping.Networks;
using CircuitSim.TestSupport;

namespace CircuitSim.Mapping.Tests;

[Trait("Kind", "closed form")]
public class NetworkMapperTests
{
    private static readonly MappingOptions Options = new() { Inverter = InverterModel.EkvSym, WordLineSegmentOhms = 1, BitLineSegmentOhms = 2 };

    [Fact]
    public void A_weight_of_zero_sits_in_the_middle_of_the_trained_range()
    {
        MappedNetwork mapped = NetworkMapper.Map(Network(7.33, 0, 0, 0, 0), PublishedCards.Phax, Options);

        // One product and one sum: a few roundings of 1e-6.
        foreach (double g in mapped.Layers[0].ProgrammedSiemens.ToArray())
            Close.Numbers(0.12e-6 * (1 + 7.33 / 2), g, 0, 1e-15);
    }

    [Fact]
    public void Wires_and_open_ends_reach_the_crossbar()
    {
        MappedNetwork mapped = NetworkMapper.Map(Network(7.33, 1, -1, 2, -2), PublishedCards.Phax, Options);

        Circuit.Crossbars.CrossbarSpec crossbar = mapped.Circuit.Layers[0].Crossbar;
        Assert.Equal(1, crossbar.WordLineSegmentOhms);
        Assert.Equal(2, crossbar.BitLineSegmentOhms);
        Assert.Equal(Circuit.Crossbars.BitLineEnd.Open, crossbar.BitLineEnd);
        Assert.Equal(4, mapped.DeviceCount);
    }

    [Fact]
    public void A_conductance_above_the_window_is_refused_with_its_place()
    {
        var e = Assert.Throws<ConductanceRangeException>(
            () => NetworkMapper.Map(Network(100, -5, 5, -5, 5), PublishedCards.Phax, Options));

        Assert.Equal((0, 1, 0, 2), (e.Layer, e.WordLine, e.BitLine, e.Count));
        Assert.Contains("word line 2, bit line 1", e.Message, StringComparison.Ordinal);
        Assert.Contains("7.9E-06", e.Message, StringComparison.Ordinal);
        Assert.Contains("out_of_range: clip", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Clipping_is_counted_and_keeps_the_target()
    {
        MappedNetwork mapped = NetworkMapper.Map(
            Network(100, -5, 5, -5, 5), PublishedCards.Phax, Options with { OutOfRange = OutOfRange.Clip });

        Assert.Equal(2, mapped.ClippedCount);
        Assert.Equal(PublishedCards.Phax.MaximumSiemens, mapped.Layers[0].ProgrammedSiemens.Span[1]);
        Assert.True(mapped.Layers[0].TargetSiemens.Span[1] > PublishedCards.Phax.MaximumSiemens);
    }

    [Fact]
    public void The_full_window_of_the_paper_is_reachable()
    {
        MappedNetwork mapped = NetworkMapper.Map(Network(64.83, -40, 40, 0, 0), PublishedCards.Phax, Options);

        Assert.Equal(0, mapped.ClippedCount);
    }

    internal static TrainedNetwork Network(double ratio, params double[] theta) =>
        new(0.5, ratio, "tanh", [new TrainedLayer(1, 1, theta)]);
}
