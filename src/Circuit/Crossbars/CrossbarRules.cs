using System.Globalization;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Circuit.Crossbars;

/// <summary>The rules that a crossbar description keeps.</summary>
internal static class CrossbarRules
{
    private const int MostListed = 10;

    internal static void Check(CrossbarSpec spec)
    {
        var violations = new List<string>();
        if (spec.WordLineCount < 1) violations.Add($"{spec.WordLineCount} word lines; at least 1 is needed.");
        if (spec.BitLineCount < 1) violations.Add($"{spec.BitLineCount} bit lines; at least 1 is needed.");
        CheckOhms(violations, "Word-line segment", spec.WordLineSegmentOhms);
        CheckOhms(violations, "Bit-line segment", spec.BitLineSegmentOhms);
        CheckOhms(violations, "Source resistance", spec.SourceOhms);
        CheckOhms(violations, "Terminal resistance", spec.TerminalOhms);
        if (spec is { BitLineEnd: BitLineEnd.Open, TerminalOhms: > 0 })
            violations.Add("Open bit-line ends have no terminal resistance; set it to 0 or end the bit lines in ground.");

        if (violations.Count == 0) CheckDevices(violations, spec);
        if (violations.Count > 0) throw new InvalidDesignException("Crossbar", violations);
    }

    internal static void CheckFaults(CrossbarSpec spec)
    {
        var violations = new List<string>();
        foreach (LineFault fault in spec.Faults)
        {
            string place = $"{fault.Kind} at word line {fault.WordLine + 1}, bit line {fault.BitLine + 1}";
            int lastWord = spec.WordLineCount - (fault.Kind == LineFaultKind.ShortedWordLines ? 2 : 1);
            int lastBit = spec.BitLineCount - (fault.Kind == LineFaultKind.ShortedBitLines ? 2 : 1);
            if (fault.WordLine < 0 || fault.WordLine > lastWord || fault.BitLine < 0 || fault.BitLine > lastBit)
                violations.Add($"{place}: no such place in {spec.WordLineCount} x {spec.BitLineCount} lines; indices run from 0 to {lastWord} and {lastBit}.");
            else if (!fault.IsOpen && !(fault.Ohms > 0 && double.IsFinite(fault.Ohms)))
                violations.Add(string.Create(CultureInfo.InvariantCulture, $"{place} has {fault.Ohms:R} ohm; a short is above 0 ohm and finite."));
            else if (IsWithinIdealLine(spec, fault))
                violations.Add($"{place}: the line has no wire resistance, hence no segment to break. Give it one, or open its connection to the source or end.");
        }

        if (violations.Count > 0) throw new InvalidDesignException("Line faults", violations);
    }

    private static bool IsWithinIdealLine(CrossbarSpec spec, LineFault fault) =>
        (fault.Kind == LineFaultKind.OpenWordLine && fault.BitLine > 0 && spec.WordLineSegmentOhms == 0)
        || (fault.Kind == LineFaultKind.OpenBitLine && fault.WordLine < spec.WordLineCount - 1 && spec.BitLineSegmentOhms == 0);

    private static void CheckDevices(List<string> violations, CrossbarSpec spec)
    {
        ReadOnlySpan<double> g = spec.ConductanceSiemens.Span;
        long expected = (long)spec.WordLineCount * spec.BitLineCount;
        if (g.Length != expected)
        {
            violations.Add($"{g.Length} conductances for {spec.WordLineCount} x {spec.BitLineCount} cross-points; {expected} are needed.");
            return;
        }

        int bad = 0;
        for (int i = 0; i < g.Length; i++)
        {
            if (g[i] >= 0 && double.IsFinite(g[i])) continue;
            if (++bad > MostListed) continue;
            violations.Add(string.Create(CultureInfo.InvariantCulture,
                $"Device (word line {i / spec.BitLineCount + 1}, bit line {i % spec.BitLineCount + 1}) has {g[i]:R} S; a conductance is finite and at least 0 (0 is an absent device)."));
        }

        if (bad > MostListed) violations.Add($"… and {bad - MostListed} more devices like these.");
    }

    private static void CheckOhms(List<string> violations, string what, double ohms)
    {
        if (ohms >= 0 && double.IsFinite(ohms)) return;
        violations.Add(string.Create(CultureInfo.InvariantCulture,
            $"{what} is {ohms:R} ohm; a wire resistance is finite and at least 0 (0 merges the nodes)."));
    }
}
