namespace CircuitSim.Circuit.Devices;

/// <summary>Constants as ngspice 39 has them, so that both engines agree to the last digits.</summary>
internal static class PhysicalConstants
{
    /// <summary>Boltzmann's constant, J/K.</summary>
    public const double BoltzmannJoulesPerKelvin = 1.38064852e-23;

    /// <summary>27 °C in kelvin, the temperature of every circuit here and SPICE's reference.</summary>
    public const double ReferenceKelvin = 300.15;

    /// <summary>Charge of an electron, coulombs.</summary>
    public const double ElementaryCoulombs = 1.6021766208e-19;

    /// <summary>kT/q at 27 °C, volts.</summary>
    public const double ThermalVolts = BoltzmannJoulesPerKelvin * ReferenceKelvin / ElementaryCoulombs;

    /// <summary>Permittivity of silicon dioxide as SPICE's level 1 has it, F/m.</summary>
    public const double OxideFaradsPerMetre = 3.9 * 8.854214871e-12;
}
