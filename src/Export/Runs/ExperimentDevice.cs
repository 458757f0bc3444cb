using System.Globalization;
using CircuitSim.Circuit.Errors;
using CircuitSim.Mapping;
using CircuitSim.Mapping.Devices;
using CircuitSim.Mapping.Variation;

namespace CircuitSim.Export.Runs;

/// <summary>Reads and writes the settings of an experiment that make a chip: <c>device</c>, and of <c>circuit</c> wires, mismatch and corner.</summary>
internal static class ExperimentDevice
{
    private const string Positive = "a positive number", AtLeastZero = "a number of at least 0", Share = "a share of devices, from 0 to 1 (10 % is 0.1)";

    private const string NoSegment = "open lines need a 'segment_ohms' above 0: a line without resistance has no segment to break.";

    private static readonly string[] RateKeys = ["stuck_low", "stuck_high", "stuck_anywhere"];

    internal static DeviceSettings Read(YamlSection section)
    {
        var d = new DeviceSettings();
        string card = Card(section, d.Card);
        GenericDevice? generic = Generic(section, card);
        int? levels = card == DeviceSettings.GenericCard ? null : section.OptionalCount("levels", 2, ExperimentLimits.Levels);
        bool hasLevels = levels is not null;
        bool usesWindow = section.IsText("conductance_ratio", "window");
        var device = new DeviceSettings
        {
            Card = card,
            Generic = generic,
            ConductanceRatio = usesWindow ? WindowRatio(section, card, generic) : section.Number("conductance_ratio", d.ConductanceRatio, v => v > 0, Positive + ", or 'window' for all that the device's window allows"),
            UsesWholeWindow = usesWindow,
            Programming = section.OneOf("programming", "ideal", ["ideal", "one_shot", "verify"]) switch
            {
                "one_shot" => ProgrammingMode.OneShot,
                "verify" => ProgrammingMode.Verify,
                _ => ProgrammingMode.Ideal,
            },
            AcceptanceSiemens = section.OptionalNumber("acceptance_siemens", v => v > 0, "a positive number of siemens"),
            AcceptancePercent = section.OptionalNumber("acceptance_percent", v => v > 0, "a positive percentage of the target"),
            MaximumPulses = section.Count("maximum_pulses", d.MaximumPulses, 1),
            Levels = levels,
            Rounding = section.OneOf("rounding", hasLevels ? "nearest" : "none", ["none", "nearest", "stochastic"]) switch
            {
                "nearest" => LevelRounding.Nearest,
                "stochastic" => LevelRounding.Stochastic,
                _ => LevelRounding.None,
            },
            ReadSeconds = section.OptionalNumber("read_seconds", v => v > 0, "a positive number of seconds"),
            ReadNoise = section.Flag("read_noise", d.ReadNoise),
            Faults = Faults(section),
            Scale = section.OneOf("scale", "auto", ["auto", "lowest", "least_error"]) switch
            {
                "lowest" => NeuronScale.Lowest,
                "least_error" => NeuronScale.LeastError,
                _ => null,
            },
            OutOfRange = section.OneOf("out_of_range", "reject", ["reject", "clip"]) == "clip" ? OutOfRange.Clip : OutOfRange.Reject,
        };
        CheckTogether(section, device);
        section.RefuseUnknownKeys();
        return device;
    }

