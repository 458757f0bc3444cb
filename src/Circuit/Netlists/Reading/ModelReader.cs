using CircuitSim.Circuit.Devices;

namespace CircuitSim.Circuit.Netlists.Reading;

/// <summary>Reads .model statements.</summary>
internal static class ModelReader
{
    /// <summary>Name and kind of a model, without its parameters.</summary>
    /// <exception cref="DeckSyntaxError">One of them is missing.</exception>
    public static (string Name, string Kind) Head(DeckLine line)
    {
        var cursor = new DeckCursor(line);
        cursor.Next(".model");
        return (cursor.Next("a model's name"), cursor.Next("a model's kind, such as d, nmos or pmos"));
    }

    /// <summary>A diode model.</summary>
    /// <exception cref="DeckSyntaxError">A parameter is unknown or wrong.</exception>
    public static DiodeModel Diode(DeckLine line, string name, ParameterScope parameters)
    {
        ModelParameters p = ModelParameters.Read(line, parameters);
        p.Ignore("kf", "af", "tnom");
        var model = new DiodeModel
        {
            Name = name,
            SaturationAmps = p.Positive("is", 1e-14),
            EmissionCoefficient = p.Positive("n", 1),
            SeriesOhms = p.NotNegative("rs", 0),
            JunctionFarads = p.NotNegative("cjo", p.NotNegative("cj0", 0)),
            JunctionVolts = p.Positive("vj", 1),
            GradingCoefficient = p.Between("m", 0.5, 0, 0.9),
            ForwardFraction = p.Between("fc", 0.5, 0, 0.95),
            TransitSeconds = p.NotNegative("tt", 0),
            BreakdownVolts = p.Optional("bv"),
            BreakdownAmps = p.Positive("ibv", 1e-3),
        };
        p.ExpectAllUsed("diode");
        return model;
    }

    /// <summary>A MOS transistor model of level 1.</summary>
    /// <exception cref="DeckSyntaxError">The level is another one, or a parameter is unknown or wrong.</exception>
    public static MosfetModel Mosfet(DeckLine line, string name, bool isPChannel, ParameterScope parameters)
    {
        ModelParameters p = ModelParameters.Read(line, parameters);
        double level = p.Number("level", 1);
        if (level != 1)
            throw new DeckSyntaxError(p.OffsetOf("level"), FormattableString.Invariant($"MOSFET model level {level} is not known to the native engine; run the deck with --engine ngspice."));
        p.Ignore("kf", "af", "tnom");
        double? oxide = p.Optional("tox");
        if (oxide is <= 0) throw new DeckSyntaxError(p.OffsetOf("tox"), "tox must be above 0 m.");
        // cm²/Vs; with an oxide it gives kp unless that is given too.
        double mobility = p.Positive("uo", p.Positive("u0", 600));
        double transconductance = oxide is { } thickness ? 1e-4 * mobility * PhysicalConstants.OxideFaradsPerMetre / thickness : 2e-5;
        DopedSubstrate? doped = Substrate(p, isPChannel, oxide);
        var model = new MosfetModel
        {
            Name = name,
            IsPChannel = isPChannel,
            ThresholdVolts = p.Number("vto", p.Number("vt0", doped?.ThresholdVolts(p.Optional("gamma"), p.Optional("phi")) ?? 0)),
            TransconductanceAmpsPerSquareVolt = p.Positive("kp", transconductance),
            BodyFactorRootVolts = p.NotNegative("gamma", doped?.BodyFactorRootVolts ?? 0),
            SurfacePotentialVolts = p.Positive("phi", doped?.SurfacePotentialVolts ?? 0.6),
            ChannelModulationPerVolt = p.NotNegative("lambda", 0),
            DrainOhms = p.NotNegative("rd", 0),
            SourceOhms = p.NotNegative("rs", 0),
            BulkSaturationAmps = p.NotNegative("is", 1e-14),
            BulkSaturationAmpsPerSquareMetre = p.NotNegative("js", 0),
            BulkDrainFarads = p.Optional("cbd"),
            BulkSourceFarads = p.Optional("cbs"),
            JunctionFaradsPerSquareMetre = p.NotNegative("cj", 0),
            BottomGradingCoefficient = p.Between("mj", 0.5, 0, 0.95),
            SidewallFaradsPerMetre = p.NotNegative("cjsw", 0),
            SidewallGradingCoefficient = p.Between("mjsw", 0.5, 0, 0.95),
            JunctionVolts = p.Positive("pb", 0.8),
            ForwardFraction = p.Between("fc", 0.5, 0, 0.95),
            GateSourceFaradsPerMetre = p.NotNegative("cgso", 0),
            GateDrainFaradsPerMetre = p.NotNegative("cgdo", 0),
            GateBulkFaradsPerMetre = p.NotNegative("cgbo", 0),
            OxideMetres = oxide,
            LateralDiffusionMetres = p.NotNegative("ld", 0),
        };
        p.ExpectAllUsed("level 1 MOSFET");
        return model;
    }

    /// <summary>What threshold, body effect and surface potential follow from, where the model gives nsub and tox; without an oxide SPICE ignores nsub.</summary>
    private static DopedSubstrate? Substrate(ModelParameters p, bool isPChannel, double? oxide)
    {
        double surfaceStates = p.Number("nss", 0), gate = p.Number("tpg", 1);
        if (p.Optional("nsub") is not { } doping || oxide is not { } thickness) return null;
        if (!(doping > DopedSubstrate.IntrinsicPerCubicCentimetre))
            throw new DeckSyntaxError(p.OffsetOf("nsub"), FormattableString.Invariant($"nsub is {doping:R}; it must be above {DopedSubstrate.IntrinsicPerCubicCentimetre:R} per cm³, the carriers of undoped silicon."));
        return new DopedSubstrate(isPChannel, doping, thickness, surfaceStates, gate);
    }
}
