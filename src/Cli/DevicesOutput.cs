using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using CircuitSim.Export.Reports;
using CircuitSim.Mapping.Devices;
using CircuitSim.Mapping.Devices.Fitting;

namespace CircuitSim.Cli;

/// <summary>Prints device cards and fits: one JSON document, or text.</summary>
internal static class DevicesOutput
{
    private const int Points = 6;

    private static readonly double[] Volts = [-0.5, -0.25, -0.1, 0.1, 0.25, 0.5];

    private static readonly JsonSerializerOptions JsonOptions = new(FidelityJson.Options) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    internal static void WriteText(TextWriter output, IReadOnlyList<DeviceCard> cards)
    {
        foreach (DeviceCard card in cards)
        {
            Line(output, $"{card.Name,-19} {card.Technology}; {Window(card)}; {Parts(card)}");
            Line(output, $"{"",-19} {card.Source}");
            WriteAssumptions(output, card, 20);
        }
    }

    internal static void WriteJson(TextWriter output, IReadOnlyList<DeviceCard> cards) =>
        Write(output, new { schemaVersion = 1, cards = cards.Select(c => Document(c)) });

    internal static void WriteText(TextWriter output, DeviceCard card, IReadOnlyList<string> files)
    {
        Line(output, $"{card.Name}: {card.Technology}");
        Line(output, $"source     {card.Source}");
        Line(output, $"validity   {card.Validity}");
        Line(output, $"window     {Window(card)}{(card.MinimumSiemens > 0 ? Invariant($", on/off ratio {card.MaximumSiemens / card.MinimumSiemens:G4}") : "")}");
        Line(output, $"levels     {(card.Levels.Count == 0 ? "analogue" : string.Join(", ", card.Levels.Select(g => Invariant($"{1e6 * g:G4}"))) + " µS")}");
        if (card.ProgrammingError is { } error)
            Line(output, $"programmed {error.Source}{(error.IsAfterVerify ? "; after the authors' program-and-verify" : "")}");
        if (card.Drift is { } drift)
            Line(output, $"drift      {drift.Source}; from {drift.FirstSeconds:G6} s{(double.IsInfinity(drift.LastSeconds) ? "" : Invariant($" to {drift.LastSeconds:G6} s"))}");
        if (card.ReadNoise is { } noise) Line(output, $"read noise {noise.Source}");
        if (card.Conduction is { } law) Line(output, $"conduction {law.Source}{(double.IsInfinity(law.MaximumVolts) ? "" : Invariant($"; up to ±{law.MaximumVolts:G4} V"))}");
        if (card.Faults is { } faults)
            Line(output, $"faults     {100 * faults.StuckLow:G4} % stuck low, {100 * faults.StuckHigh:G4} % stuck high, {100 * faults.StuckAnywhere:G4} % stuck anywhere; {faults.Source}");
        Line(output, $"pulses     {(card.PulseEnergyJoules is double joules ? Invariant($"{joules:G4} J each") : "energy not published")}");
        WriteAssumptions(output, card, 0);
        if (card.ProgrammingError is not null) WriteTable(output, card);
        foreach (string file in files) Line(output, $"wrote {file}");
    }

    internal static void WriteJson(TextWriter output, DeviceCard card, IReadOnlyList<string> files) =>
        Write(output, new { schemaVersion = 1, card = Document(card), files });

    internal static void WriteText(TextWriter output, DeviceFit fit, IReadOnlyList<string> files)
    {
        Line(output, $"{fit.Card.Name}: {fit.Levels.Sum(l => l.Count)} reads of {fit.Card.Levels.Count} levels; {Window(fit.Card)}; source: {fit.Card.Source}");
        Line(output, $"level\ttarget (µS)\ttime (s)\treads\tmean (µS)\tsd (µS)\tmedian (µS)\t5 % (µS)\t95 % (µS)\tbeyond next level (%)");
        foreach (FittedLevel l in fit.Levels)
            Line(output, $"{l.Name}\t{1e6 * l.TargetSiemens:G6}\t{l.Seconds:G6}\t{l.Count}\t{1e6 * l.MeanSiemens:G6}\t{1e6 * l.StandardDeviationSiemens:G4}\t{1e6 * l.MedianSiemens:G6}\t{1e6 * l.LowSiemens:G6}\t{1e6 * l.HighSiemens:G6}\t{100 * l.BeyondNextLevel:G3}");
        if (fit.LargestCycleShift is double shift)
            Line(output, $"cycles: {fit.CycleCount}; the mean of one is at most {shift:G3} standard deviations from that of all");
        WriteAssumptions(output, fit.Card, 0);
        foreach (string file in files) Line(output, $"wrote {file}");
    }

    internal static void WriteJson(TextWriter output, DeviceFit fit, IReadOnlyList<string> files) => Write(output, new
    {
        schemaVersion = 1,
        card = Document(fit.Card),
        levels = fit.Levels,
        cycleCount = fit.CycleCount,
        largestCycleShift = fit.LargestCycleShift,
        files,
    });

    private static object Document(DeviceCard card) => new
    {
        name = card.Name,
        technology = card.Technology,
        source = card.Source,
        validity = card.Validity,
        assumptions = card.Assumptions,
        minimumSiemens = card.MinimumSiemens,
        maximumSiemens = card.MaximumSiemens,
        levelSiemens = card.Levels,
        programming = card.ProgrammingError is not { } error ? null : new
        {
            source = error.Source,
            isAfterVerify = error.IsAfterVerify,
            points = Targets(card).Select(g => Point(card, g, null)),
        },
        drift = card.Drift is not { } drift || card.ProgrammingError is null ? null : new
        {
            source = drift.Source,
            firstSeconds = drift.FirstSeconds,
            lastSeconds = double.IsInfinity(drift.LastSeconds) ? (double?)null : drift.LastSeconds,
            points = Times(drift).SelectMany(t => Targets(card).Select(g => Point(card, g, t))),
        },
        readNoise = card.ReadNoise is not { } noise ? null : new
        {
            source = noise.Source,
            points = Targets(card).Select(g => new { siemens = g, standardDeviationSiemens = noise.StandardDeviationSiemens(g, g, card.Drift?.FirstSeconds ?? 0) }),
        },
        conduction = card.Conduction is not { } law ? null : new
        {
            source = law.Source,
            maximumVolts = double.IsInfinity(law.MaximumVolts) ? (double?)null : law.MaximumVolts,
            points = Targets(card).Where(g => g > 0).SelectMany(g => Volts.Select(v => new { siemens = g, volts = v, amps = law.At(g).Amps(v, out _) })),
        },
        faults = card.Faults is not { } f ? null : new { source = f.Source, stuckLow = f.StuckLow, stuckHigh = f.StuckHigh, stuckAnywhere = f.StuckAnywhere },
        pulseEnergyJoules = card.PulseEnergyJoules,
    };

    private static object Point(DeviceCard card, double target, double? seconds)
    {
        (double mean, double deviation) = card.Statistics(target, seconds);
        return new { seconds, targetSiemens = target, meanSiemens = mean, standardDeviationSiemens = deviation };
    }

    private static void WriteTable(TextWriter output, DeviceCard card)
    {
        double[] times = card.Drift is null ? [] : Times(card.Drift);
        output.Write(string.Join('\t', ["target (µS)", "mean (µS)", "sd (µS)", .. times.SelectMany(t => new[] { Invariant($"mean at {t:G6} s"), Invariant($"sd at {t:G6} s") })]) + "\n");
        foreach (double target in Targets(card))
        {
            List<string> cells = [Invariant($"{1e6 * target:G4}")];
            foreach (double? seconds in (IEnumerable<double?>)[null, .. times])
            {
                (double mean, double deviation) = card.Statistics(target, seconds);
                cells.Add(Invariant($"{1e6 * mean:G5}"));
                cells.Add(Invariant($"{1e6 * deviation:G4}"));
            }

            output.Write(string.Join('\t', cells) + "\n");
        }
    }

    private static void WriteAssumptions(TextWriter output, DeviceCard card, int indent)
    {
        foreach (string assumption in card.Assumptions) Line(output, $"{new string(' ', indent)}assumes    {assumption}");
    }

    private static double[] Targets(DeviceCard card) => card.Levels.Count is > 0 and < 17
        ? [.. card.Levels]
        : [.. Enumerable.Range(0, Points).Select(i => i == Points - 1 ? card.MaximumSiemens : card.MinimumSiemens + (card.MaximumSiemens - card.MinimumSiemens) * i / (Points - 1))];

    private static double[] Times(ConductanceDrift drift)
    {
        double last = double.IsInfinity(drift.LastSeconds) ? 365.25 * 86_400 : drift.LastSeconds;
        return [.. ((double[])[drift.FirstSeconds, 3600, 86_400, last]).Where(t => t >= drift.FirstSeconds && t <= last).Distinct().Order()];
    }

    private static string Window(DeviceCard card) => Invariant($"{1e6 * card.MinimumSiemens:G4} to {1e6 * card.MaximumSiemens:G4} µS");

    private static string Parts(DeviceCard card)
    {
        string[] parts =
        [
            .. card.Levels.Count > 0 ? [$"{card.Levels.Count} levels"] : Array.Empty<string>(),
            .. card.ProgrammingError is null ? [] : (string[])["programming error"],
            .. card.Drift is null ? [] : (string[])["drift"],
            .. card.ReadNoise is null ? [] : (string[])["read noise"],
            .. card.Conduction is null ? [] : (string[])["conduction"],
            .. card.Faults is null ? [] : (string[])["faults"],
        ];
        return string.Join(", ", parts);
    }

    private static void Write(TextWriter output, object document) => output.Write(JsonSerializer.Serialize(document, JsonOptions) + "\n");

    private static void Line(TextWriter output, FormattableString text) => output.Write(Invariant(text) + "\n");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