    internal static string Write(DeviceSettings device)
    {
        var keys = new List<string> { $"card: {ExperimentFile.Scalar(device.Card)}" };
        if (device.Generic is { } generic)
        {
            keys.Add(Text($"maximum_siemens: {generic.MaximumSiemens:R}, on_off_ratio: {generic.OnOffRatio:R}, spread_percent: {100 * generic.SpreadShare:G15}"));
            if (generic.LevelCount is int count) keys.Add(Text($"levels: {count}"));
        }

        keys.Add(device.UsesWholeWindow ? "conductance_ratio: window" : Text($"conductance_ratio: {device.ConductanceRatio:R}"));
        keys.Add($"programming: {device.Programming switch { ProgrammingMode.OneShot => "one_shot", ProgrammingMode.Verify => "verify", _ => "ideal" }}");
        if (device.AcceptanceSiemens is double siemens) keys.Add(Text($"acceptance_siemens: {siemens:R}"));
        if (device.AcceptancePercent is double percent) keys.Add(Text($"acceptance_percent: {percent:R}"));
        if (device.Programming == ProgrammingMode.Verify) keys.Add(Text($"maximum_pulses: {device.MaximumPulses}"));
        if (device.Levels is int levels) keys.Add(Text($"levels: {levels}"));
        keys.Add($"rounding: {device.Rounding.ToString().ToLowerInvariant()}");
        if (device.ReadSeconds is double seconds) keys.Add(Text($"read_seconds: {seconds:R}"));
        keys.Add($"read_noise: {(device.ReadNoise ? "true" : "false")}");
        if (device.Faults is { } faults)
        {
            keys.Add(faults.Rates is { } rates
                ? Text($"faults: {{ stuck_low: {rates.StuckLow:R}, stuck_high: {rates.StuckHigh:R}, stuck_anywhere: {rates.StuckAnywhere:R} }}")
                : "faults: card");
        }

        keys.Add($"scale: {device.Scale switch { NeuronScale.Lowest => "lowest", NeuronScale.LeastError => "least_error", _ => "auto" }}");
        keys.Add($"out_of_range: {(device.OutOfRange == OutOfRange.Clip ? "clip" : "reject")}");
        return $"{{ {string.Join(", ", keys)} }}";
    }

    internal static CircuitSettings ReadChip(YamlSection section, CircuitSettings circuit)
    {
        YamlSection geometry = section.Section("geometry"), mismatch = section.Section("mismatch"), corner = section.Section("corner"), lines = section.Section("line_faults");
        if (geometry.IsPresent) section.Complain("segment_ohms", "'segment_ohms' and 'geometry' both say what wires resist; give one.");
        return circuit with { Geometry = Geometry(geometry), Mismatch = Mismatch(mismatch), LineFaults = LineFaults(lines, circuit.SegmentOhms == 0 && !geometry.IsPresent), Corner = Corner(corner) };
    }

    internal static string WriteChip(CircuitSettings circuit)
    {
        var keys = new List<string>();
        if (circuit.Geometry is not { } geometry) keys.Add(Text($"segment_ohms: {circuit.SegmentOhms:R}"));
        else if (geometry.Sizes is { } sizes)
            keys.Add(Text($"geometry: {{ width_nm: {1e9 * sizes.WidthMetres:G15}, thickness_nm: {1e9 * sizes.ThicknessMetres:G15}, word_line_pitch_nm: {1e9 * sizes.WordLinePitchMetres:G15}, bit_line_pitch_nm: {1e9 * sizes.BitLinePitchMetres:G15} }}"));
        else keys.Add(Text($"geometry: {{ node_nm: {geometry.NodeNanometres:R}, cell: {(geometry.HasTransistors ? "1t1r" : "cross_point")} }}"));
        if (circuit.Mismatch is { } m)
            keys.Add(Text($"mismatch: {{ threshold_mv_um: {1e9 * m.ThresholdVoltMetres:G15}, current_factor_percent_um: {1e8 * m.CurrentFactorMetres:G15}, length_um: {1e6 * m.LengthMetres:G15}, n_width_um: {1e6 * m.NChannelWidthMetres:G15}, p_width_um: {1e6 * m.PChannelWidthMetres:G15} }}"));
        if (circuit.LineFaults is { } l)
            keys.Add(Text($"line_faults: {{ open_word_lines: {l.OpenWordLines:R}, open_bit_lines: {l.OpenBitLines:R}, shorted_word_lines: {l.ShortedWordLines:R}, shorted_bit_lines: {l.ShortedBitLines:R}, dead_drivers: {l.DeadDrivers:R}, short_ohms: {l.ShortOhms:R} }}"));
        OperatingCorner corner = circuit.Corner;
        if (!corner.IsNominal)
            keys.Add(Text($"corner: {{ supply_percent: {100 * corner.SupplyRatio:G15}, temperature_kelvin: {corner.TemperatureKelvin:R}, threshold_mv_per_kelvin: {1e3 * corner.ThresholdVoltsPerKelvin:G15} }}"));
        return string.Join(", ", keys);
    }

