namespace CircuitSim.Circuit.Devices;

/// <summary>Parameters of a level 1 MOS transistor (Shichman and Hodges, IEEE J. Solid-State Circuits 3, 1968), as in <c>.model name nmos(…)</c>.</summary>
/// <remarks>Defaults are SPICE's; temperature is 27 °C.</remarks>
public sealed record MosfetModel
{
    /// <summary>Name of the model.</summary>
    public required string Name { get; init; }

    /// <summary>True for a p-channel transistor.</summary>
    public bool IsPChannel { get; init; }

    /// <summary>Threshold at zero bulk bias (vto), volts, negative for an enhancement p-channel.</summary>
    public double ThresholdVolts { get; init; }

    /// <summary>Transconductance parameter (kp), A/V².</summary>
    public double TransconductanceAmpsPerSquareVolt { get; init; } = 2e-5;

    /// <summary>Body-effect coefficient (gamma), √V.</summary>
    public double BodyFactorRootVolts { get; init; }

    /// <summary>Surface potential (phi), volts.</summary>
    public double SurfacePotentialVolts { get; init; } = 0.6;

    /// <summary>Channel-length modulation (lambda), 1/V.</summary>
    public double ChannelModulationPerVolt { get; init; }

    /// <summary>Drain resistance (rd), ohms.</summary>
    public double DrainOhms { get; init; }

    /// <summary>Source resistance (rs), ohms.</summary>
    public double SourceOhms { get; init; }

    /// <summary>Bulk junction saturation current (is), amperes.</summary>
    public double BulkSaturationAmps { get; init; } = 1e-14;

    /// <summary>Bulk junction saturation current density (js), A/m²; used with junction areas.</summary>
    public double BulkSaturationAmpsPerSquareMetre { get; init; }

    /// <summary>Bulk-drain capacitance at 0 V (cbd), farads, or null to use areas.</summary>
    public double? BulkDrainFarads { get; init; }

    /// <summary>Bulk-source capacitance at 0 V (cbs), farads, or null to use areas.</summary>
    public double? BulkSourceFarads { get; init; }

    /// <summary>Bottom junction capacitance (cj), F/m².</summary>
    public double JunctionFaradsPerSquareMetre { get; init; }

    /// <summary>Bottom grading coefficient (mj).</summary>
    public double BottomGradingCoefficient { get; init; } = 0.5;

    /// <summary>Sidewall junction capacitance (cjsw), F/m.</summary>
    public double SidewallFaradsPerMetre { get; init; }

    /// <summary>Sidewall grading coefficient (mjsw).</summary>
    public double SidewallGradingCoefficient { get; init; } = 0.5;

    /// <summary>Bulk junction built-in voltage (pb), volts.</summary>
    public double JunctionVolts { get; init; } = 0.8;

    /// <summary>Part of the built-in voltage above which the capacitance is a straight line (fc).</summary>
    public double ForwardFraction { get; init; } = 0.5;

    /// <summary>Gate-source overlap capacitance (cgso), F/m.</summary>
    public double GateSourceFaradsPerMetre { get; init; }

    /// <summary>Gate-drain overlap capacitance (cgdo), F/m.</summary>
    public double GateDrainFaradsPerMetre { get; init; }

    /// <summary>Gate-bulk overlap capacitance (cgbo), F per metre of length.</summary>
    public double GateBulkFaradsPerMetre { get; init; }

    /// <summary>Thickness of the gate oxide (tox), metres, or null for a gate without channel capacitance.</summary>
    public double? OxideMetres { get; init; }

    /// <summary>Capacitance of the gate oxide, F/m²; 0 without a thickness.</summary>
    public double OxideFaradsPerSquareMetre => OxideMetres is { } thickness ? PhysicalConstants.OxideFaradsPerMetre / thickness : 0;

    /// <summary>Lateral diffusion (ld), metres; the channel is shorter by twice this.</summary>
    public double LateralDiffusionMetres { get; init; }
}
