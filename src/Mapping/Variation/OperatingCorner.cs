using System.Globalization;
using CircuitSim.Circuit.Devices;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Networks;

namespace CircuitSim.Mapping.Variation;

/// <summary>Supply and temperature at which a chip is operated; inputs keep their voltages.</summary>
/// <remarks>
/// Transistors: UT = UT(300 K)·T/300 K; threshold falls by <see cref="ThresholdVoltsPerKelvin"/>; mobility goes as (T/300 K)^−1.5, so
/// that the specific current 2·n·KP·(W/L)·UT² goes as (T/300 K)^0.5 (Tsividis, McAndrew, Operation and Modeling of the MOS
/// Transistor, section on temperature effects). Devices keep their conductance.
/// </remarks>
public sealed record OperatingCorner
{
    /// <summary>Temperature to which the shipped transistors belong, kelvin.</summary>
    public const double NominalKelvin = 300;

    private const double MobilityExponent = -1.5;

    /// <summary>Supply over the supply that the network was designed for, positive.</summary>
    public double SupplyRatio { get; init; } = 1;

    /// <summary>Temperature, kelvin, from 200 to 450.</summary>
    public double TemperatureKelvin { get; init; } = NominalKelvin;

    /// <summary>Fall of both thresholds with temperature, volts per kelvin, at least 0. The default is an assumption: 1 mV/K, in the middle of the usual 0.5 to 2.</summary>
    public double ThresholdVoltsPerKelvin { get; init; } = 1e-3;

    /// <summary>True when the chip is operated as designed.</summary>
    public bool IsNominal => SupplyRatio == 1 && TemperatureKelvin == NominalKelvin;

    /// <summary>An inverter at this temperature.</summary>
    /// <param name="inverter">The inverter at 300 K.</param>
    /// <returns>The inverter with its transistors at <see cref="TemperatureKelvin"/>.</returns>
    /// <exception cref="InvalidDesignException">A value is out of range.</exception>
    public EkvInverter At(EkvInverter inverter)
    {
        ArgumentNullException.ThrowIfNull(inverter);
        Check();
        if (TemperatureKelvin == NominalKelvin) return inverter;

        return inverter with { NChannel = Heated(inverter.NChannel), PChannel = Heated(inverter.PChannel) };

        EkvParameters Heated(EkvParameters of)
        {
            double ratio = TemperatureKelvin / NominalKelvin;
            return of with
            {
                ThermalVolts = of.ThermalVolts * ratio,
                ThresholdVolts = of.ThresholdVolts - ThresholdVoltsPerKelvin * (TemperatureKelvin - NominalKelvin),
                SpecificCurrentAmps = of.SpecificCurrentAmps * Math.Pow(ratio, 2 + MobilityExponent),
            };
        }
    }

    private void Check()
    {
        var violations = new List<string>();
        if (!(SupplyRatio > 0) || !double.IsFinite(SupplyRatio))
            violations.Add(string.Create(CultureInfo.InvariantCulture, $"Supply ratio is {SupplyRatio:R}; it must be positive."));
        if (TemperatureKelvin is not (>= 200 and <= 450))
            violations.Add(string.Create(CultureInfo.InvariantCulture, $"Temperature is {TemperatureKelvin:R} K; the transistor model holds from 200 to 450 K."));
        if (!(ThresholdVoltsPerKelvin >= 0) || !double.IsFinite(ThresholdVoltsPerKelvin))
            violations.Add(string.Create(CultureInfo.InvariantCulture, $"Threshold falls by {ThresholdVoltsPerKelvin:R} V/K; it must be at least 0."));
        if (violations.Count > 0) throw new InvalidDesignException("Operating corner", violations);
    }
}