    private static string Card(YamlSection section, string fallback)
    {
        string? text = section.OptionalText("card");
        return text is not null && text.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
            ? text
            : section.OneOf("card", fallback, [.. PublishedCards.All.Select(c => c.Name), DeviceSettings.GenericCard]);
    }

    // K/σ_min = σ_max/σ_min − 1.
    private static double WindowRatio(YamlSection section, string card, GenericDevice? generic)
    {
        section.Mark("conductance_ratio");
        if (generic is not null) return generic.OnOffRatio - 1;
        if (card.Length == 0) return 1;
        DeviceCard known = DeviceCards.Open(card);
        if (known.MinimumSiemens > 0) return known.MaximumSiemens / known.MinimumSiemens - 1;
        section.Complain("conductance_ratio", $"the window of '{card}' begins at 0 S, so that its ratio has no end; give a number, such as {new DeviceSettings().ConductanceRatio.ToString(CultureInfo.InvariantCulture)}.");
        return 1;
    }

    private static GenericDevice? Generic(YamlSection section, string card)
    {
        if (card != DeviceSettings.GenericCard)
        {
            foreach (string key in new[] { "maximum_siemens", "on_off_ratio", "spread_percent" })
                section.Complain(key, $"'{key}' goes with 'card: generic'; a card of its own knows it.");
            section.Mark("maximum_siemens", "on_off_ratio", "spread_percent");
            return null;
        }

        return new GenericDevice
        {
            MaximumSiemens = section.Number("maximum_siemens", 7.9e-6, v => v > 0, "a positive number of siemens"),
            OnOffRatio = section.Number("on_off_ratio", 65.8, v => v > 1, "a number above 1"),
            SpreadShare = section.Number("spread_percent", 0, v => v is >= 0 and <= 100, "a percentage of the range, from 0 to 100") / 100,
            LevelCount = section.OptionalCount("levels", 2, ExperimentLimits.Levels),
        };
    }

    private static FaultSettings? Faults(YamlSection section)
    {
        if (section.IsText("faults", "card"))
        {
            section.Mark("faults");
            return new FaultSettings();
        }

        YamlSection rates = section.Section("faults");
        if (!rates.IsPresent) return null;
        double[] shares = [.. RateKeys.Select(key => rates.Number(key, 0, v => v is >= 0 and <= 1, Share))];
        rates.RefuseUnknownKeys();
        try
        {
            return new FaultSettings { Rates = new FaultRates(shares[0], shares[1], shares[2]) };
        }
        catch (InvalidDesignException e)
        {
            section.Complain("faults", e.Message);
            return null;
        }
    }

    private static void CheckTogether(YamlSection section, DeviceSettings device)
    {
        if (device.Programming != ProgrammingMode.Verify)
        {
            foreach (string key in new[] { "acceptance_siemens", "acceptance_percent", "maximum_pulses" })
                section.Complain(key, $"'{key}' goes with 'programming: verify'; add that, or leave this out.");
        }
        else if (device is { AcceptanceSiemens: null, AcceptancePercent: null, Rounding: LevelRounding.None })
            section.Complain("programming", "'programming: verify' needs to know what is accepted: give 'acceptance_siemens' or 'acceptance_percent', or round to levels, whose bins are then accepted.");

        if (device is { AcceptanceSiemens: not null, AcceptancePercent: not null })
            section.Complain("acceptance_percent", "'acceptance_siemens' and 'acceptance_percent' both say what is accepted; give one.");
        if (device is { Levels: not null, Rounding: LevelRounding.None })
            section.Complain("rounding", "'levels' are given, but 'rounding: none' does not use them; choose nearest or stochastic, or leave the levels out.");
        if (device is { Scale: NeuronScale.LeastError, Rounding: not LevelRounding.None })
            section.Complain("scale", "'scale: least_error' moves targets off the levels that they are rounded to; leave one of the two out.");
        if (device.Generic is { LevelCount: null } && device.Rounding != LevelRounding.None)
            section.Complain("rounding", "'rounding' needs levels; give 'levels' too.");
    }

