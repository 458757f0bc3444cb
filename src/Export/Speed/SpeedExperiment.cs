using System.Globalization;
using CircuitSim.Export.Runs;

namespace CircuitSim.Export.Speed;

/// <summary>Reads and writes the <c>speed</c> section of an experiment.</summary>
internal static class SpeedExperiment
{
    internal static SpeedSettings? Read(YamlSection root)
    {
        YamlSection section = root.Section("speed");
        if (!section.IsPresent) return null;

        const string farads = "a number of farads, at least 0", seconds = "a positive number of seconds";
        var d = new SpeedSettings();
        var settings = new SpeedSettings
        {
            Samples = section.Count("samples", d.Samples, 2),
            SegmentFarads = section.OptionalNumber("segment_farads", v => v >= 0, farads),
            GateFarads = section.OptionalNumber("gate_farads", v => v > 0, "a positive number of farads"),
            HoldSeconds = section.Number("hold_seconds", d.HoldSeconds, v => v > 0, seconds),
            EdgeSeconds = section.Number("edge_seconds", d.EdgeSeconds, v => v > 0, seconds),
            LimitPercent = section.OptionalNumber("limit_percent", v => v > 0, "a positive number of percent"),
        };
        if (settings.EdgeSeconds >= settings.HoldSeconds)
            section.Require(string.Create(CultureInfo.InvariantCulture, $"'edge_seconds' must be shorter than 'hold_seconds'; they are {settings.EdgeSeconds:R} and {settings.HoldSeconds:R}."));
        if (settings.GateFarads is null && root.Section("circuit").OptionalText("inverter") is { } inverter && RunInverter.IsFile(inverter))
            section.Require($"'gate_farads' is missing; the default is that of the inverters that ship, and '{inverter}' has gates of its own.");
        section.RefuseUnknownKeys();
        return settings;
    }

    internal static string Write(SpeedSettings settings)
    {
        string[] optional =
        [
            .. Optional("segment_farads", settings.SegmentFarads),
            .. Optional("gate_farads", settings.GateFarads),
            .. Optional("limit_percent", settings.LimitPercent),
        ];
        return string.Create(CultureInfo.InvariantCulture,
            $"{{ samples: {settings.Samples}, {string.Concat(optional)}hold_seconds: {settings.HoldSeconds:R}, edge_seconds: {settings.EdgeSeconds:R} }}");
    }

    private static IEnumerable<string> Optional(string key, double? value) =>
        value is double v ? [string.Create(CultureInfo.InvariantCulture, $"{key}: {v:R}, ")] : [];
}
