using CircuitSim.Circuit.Errors;
using CircuitSim.Mapping.Variation;
using CircuitSim.TestSupport;

namespace CircuitSim.Mapping.Tests.Variation;

public class WireGeometryTests
{
    private static readonly WireGeometry Line = new()
    {
        WidthMetres = 50e-9,
        ThicknessMetres = 90e-9,
        WordLinePitchMetres = 200e-9,
        BitLinePitchMetres = 300e-9,
    };

    // NeuroSim, Param.cpp at 300 K: node (nm), resistivity (ohm m), ohms between cross-points 2 nodes apart, ohms along the row and column of 1T1R cells.
    [Theory]
    [Trait("Kind", "peer")]
    [InlineData(130, 2.20e-8, 0.157, 0.314, 0.943)]
    [InlineData(90, 2.52e-8, 0.286, 0.573, 1.72)]
    [InlineData(65, 2.68e-8, 0.300, 0.601, 1.80)]
    [InlineData(45, 3.31e-8, 0.487, 0.974, 2.92)]
    [InlineData(32, 3.70e-8, 0.734, 1.47, 4.41)]
    [InlineData(22, 4.03e-8, 1.061, 2.12, 6.36)]
    [InlineData(14, 5.08e-8, 2.03, 4.06, 12.2)]
    [InlineData(10, 6.35e-8, 3.53, 7.06, 21.2)]
    public void Lines_of_a_node_resist_what_NeuroSim_tabulates(double node, double ohmMetres, double crossPoint, double row, double column)
    {
        WireGeometry cells = WireGeometry.OfNode(node, hasTransistors: true), bare = WireGeometry.OfNode(node, hasTransistors: false);

        // The formula's constants are those of another work; 13 % is what the documentation promises.
        Close.Numbers(ohmMetres, cells.OhmMetres, 0, 0.13);
        Close.Numbers(row, cells.WordLineSegmentOhms, 0, 0.13);
        Close.Numbers(column, cells.BitLineSegmentOhms, 0, 0.13);
        Close.Numbers(crossPoint, bare.WordLineSegmentOhms, 0, 0.13);
        // With the tabulated resistivity sections and pitches give the tabulated ohms, to its three digits.
        Close.Numbers(row, ohmMetres * cells.WordLinePitchMetres / (cells.WidthMetres * cells.ThicknessMetres), 0, 0.006);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Without_scattering_a_line_has_the_resistivity_of_the_bulk()
    {
        WireGeometry mirror = Line with { SurfaceSpecularity = 1, GrainReflectivity = 0 };

        Assert.Equal(1.9e-8, mirror.OhmMetres);
        Assert.Equal(1.9e-8 * 200e-9 / (50e-9 * 90e-9), mirror.WordLineSegmentOhms);
        Assert.Equal(1.9e-8 * 300e-9 / (50e-9 * 90e-9), mirror.BitLineSegmentOhms);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Surfaces_add_three_eighths_of_the_mean_free_path_over_each_side()
    {
        WireGeometry rough = Line with { SurfaceSpecularity = 0, GrainReflectivity = 0 };

        // A few roundings.
        Close.Numbers(1.9e-8 * (1 + 0.375 * 39e-9 * (1 / 50e-9 + 1 / 90e-9)), rough.OhmMetres, 0, 1e-15);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Few_grain_boundaries_add_three_halves_of_their_parameter()
    {
        WireGeometry large = Line with { SurfaceSpecularity = 1, GrainReflectivity = 0.5, GrainMetres = 39e-6 };

        // a = 0.001: 1/(1 − 3a/2 + 3a²) = 1 + 1.5a − 0.75a² + O(a³·ln a), whose rest is below 3e-8.
        Close.Numbers(1.9e-8 * (1 + 0.0015 - 0.75e-6), large.OhmMetres, 0, 3e-8);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Hotter_and_thinner_lines_resist_more()
    {
        Assert.True((Line with { TemperatureKelvin = 360 }).OhmMetres > Line.OhmMetres);
        Assert.True((Line with { WidthMetres = 25e-9 }).OhmMetres > Line.OhmMetres);
        // ρ₀·λ stays: what surfaces add does not change with temperature.
        WireGeometry cold = Line with { GrainReflectivity = 0 }, hot = cold with { TemperatureKelvin = 400 };
        double surfaces = cold.OhmMetres - 1.9e-8;
        Close.Numbers(1.9e-8 * 1.39 + surfaces, hot.OhmMetres, 0, 1e-14);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Wrong_sizes_are_listed_and_an_unknown_node_is_named()
    {
        var sizes = Assert.Throws<InvalidDesignException>(() => (Line with { WidthMetres = 0, GrainReflectivity = 1, TemperatureKelvin = 600 }).Check());
        Assert.Equal(3, sizes.Violations.Count);
        var node = Assert.Throws<InvalidDesignException>(() => WireGeometry.OfNode(28, hasTransistors: false));
        Assert.Contains("28 nm is not known; choose 130, 90", node.Message, StringComparison.Ordinal);
    }
}