    private static GeometrySettings? Geometry(YamlSection section)
    {
        if (!section.IsPresent) return null;
        double? node = section.OptionalNumber("node_nm", v => WireGeometry.Nodes.Contains(v),
            $"one of {string.Join(", ", WireGeometry.Nodes.Select(n => n.ToString("R", CultureInfo.InvariantCulture)))}; or leave it out and give width_nm, thickness_nm and the pitches");
        string[] sizes = ["width_nm", "thickness_nm", "word_line_pitch_nm", "bit_line_pitch_nm"];
        if (section.Has("node_nm"))
        {
            bool hasTransistors = section.OneOf("cell", "cross_point", ["cross_point", "1t1r"]) == "1t1r";
            foreach (string key in sizes) section.Complain(key, $"'{key}' and 'node_nm' exclude each other; give the node or all four sizes.");
            section.Mark(sizes);
            section.RefuseUnknownKeys();
            return node is null ? null : new GeometrySettings { NodeNanometres = node, HasTransistors = hasTransistors };
        }

        double[] metres = [.. sizes.Select(key => 1e-9 * section.RequiredNumber(key, v => v > 0, "a positive number of nanometres"))];
        section.RefuseUnknownKeys();
        return new GeometrySettings
        {
            Sizes = new WireGeometry { WidthMetres = metres[0], ThicknessMetres = metres[1], WordLinePitchMetres = metres[2], BitLinePitchMetres = metres[3] },
        };
    }

    private static TransistorMismatch? Mismatch(YamlSection section)
    {
        if (!section.IsPresent) return null;
        var d = new TransistorMismatch { ThresholdVoltMetres = 0, CurrentFactorMetres = 0 };
        var mismatch = new TransistorMismatch
        {
            ThresholdVoltMetres = 1e-9 * section.Number("threshold_mv_um", 0, v => v >= 0, AtLeastZero),
            CurrentFactorMetres = 1e-8 * section.Number("current_factor_percent_um", 0, v => v >= 0, AtLeastZero),
            LengthMetres = 1e-6 * section.Number("length_um", 1e6 * d.LengthMetres, v => v > 0, Positive),
            NChannelWidthMetres = 1e-6 * section.Number("n_width_um", 1e6 * d.NChannelWidthMetres, v => v > 0, Positive),
            PChannelWidthMetres = 1e-6 * section.Number("p_width_um", 1e6 * d.PChannelWidthMetres, v => v > 0, Positive),
        };
        section.RefuseUnknownKeys();
        return mismatch;
    }

    private static LineFaultRates? LineFaults(YamlSection section, bool hasIdealWires)
    {
        if (!section.IsPresent) return null;
        var faults = new LineFaultRates
        {
            OpenWordLines = Rate("open_word_lines"),
            OpenBitLines = Rate("open_bit_lines"),
            ShortedWordLines = Rate("shorted_word_lines"),
            ShortedBitLines = Rate("shorted_bit_lines"),
            DeadDrivers = Rate("dead_drivers"),
            ShortOhms = section.Number("short_ohms", new LineFaultRates().ShortOhms, v => v > 0, "a positive number of ohms"),
        };
        if (hasIdealWires && faults.OpenWordLines > 0) section.Complain("open_word_lines", NoSegment);
        if (hasIdealWires && faults.OpenBitLines > 0) section.Complain("open_bit_lines", NoSegment);
        section.RefuseUnknownKeys();
        return faults;

        double Rate(string key) => section.Number(key, 0, v => v is >= 0 and <= 1, "a share of lines, from 0 to 1 (10 % is 0.1)");
    }

    private static OperatingCorner Corner(YamlSection section)
    {
        var d = new OperatingCorner();
        var corner = new OperatingCorner
        {
            SupplyRatio = section.Number("supply_percent", 100, v => v > 0, "a positive percentage of the supply") / 100,
            TemperatureKelvin = section.Number("temperature_kelvin", d.TemperatureKelvin, v => v is >= 200 and <= 450, "a number of kelvin from 200 to 450"),
            ThresholdVoltsPerKelvin = 1e-3 * section.Number("threshold_mv_per_kelvin", 1e3 * d.ThresholdVoltsPerKelvin, v => v >= 0, AtLeastZero),
        };
        section.RefuseUnknownKeys();
        return corner;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
