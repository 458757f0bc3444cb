namespace CircuitSim.Circuit.Devices;

/// <summary>Takes the parameters of a model that was measured at another temperature (tnom) to 27 °C, as SPICE's diode and level 1 transistor do before they are used.</summary>
/// <remarks>
/// Band gap of silicon Eg(T) = 1.16 − 7.02e-4·T²/(T + 1108) (Varshni, Physica 34, 1967, with SPICE's constants); built-in voltages, saturation currents,
/// junction capacitances, mobility and threshold follow Vladimirescu and Liu, UCB/ERL M80/7, 1980.
/// </remarks>
internal sealed class NominalTemperature
{
    private const double GapAtReference = 1.1150877;
    private const double CapacitancePerKelvin = 4e-4;

    private readonly double _kelvin, _shift, _referenceShift;

    /// <summary>Prepares for a temperature.</summary>
    /// <param name="celsius">Temperature of the measurement, °C, above absolute zero.</param>
    public NominalTemperature(double celsius)
    {
        _kelvin = celsius + 273.15;
        _shift = Shift(_kelvin);
        _referenceShift = Shift(PhysicalConstants.ReferenceKelvin);
    }

    /// <summary>True at 27 °C, where nothing changes.</summary>
    public bool IsReference => _kelvin == PhysicalConstants.ReferenceKelvin;

    /// <summary>kT/q at the temperature of the measurement, volts.</summary>
    public double ThermalVolts => Thermal(_kelvin);

    /// <summary>Band gap at the temperature of the measurement, volts.</summary>
    public double GapVolts => Gap(_kelvin);

    private double Ratio => PhysicalConstants.ReferenceKelvin / _kelvin;

    /// <summary>A built-in voltage or surface potential at 27 °C.</summary>
    public double Potential(double volts) => IsReference ? volts : Ratio * (volts - _shift) + _referenceShift;

    /// <summary>A junction capacitance at 27 °C.</summary>
    /// <param name="farads">The capacitance as given, farads or farads per metre or square metre.</param>
    /// <param name="builtInVolts">Built-in voltage as given.</param>
    /// <param name="grading">Grading coefficient.</param>
    public double Capacitance(double farads, double builtInVolts, double grading)
    {
        if (IsReference) return farads;
        double at0 = (builtInVolts - _shift) / (_kelvin / PhysicalConstants.ReferenceKelvin);
        double given = 1 + grading * (CapacitancePerKelvin * (_kelvin - PhysicalConstants.ReferenceKelvin) - (builtInVolts - at0) / at0);
        double here = 1 - grading * (Potential(builtInVolts) - at0) / at0;
        return farads / given * here;
    }

    /// <summary>A diode's saturation current at 27 °C.</summary>
    /// <param name="amps">As given.</param>
    /// <param name="emission">Emission coefficient (n).</param>
    /// <param name="gapVolts">Activation energy (eg).</param>
    /// <param name="exponent">Temperature exponent (xti).</param>
    public double DiodeAmps(double amps, double emission, double gapVolts, double exponent) => IsReference
        ? amps
        : amps * Math.Exp((Ratio - 1) * gapVolts / (emission * PhysicalConstants.ThermalVolts) + exponent / emission * Math.Log(Ratio));

    /// <summary>The saturation current, or its density, of a transistor's bulk junction at 27 °C.</summary>
    public double BulkAmps(double amps) => IsReference
        ? amps
        : amps * Math.Exp(-Gap(PhysicalConstants.ReferenceKelvin) / PhysicalConstants.ThermalVolts + GapVolts / ThermalVolts);

    /// <summary>A transconductance parameter at 27 °C: mobility falls with the power 1.5 of temperature.</summary>
    public double Transconductance(double ampsPerSquareVolt) => IsReference ? ampsPerSquareVolt : ampsPerSquareVolt / (Ratio * Math.Sqrt(Ratio));

    /// <summary>A threshold at 27 °C.</summary>
    /// <param name="volts">As given, negative for an enhancement p-channel.</param>
    /// <param name="isPChannel">True for a p-channel transistor.</param>
    /// <param name="gamma">Body factor, √V.</param>
    /// <param name="phi">Surface potential as given, volts.</param>
    public double Threshold(double volts, bool isPChannel, double gamma, double phi)
    {
        if (IsReference) return volts;
        double sign = isPChannel ? -1 : 1, here = Potential(phi);
        return volts - sign * gamma * Math.Sqrt(phi) + (GapVolts - Gap(PhysicalConstants.ReferenceKelvin)) / 2 + sign * (here - phi) / 2 + sign * gamma * Math.Sqrt(here);
    }

    private static double Gap(double kelvin) => 1.16 - 7.02e-4 * kelvin * kelvin / (kelvin + 1108);

    private static double Thermal(double kelvin) => PhysicalConstants.BoltzmannJoulesPerKelvin * kelvin / PhysicalConstants.ElementaryCoulombs;

    /// <summary>What a built-in voltage of 0 V at the reference would become.</summary>
    private static double Shift(double kelvin)
    {
        double arg = -Gap(kelvin) / (2 * PhysicalConstants.BoltzmannJoulesPerKelvin * kelvin)
            + GapAtReference / (2 * PhysicalConstants.BoltzmannJoulesPerKelvin * PhysicalConstants.ReferenceKelvin);
        return -2 * Thermal(kelvin) * (1.5 * Math.Log(kelvin / PhysicalConstants.ReferenceKelvin) + PhysicalConstants.ElementaryCoulombs * arg);
    }
}
