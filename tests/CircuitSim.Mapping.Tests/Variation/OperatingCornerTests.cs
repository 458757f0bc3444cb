using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Networks;
using CircuitSim.Mapping.Variation;
using CircuitSim.TestSupport;

namespace CircuitSim.Mapping.Tests.Variation;

public class OperatingCornerTests
{
    [Fact]
    [Trait("Kind", "closed form")]
    public void Heat_raises_the_thermal_voltage_and_lowers_thresholds_and_mobility()
    {
        EkvInverter nominal = InverterModel.EkvPhax90, hot = new OperatingCorner { TemperatureKelvin = 360 }.At(nominal);

        // One or two roundings each. Specific current: mobility as T^-1.5 times the square of the thermal voltage.
        Close.Numbers(1.2 * nominal.NChannel.ThermalVolts, hot.NChannel.ThermalVolts, 0, 1e-15);
        Close.Numbers(nominal.NChannel.ThresholdVolts - 0.06, hot.NChannel.ThresholdVolts, 1e-15);
        Close.Numbers(nominal.PChannel.ThresholdVolts - 0.06, hot.PChannel.ThresholdVolts, 1e-15);
        Close.Numbers(Math.Sqrt(1.2) * nominal.PChannel.SpecificCurrentAmps, hot.PChannel.SpecificCurrentAmps, 0, 1e-14);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void At_300_kelvin_an_inverter_is_itself() =>
        Assert.Same(InverterModel.EkvSym, new OperatingCorner { SupplyRatio = 0.9 }.At(InverterModel.EkvSym));

    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData(1, 500, 1e-3)]
    [InlineData(0, 300, 1e-3)]
    [InlineData(1, 300, -1e-3)]
    public void Wrong_corners_are_refused(double supply, double kelvin, double perKelvin) =>
        Assert.Throws<InvalidDesignException>(
            () => new OperatingCorner { SupplyRatio = supply, TemperatureKelvin = kelvin, ThresholdVoltsPerKelvin = perKelvin }.At(InverterModel.EkvSym));
}
