using CircuitSim.Circuit.Errors;
using CircuitSim.TestSupport;
using CircuitSim.Training.Data;

namespace CircuitSim.Training.Tests.Data;

public sealed class FeatureScalingTests
{
    [Fact]
    [Trait("Kind", "closed form")]
    public void A_table_is_scaled_from_the_range_of_its_training_part()
    {
        var training = new DataSet("t", 2, [10, -1, 20, 3, 15, 1], [0, 1, 0], ["a", "b"], "test");
        var test = new DataSet("t", 2, [25, -1], [0], ["a", "b"], "test");
        FeatureScaling scaling = FeatureScaling.Fit(training);

        VoltageSet volts = scaling.ToVolts(training, 0.5), beyond = scaling.ToVolts(test, 0.5);

        // Rounding of three operations on numbers below 1.
        Close.Lists([-0.25, -0.25, 0.25, 0.25, 0, 0], volts.InputVolts.Span, 1e-16);
        Close.Lists([0.5, -0.25], beyond.InputVolts.Span, 1e-15);
        Assert.Equal((0, 1), (volts.OutsideRailsCount, beyond.OutsideRailsCount));
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Pixels_are_scaled_by_their_own_range_whatever_values_occur()
    {
        var data = new DataSet("t", 4, [0, 0.25, 0, 1, 0, 0.5, 0, 1], [0, 1], ["a", "b"], "test", imageWidth: 2, imageHeight: 2);

        VoltageSet volts = FeatureScaling.Fit(data).ToVolts(data, 0.5);

        Assert.Equal([-0.25, -0.125, -0.25, 0.25, -0.25, 0, -0.25, 0.25], volts.InputVolts.ToArray());
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Constant_features_are_refused_by_name()
    {
        var data = new DataSet("t", 3, [7, 1, 2, 7, 2, 2], [0, 1], ["a", "b"], "test", ["x", "y", "z"]);

        InvalidDesignException error = Assert.Throws<InvalidDesignException>(() => FeatureScaling.Fit(data));

        Assert.Equal(2, error.Violations.Count);
        Assert.Contains("'x' is 7", error.Violations[0], StringComparison.Ordinal);
        Assert.Contains("'z' is 2", error.Violations[1], StringComparison.Ordinal);
    }
}
