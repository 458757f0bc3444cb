using System.Globalization;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Mapping.Devices;

/// <summary>What a card, its use and the targets must fulfil before an array is programmed.</summary>
internal static class ProgrammingRules
{
    private const int MostListed = 10;
    private const int MostPulses = 65536;

    internal static void Check(DeviceCard card, ProgrammingOptions options, ReadOnlySpan<double> targets, string array)
    {
        RequireParts(card, options);
        List<string> problems = [];
        CheckAcceptance(options, card, problems);
        CheckTime(options, card, problems);
        CheckLevels(options, card, problems);
        CheckTargets(card, targets, problems);
        if (problems.Count > 0) throw new InvalidDesignException($"Programming {array} with device card '{card.Name}'", problems);
    }

    /// <summary>The levels that the options use, or null when targets stay as they are.</summary>
    internal static LevelPlan? Levels(DeviceCard card, ProgrammingOptions options) =>
        options.Rounding == LevelRounding.None ? null : options.Levels ?? LevelPlan.At(card.Levels);

    private static void RequireParts(DeviceCard card, ProgrammingOptions options)
    {
        if (options.Mode != ProgrammingMode.Ideal && card.ProgrammingError is null)
            throw new MissingDevicePartException(card, "programming error", c => c.ProgrammingError is not null, "Or program ideally.");
        if (options.ReadSeconds is not null && card.Drift is null)
            throw new MissingDevicePartException(card, "drift or relaxation", c => c.Drift is not null, "Or leave out the time of the read.");
        if (options.IncludeReadNoise && card.ReadNoise is null)
            throw new MissingDevicePartException(card, "read noise", c => c.ReadNoise is not null, "Or read without noise.");
        if (options is { Rounding: not LevelRounding.None, Levels: null } && card.Levels.Count == 0)
            throw new MissingDevicePartException(card, "table of levels", c => c.Levels.Count > 0, "Or give the levels, or do not round.");
    }

    private static void CheckAcceptance(ProgrammingOptions options, DeviceCard card, List<string> problems)
    {
        if (options.AcceptanceSiemens is double absolute && !(absolute > 0 && double.IsFinite(absolute)))
            problems.Add(Text($"The acceptance window is ±{absolute:G6} S; it must be positive."));
        if (options.AcceptanceRelative is double relative && !(relative > 0 && double.IsFinite(relative)))
            problems.Add(Text($"The acceptance window is ±{relative:G6} of the target; it must be positive."));
        if (options is { AcceptanceSiemens: not null, AcceptanceRelative: not null })
            problems.Add("The acceptance window is given in siemens and as a share of the target; give one.");
        if (options.MaximumPulses is < 1 or > MostPulses)
            problems.Add(Text($"A device may get {options.MaximumPulses} pulses; the number must be from 1 to {MostPulses}."));
        if (options.Mode != ProgrammingMode.Verify) return;

        bool hasBins = options.Rounding != LevelRounding.None;
        if (options is { AcceptanceSiemens: null, AcceptanceRelative: null } && !hasBins)
            problems.Add("Program-and-verify needs an acceptance window: in siemens, as a share of the target, or the bins of levels.");
        if (options.AcceptanceRelative is not null && !(card.MinimumSiemens > 0))
            problems.Add("An acceptance window that is a share of the target is empty at 0 S, which this card's window holds; give it in siemens.");
    }

    private static void CheckTime(ProgrammingOptions options, DeviceCard card, List<string> problems)
    {
        if (options.ReadSeconds is not double seconds || card.Drift is not { } drift) return;
        if (!(seconds >= drift.ReferenceSeconds && seconds <= drift.LastSeconds))
            problems.Add(Text($"The read is {seconds:G6} s after programming; the card is known from {drift.ReferenceSeconds:G6} to {drift.LastSeconds:G6} s."));
    }

    private static void CheckLevels(ProgrammingOptions options, DeviceCard card, List<string> problems)
    {
        if (options is { Levels: not null, Rounding: LevelRounding.None })
            problems.Add("Levels are given, but targets are not rounded to them; choose nearest or stochastic rounding, or leave the levels out.");
        if (options.Levels is null) return;
        foreach (ConductanceBin bin in options.Levels.Bins.Where(b => !card.Contains(b.TargetSiemens)).Take(MostListed))
            problems.Add(Text($"Level {bin.TargetSiemens:G6} S is outside the window of {card.MinimumSiemens:G6} to {card.MaximumSiemens:G6} S."));
    }

    private static void CheckTargets(DeviceCard card, ReadOnlySpan<double> targets, List<string> problems)
    {
        int outside = 0;
        for (int i = 0; i < targets.Length; i++)
        {
            if (card.Contains(targets[i])) continue;
            if (++outside <= MostListed)
                problems.Add(Text($"Device {i + 1} has the target {targets[i]:G6} S; the window is {card.MinimumSiemens:G6} to {card.MaximumSiemens:G6} S. Rescale the weights or clip them by name."));
        }

        if (outside > MostListed) problems.Add(Text($"… and {outside - MostListed} more targets outside the window."));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
