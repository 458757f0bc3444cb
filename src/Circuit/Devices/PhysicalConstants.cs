namespace CircuitSim.Circuit.Devices;

/// <summary>Constants as ngspice 39 has them, so that both engines agree to the last digits.</summary>
internal static class PhysicalConstants
{
    private const double BoltzmannJoulesPerKelvin = 1.38064852e-23;

    /// <summary>Charge of an electron, coulombs.</summary>
    public const double ElementaryCoulombs = 1.6021766208e-19;

    /// <summary>kT/q at 27 °C, volts.</summary>
    public const double ThermalVolts = BoltzmannJoulesPerKelvin * 300.15 / ElementaryCoulombs;

    /// <summary>Permittivity of silicon dioxide as SPICE's level 1 has it, F/m.</summary>
    public const double OxideFaradsPerMetre = 3.9 * 8.854214871e-12;
}
