using CircuitSim.Export.Figures;

namespace CircuitSim.Export.Tests.Figures;

/// <summary>One small figure of each kind.</summary>
internal static class SampleFigures
{
    public static LineChart Line { get; } = new()
    {
        Heading = Heading("Loss during training"),
        XAxis = new() { Label = "Epoch", Unit = "" },
        YAxis = new() { Label = "Loss", Unit = "" },
        Series =
        [
            new() { Name = "phax", XValues = [1, 2, 3, 4], YValues = [2.3, 1.1, 0.62, 0.41], ColourIndex = 0 },
            new() { Name = "unconstrained <tanh>", XValues = [1, 2, 3, 4], YValues = [2.1, 0.8, 0.2, 0.05], ColourIndex = 1, IsDashed = true },
        ],
    };

    public static ScatterChart Scatter { get; } = new()
    {
        Heading = Heading("Difference over voltage"),
        XAxis = new() { Label = "Behavioural", Unit = "mV" },
        YAxis = new() { Label = "Difference", Unit = "mV" },
        XValues = [-240, 3.5, 250],
        YValues = [7.5, -0.25, -12.5],
    };

    public static HistogramChart Histogram { get; } = new()
    {
        Heading = Heading("Distribution"),
        XAxis = new() { Label = "Circuit − behavioural", Unit = "mV" },
        YAxis = new() { Label = "Count", Unit = "" },
        Edges = [-1.5, -0.5, 0.5, 1.5],
        Counts = [12, 20000, 0],
    };

    public static IntervalChart Intervals { get; } = new()
    {
        Heading = Heading("Accuracy"),
        ValueAxis = new() { Label = "Accuracy", Unit = "%", Minimum = 80, Maximum = 100 },
        Bars =
        [
            new() { Name = "behavioural", Value = 91, Lower = 86.15, Upper = 94.58, ValueText = "91.0 %" },
            new() { Name = "circuit (native)", Value = 90.5, Lower = 85.56, Upper = 94.18, ValueText = "90.5 %", ColourIndex = 1 },
        ],
    };

    public static IntervalChart Bars { get; } = new()
    {
        Heading = Heading("Rms difference"),
        ValueAxis = new() { Label = "Rms difference", Unit = "mV" },
        Bars = [new() { Name = "+ loading", Value = 6.87, ValueText = "6.87 mV" }, new() { Name = "+ wires", Value = 7.35, ValueText = "7.35 mV" }],
    };

    public static ConfusionChart Confusion { get; } = new()
    {
        Heading = Heading("Confusion"),
        ClassNames = ["setosa", "versicolor", "virginica with a long name"],
        Counts = [[10, 0, 0], [0, 9, 1], [0, 2, 8]],
    };

    public static HeatMap Heat { get; } = new()
    {
        Heading = Heading("Conductance"),
        ValueAxis = new() { Label = "Conductance", Unit = "µS" },
        RowName = "word line",
        ColumnName = "bit line",
        Rows = 2,
        Columns = 3,
        Values = new[] { 0.12, 0.5, 1, double.NaN, 0.75, 0.25 },
    };

    public static HeatMap Diverging { get; } = Heat with
    {
        ValueAxis = new() { Label = "Voltage", Unit = "mV" },
        Values = new[] { -250.0, -100, 0, 50, 100, 200 },
    };

    public static CircuitSketch Sketch { get; } = new()
    {
        Heading = Heading("Circuit"),
        Layers = [new() { WordLineCount = 394, BitLineCount = 100 }, new() { WordLineCount = 202, BitLineCount = 10 }],
    };

    private static FigureHeading Heading(string title) => new() { Title = title, Description = $"{title}, made up & for tests." };
}
