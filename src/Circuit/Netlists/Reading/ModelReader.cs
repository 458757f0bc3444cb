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
        p.Ignore("kf", "af");
        NominalTemperature nominal = Nominal(p);
        // They change with temperature only, and at 27 °C nothing has changed.
        double gap = p.Positive("eg", 1.11), exponent = p.Number("xti", 3);
        if (nominal.IsReference) p.Ignore("trs", "trs1", "trs2", "tm1", "tm2", "ttt1", "ttt2", "tcv", "cta", "ctc", "tpb", "tvj", "tlev", "tlevc");
        if (p.Number("level", 1) != 1) throw new DeckSyntaxError(p.OffsetOf("level"), "only level 1 of a diode model is known to the native engine; run the deck with --engine ngspice.");
        double emission = p.Positive("n", 1), builtIn = p.Positive("vj", 1), grading = p.Between("m", 0.5, 0, 0.9);
        var model = new DiodeModel
        {
            Name = name,
            SaturationAmps = nominal.DiodeAmps(p.Positive("is", p.Positive("js", 1e-14)), emission, gap, exponent),
            EmissionCoefficient = emission,
            SeriesOhms = p.NotNegative("rs", 0),
            JunctionFarads = nominal.Capacitance(p.NotNegative("cjo", p.NotNegative("cj0", 0)), builtIn, grading),
            JunctionVolts = p.Checked("vj", nominal.Potential(builtIn), v => v > 0, "above 0 at 27 °C"),
            GradingCoefficient = grading,
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
        p.Ignore("kf", "af");
        NominalTemperature nominal = Nominal(p);
        double? oxide = p.Optional("tox");
        if (oxide is <= 0) throw new DeckSyntaxError(p.OffsetOf("tox"), "tox must be above 0 m.");
        // cm²/Vs; with an oxide it gives kp unless that is given too.
        double mobility = p.Positive("uo", p.Positive("u0", 600));
        double transconductance = oxide is { } thickness ? 1e-4 * mobility * PhysicalConstants.OxideFaradsPerMetre / thickness : 2e-5;
        DopedSubstrate? doped = Substrate(p, isPChannel, oxide, nominal);
        double gamma = p.NotNegative("gamma", doped?.BodyFactorRootVolts ?? 0), phi = p.Positive("phi", doped?.SurfacePotentialVolts ?? 0.6);
        double threshold = p.Number("vto", p.Number("vt0", doped?.ThresholdVolts(p.Optional("gamma"), p.Optional("phi")) ?? 0));
        double builtIn = p.Positive("pb", 0.8), bottom = p.Between("mj", 0.5, 0, 0.95), sidewall = p.Between("mjsw", 0.5, 0, 0.95);
        double surface = p.Checked("phi", nominal.Potential(phi), v => v > 0, "above 0 at 27 °C");
        var model = new MosfetModel
        {
            Name = name,
            IsPChannel = isPChannel,
            ThresholdVolts = nominal.Threshold(threshold, isPChannel, gamma, phi),
            TransconductanceAmpsPerSquareVolt = nominal.Transconductance(p.Positive("kp", transconductance)),
            BodyFactorRootVolts = gamma,
            SurfacePotentialVolts = surface,
            ChannelModulationPerVolt = p.NotNegative("lambda", 0),
            DrainOhms = p.NotNegative("rd", 0),
            SourceOhms = p.NotNegative("rs", 0),
            BulkSaturationAmps = nominal.BulkAmps(p.NotNegative("is", 1e-14)),
            BulkSaturationAmpsPerSquareMetre = nominal.BulkAmps(p.NotNegative("js", 0)),
            BulkDrainFarads = p.Optional("cbd") is { } drain ? nominal.Capacitance(drain, builtIn, bottom) : null,
            BulkSourceFarads = p.Optional("cbs") is { } source ? nominal.Capacitance(source, builtIn, bottom) : null,
            JunctionFaradsPerSquareMetre = nominal.Capacitance(p.NotNegative("cj", 0), builtIn, bottom),
            BottomGradingCoefficient = bottom,
            SidewallFaradsPerMetre = nominal.Capacitance(p.NotNegative("cjsw", 0), builtIn, sidewall),
            SidewallGradingCoefficient = sidewall,
            JunctionVolts = p.Checked("pb", nominal.Potential(builtIn), v => v > 0, "above 0 at 27 °C"),
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
    private static DopedSubstrate? Substrate(ModelParameters p, bool isPChannel, double? oxide, NominalTemperature nominal)
    {
        double surfaceStates = p.Number("nss", 0), gate = p.Number("tpg", 1);
        if (p.Optional("nsub") is not { } doping || oxide is not { } thickness) return null;
        if (!(doping > DopedSubstrate.IntrinsicPerCubicCentimetre))
            throw new DeckSyntaxError(p.OffsetOf("nsub"), FormattableString.Invariant($"nsub is {doping:R}; it must be above {DopedSubstrate.IntrinsicPerCubicCentimetre:R} per cm³, the carriers of undoped silicon."));
        return new DopedSubstrate(isPChannel, doping, thickness, surfaceStates, gate, nominal);
    }

    private static NominalTemperature Nominal(ModelParameters p)
        => new(p.Checked("tnom", p.Number("tnom", p.Number("tref", 27)), t => t > -273.15, "above -273.15 °C"));
}
