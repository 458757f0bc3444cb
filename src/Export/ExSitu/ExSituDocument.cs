using System.Globalization;
using System.Text.Json.Serialization;
using CircuitSim.Export.Figures;
using CircuitSim.Export.Sweep;

namespace CircuitSim.Export.ExSitu;

/// <summary>Everything that a study of a network on device levels measured.</summary>
public sealed record ExSituDocument : StudyDocument
{
    /// <summary>Networks in software.</summary>
    public required IReadOnlyList<SoftwareNetwork> Software { get; init; }

    /// <summary>Levels of both strategies.</summary>
    public required IReadOnlyList<LevelDesign> Levels { get; init; }

    /// <summary>Accuracy of the main network against levels, strategy, RESET state and time, weights assigned as the experiment says.</summary>
    public required IReadOnlyList<TransferPoint> Curve { get; init; }

    /// <summary>Ways to assign weights, and retraining, at the first and the last time.</summary>
    public required IReadOnlyList<TransferPoint> Assignments { get; init; }

    /// <summary>Sizes of the hidden layer against levels: programming cost, circuit size and accuracy.</summary>
    public required IReadOnlyList<TransferPoint> Sizes { get; init; }

    /// <summary>The main design as circuits.</summary>
    public required TransferCircuit Circuit { get; init; }

    /// <summary>Chips of each point.</summary>
    public required int ChipCount { get; init; }

    /// <summary>Separability bound of the strategies, and the time of the read that they know.</summary>
    public required string Separability { get; init; }

    /// <inheritdoc/>
    [JsonIgnore]
    public override IReadOnlyList<StudyTable> Tables =>
    [
        new StudyTable("Networks in software", ["hidden neurons", "activation", "test accuracy (%)", "memristors"],
            [.. Software.Select(s => (IReadOnlyList<string>)[Whole(s.Hidden), s.Activation, Text($"{s.TestPercent:F2}"), Whole(s.DeviceCount)])]),
        new StudyTable($"Programming iterations a device, each level used equally often, {Separability}", ["levels", "RESET state", "equal bins", "optimised bins", "saved (%)"],
            [.. Levels.GroupBy(l => (l.HasReset, l.LevelCount)).Select(g => Iterations(g.Key.HasReset, g.Key.LevelCount, Of(g, ExSituTransfer.Equal), Of(g, ExSituTransfer.Optimised)))]),
        .. Curve.GroupBy(p => p.ReadSeconds).Select(g => new StudyTable(
            Text($"Accuracy of {ChipCount} chips (%), {Time(g.Key)}; mean (5 to 95 % of the chips), pulses a device"), ["levels", .. g.Select(Design).Distinct()],
            [.. g.GroupBy(p => p.LevelCount).OrderBy(l => l.Key).Select(l => (IReadOnlyList<string>)[Whole(l.Key), .. g.Select(Design).Distinct().Select(d => l.FirstOrDefault(p => Design(p) == d) is { } p ? Text($"{Spread(p.Percent)}, {p.Pulses / p.DeviceCount:F2}") : "does not fit")])])),
        .. Assignments.GroupBy(p => p.ReadSeconds).Select(g => new StudyTable(
            Text($"Ways to assign weights, {DesignOf(g)}, accuracy of {ChipCount} chips (%), {Time(g.Key)}"), ["levels", .. g.Select(p => Named(p.Assignment)).Distinct()],
            [.. g.GroupBy(p => p.LevelCount).OrderBy(l => l.Key).Select(l => (IReadOnlyList<string>)[Whole(l.Key), .. g.Select(p => p.Assignment).Distinct().Select(a => l.FirstOrDefault(p => p.Assignment == a) is { } p ? Spread(p.Percent) : "")])])),
        new StudyTable(Text($"Cost, size and accuracy, {(Sizes.Count > 0 ? Time(Sizes[0].ReadSeconds) : "")}; * on the Pareto front"), ["hidden neurons", "levels", "memristors", "pulses a chip", "accuracy (%)", "front"],
            [.. Sizes.Select(p => (IReadOnlyList<string>)[Whole(p.Hidden), Whole(p.LevelCount), Whole(p.DeviceCount), Text($"{p.Pulses:F0}"), Spread(p.Percent), p.IsPareto ? "*" : ""])]),
        new StudyTable("The main design as a circuit, every wire solved", ["quantity", "value"],
        [
            ["tiles", Text($"{Circuit.TileCount} of up to {Circuit.TileRows} word lines")], ["accuracy of the chips with wires (%)", Spread(Circuit.Percent)], ["the same chips with ideal wires (%)", Spread(Circuit.IdealPercent)],
            ["cell area", Text($"{Circuit.SquareMillimetres:G3} mm²")], ["read power", Text($"{1e3 * Circuit.ReadWatts:G3} mW")], ["energy a classification", Text($"{1e9 * Circuit.ReadJoules:G3} nJ")],
            ["programming energy", Circuit.ProgrammingJoules is double j ? Text($"{j:G3} J") : "card has no pulse energy"],
        ]),
    ];

    internal override string Lead => $"Network {string.Join("–", LayerSizes)} on {DataSet.Name}, transferred to levels of {DeviceCard}";

    internal static string Design(TransferPoint p) => $"{p.Strategy} bins{(p.HasReset ? " with RESET" : "")}";

    internal static string Time(double seconds) => seconds == 0 ? "fresh after programming" : Text($"{seconds:G6} s after programming");

    internal static string Named(string assignment) => assignment.Replace('_', ' ');

    internal override IReadOnlyList<NamedFigure> Figures() => ExSituFigures.Of(this);

    private static string DesignOf(IEnumerable<TransferPoint> points) => Design(points.First());

    private static LevelDesign Of(IEnumerable<LevelDesign> designs, string strategy) => designs.First(d => d.Strategy == strategy);

    private static IReadOnlyList<string> Iterations(bool hasReset, int count, LevelDesign equal, LevelDesign optimised) =>
    [
        Whole(count), hasReset ? "used" : "not used", Show(equal.MeanIterations), Show(optimised.MeanIterations),
        equal.MeanIterations is double e && optimised.MeanIterations is double o ? Text($"{100 * (1 - o / e):F1}") : "",
    ];

    private static string Show(double? iterations) => iterations is double v ? Text($"{v:F3}") : "does not fit";

    private static string Spread(Distribution d) => Text($"{d.Mean:F2} ({d.Quantile05:F2} to {d.Quantile95:F2})");

    private static string Whole(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
