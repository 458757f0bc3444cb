namespace CircuitSim.Circuit.Devices;

/// <summary>Threshold, body effect and surface potential of a MOS transistor from doping and oxide, as SPICE's level 1 derives them at the temperature of the measurement.</summary>
/// <remarks>phi = 2·(kT/q)·ln(N/n), gamma = √(2·ε·q·N)/C, vto = φ(gate to substrate) − q·nss/C ± (gamma·√phi + phi); Vladimirescu and Liu, UCB/ERL M80/7, 1980.</remarks>
/// <param name="isPChannel">True for a p-channel transistor.</param>
/// <param name="dopingPerCubicCentimetre">Doping of the substrate (nsub), 1/cm³.</param>
/// <param name="oxideMetres">Thickness of the oxide (tox), metres.</param>
/// <param name="surfaceStatesPerSquareCentimetre">Density of surface states (nss), 1/cm².</param>
/// <param name="gateType">Kind of gate (tpg): 1 polysilicon doped against the substrate, −1 as the substrate, 0 aluminium.</param>
/// <param name="nominal">Temperature of the measurement.</param>
internal sealed class DopedSubstrate(
    bool isPChannel, double dopingPerCubicCentimetre, double oxideMetres, double surfaceStatesPerSquareCentimetre, double gateType, NominalTemperature nominal)
{
    /// <summary>Carriers of undoped silicon, 1/cm³.</summary>
    public const double IntrinsicPerCubicCentimetre = 1.45e10;

    private const double SmallestSurfaceVolts = 0.1;
    private const double SiliconFaradsPerMetre = 11.7 * 8.854214871e-12;
    private const double AluminiumVolts = 3.2;
    private const double AffinityVolts = 3.25;

    private readonly double _oxideFarads = PhysicalConstants.OxideFaradsPerMetre / oxideMetres;

    /// <summary>phi, volts.</summary>
    public double SurfacePotentialVolts { get; } =
        Math.Max(SmallestSurfaceVolts, 2 * nominal.ThermalVolts * Math.Log(dopingPerCubicCentimetre / IntrinsicPerCubicCentimetre));

    /// <summary>gamma, √V.</summary>
    public double BodyFactorRootVolts => Math.Sqrt(2 * SiliconFaradsPerMetre * PhysicalConstants.ElementaryCoulombs * 1e6 * dopingPerCubicCentimetre) / _oxideFarads;

    /// <summary>vto, volts.</summary>
    /// <param name="gamma">Body factor where the model gives one.</param>
    /// <param name="phi">Surface potential where the model gives one.</param>
    public double ThresholdVolts(double? gamma, double? phi)
    {
        double gap = nominal.GapVolts, sign = isPChannel ? -1 : 1, surface = phi ?? SurfacePotentialVolts;
        double gate = gateType == 0 ? AluminiumVolts : AffinityVolts + gap / 2 - sign * gateType * gap / 2;
        double flatBand = gate - (AffinityVolts + gap / 2 + sign * surface / 2) - 1e4 * surfaceStatesPerSquareCentimetre * PhysicalConstants.ElementaryCoulombs / _oxideFarads;
        return flatBand + sign * ((gamma ?? BodyFactorRootVolts) * Math.Sqrt(surface) + surface);
    }
}
