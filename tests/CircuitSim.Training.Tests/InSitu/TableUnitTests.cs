using CircuitSim.Circuit.Errors;
using CircuitSim.Training.Data;
using CircuitSim.Training.InSitu;
using CircuitSim.Training.InSitu.Cores;
using CircuitSim.Training.InSitu.Tables;

namespace CircuitSim.Training.Tests.InSitu;

/// <summary>Tables in a unit of their own train as they are, and become a circuit only when that unit is known.</summary>
[Trait("Kind", "property")]
public class TableUnitTests
{
    private static readonly InSituTrainingOptions Iris = new() { LayerSizes = [4, 6, 3], WeightScales = [1, 2], Epochs = 2, Core = new CoreOptions { Mode = UpdateMode.Multi } };

    [Fact]
    public void Devices_that_conduct_siemens_are_refused_with_the_value_and_the_key()
    {
        InvalidDesignException error = Assert.Throws<InvalidDesignException>(() => InSituMapper.RequireSiemens(InSituDevices.Open("enode"), Iris.Core));

        Assert.Contains("2.19419 S", error.Message, StringComparison.Ordinal);
        Assert.Contains("more than 1 S", error.Message, StringComparison.Ordinal);
        Assert.Contains("unit_siemens", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_table_of_the_library_but_that_population_is_in_siemens()
    {
        foreach (string name in InSituDevices.Names)
            foreach (UpdateMode mode in Enum.GetValues<UpdateMode>())
                if (name != "enode" || mode != UpdateMode.Multi) InSituMapper.RequireSiemens(InSituDevices.Open(name), new CoreOptions { Mode = mode });
    }

    [Fact]
    public void Another_unit_changes_no_weight_and_scales_every_device()
    {
        InSituDevice own = InSituDevices.Open("enode");
        ThreeWaySplit split = ThreeWaySplit.Create(DataSets.Open("iris"), 0.4, 0.3, 1);

        // A power of two scales without rounding.
        InSituNetwork units = InSituTrainer.Train(Iris, own, split).Network, siemens = InSituTrainer.Train(Iris, own.InSiemens(1.0 / 2048), split).Network;

        for (int l = 0; l < units.Layers.Count; l++)
        {
            Assert.Equal(units.Layers[l].Weights.ToArray(), siemens.Layers[l].Weights.ToArray());
            Assert.Equal(units.Layers[l].Digits[0].PositiveSiemens.ToArray().Select(g => g / 2048), siemens.Layers[l].Digits[0].PositiveSiemens.ToArray());
        }

        Assert.Contains("A device conducts", Assert.Throws<InvalidDesignException>(() => InSituMapper.Map(units, new InSituWiring())).Message, StringComparison.Ordinal);
        Assert.All(InSituMapper.Map(siemens, new InSituWiring()).Layers, layer => Assert.True(layer.Crossbar.ConductanceSiemens.ToArray().Max() < 1.1e-3));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1e-6)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_unit_is_positive_and_finite(double unit) => Assert.Throws<ArgumentOutOfRangeException>(() => InSituDevices.Open("taox").InSiemens(unit));
}
