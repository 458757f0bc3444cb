namespace CircuitSim.Circuit.Netlists;

/// <summary>Names of the parts of a <c>.measure</c> statement, and the statement itself.</summary>
internal static class MeasureText
{
    /// <summary>Words of the measures that take one vector.</summary>
    public static IReadOnlyDictionary<string, MeasureKind> Statistics { get; } = new Dictionary<string, MeasureKind>
    {
        ["avg"] = MeasureKind.Average,
        ["min"] = MeasureKind.Minimum,
        ["max"] = MeasureKind.Maximum,
        ["min_at"] = MeasureKind.MinimumAt,
        ["max_at"] = MeasureKind.MaximumAt,
        ["pp"] = MeasureKind.PeakToPeak,
        ["rms"] = MeasureKind.RootMeanSquare,
        ["integ"] = MeasureKind.Integral,
    };

    /// <summary>Writes the statement.</summary>
    public static string Write(Measure measure)
    {
        string head = $".measure {measure.Analysis.ToString().ToLowerInvariant()} {measure.Name} ";
        string body = measure.Kind switch
        {
            MeasureKind.Find when measure.Event!.At is { } at => $"find {measure.Vector} at={SpiceNumber.Format(at)}",
            MeasureKind.Find => $"find {measure.Vector} when {Condition(measure.Event)}",
            MeasureKind.When => $"when {Condition(measure.Event!)}",
            MeasureKind.Expression => $"param='{measure.Value!.Text}'",
            MeasureKind.Interval => $"trig {Mark(measure.Event!)} targ {Mark(measure.Target!)}",
            _ => $"{Statistics.First(s => s.Value == measure.Kind).Key} {measure.Vector}",
        };
        return head + body + Value("from", measure.From) + Value("to", measure.To);
    }

    private static string Condition(MeasureEvent e) => $"{e.Vector}={(e.Other is null ? SpiceNumber.Format(e.Level) : e.Other)}{Choice(e)}";

    private static string Mark(MeasureEvent e) => e.At is { } at ? $"at={SpiceNumber.Format(at)}" : $"{e.Vector} val={SpiceNumber.Format(e.Level)}{Choice(e)}";

    private static string Choice(MeasureEvent e)
        => $"{Value("td", e.Delay)} {e.Edge.ToString().ToLowerInvariant()}={(e.Occurrence == 0 ? "last" : SpiceNumber.Format(e.Occurrence))}";

    private static string Value(string name, double? value) => value is { } v ? $" {name}={SpiceNumber.Format(v)}" : "";
}
