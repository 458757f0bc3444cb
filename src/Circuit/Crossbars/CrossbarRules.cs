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
