using System.Globalization;
using CircuitSim.Export.Figures;

namespace CircuitSim.Export.ExSitu;

/// <summary>Figures of a network on device levels.</summary>
internal static class ExSituFigures
{
    internal static IReadOnlyList<NamedFigure> Of(ExSituDocument document) =>
    [
        .. document.Curve.GroupBy(p => p.ReadSeconds).Select((g, i) => new NamedFigure(string.Create(CultureInfo.InvariantCulture, $"levels-{i + 1}"), OverLevels(
            $"Accuracy against levels, {ExSituDocument.Time(g.Key)}", Description(document), [.. g], ExSituDocument.Design))),
        .. document.Assignments.GroupBy(p => p.ReadSeconds).Select((g, i) => new NamedFigure(string.Create(CultureInfo.InvariantCulture, $"assignment-{i + 1}"), OverLevels(
            $"Ways to assign weights, {ExSituDocument.Time(g.Key)}", Description(document), [.. g], p => ExSituDocument.Named(p.Assignment)))),
        new NamedFigure("iterations", Iterations(document)),
        .. document.Sizes.Count > 0 ? [new NamedFigure("pareto", Pareto(document))] : Array.Empty<NamedFigure>(),
    ];

    private static string Description(ExSituDocument document) => string.Create(CultureInfo.InvariantCulture, $"Mean test accuracy of {document.ChipCount} chips of {string.Join("–", document.LayerSizes)} against the number of levels.");

    private static LineChart OverLevels(string title, string description, TransferPoint[] points, Func<TransferPoint, string> name)
    {
        int colour = 0;
        return new LineChart
        {
            Heading = new FigureHeading { Title = title, Description = description },
            XAxis = new FigureAxis { Label = "Levels", Unit = "", HasWholeTicks = true },
            YAxis = new FigureAxis { Label = "Test accuracy", Unit = "%" },
            Series = [.. points.GroupBy(name).Select(g => new LineSeries
            {
                Name = g.Key,
                XValues = [.. g.OrderBy(p => p.LevelCount).Select(p => (double)p.LevelCount)],
                YValues = [.. g.OrderBy(p => p.LevelCount).Select(p => p.Percent.Mean)],
                ColourIndex = colour++ % SvgFigure.PaletteSize,
            })],
        };
    }

    private static LineChart Iterations(ExSituDocument document)
    {
        int colour = 0;
        return new LineChart
        {
            Heading = new FigureHeading { Title = "Programming iterations of both strategies", Description = $"Mean iterations a device, each level used equally often, {document.Separability}." },
            XAxis = new FigureAxis { Label = "Levels", Unit = "", HasWholeTicks = true },
            YAxis = new FigureAxis { Label = "Iterations", Unit = "" },
            Series = [.. document.Levels.Where(l => l.MeanIterations is not null).GroupBy(l => (l.Strategy, l.HasReset)).Select(g => new LineSeries
            {
                Name = $"{g.Key.Strategy} bins{(g.Key.HasReset ? " with RESET" : "")}",
                XValues = [.. g.Select(l => (double)l.LevelCount)],
                YValues = [.. g.Select(l => l.MeanIterations!.Value)],
                ColourIndex = colour / 2 % SvgFigure.PaletteSize,
                IsDashed = colour++ % 2 == 1,
            })],
        };
    }

    private static LineChart Pareto(ExSituDocument document)
    {
        int colour = 0;
        TransferPoint[] front = [.. document.Sizes.Where(p => p.IsPareto).OrderBy(p => p.Pulses)];
        return new LineChart
        {
            Heading = new FigureHeading
            {
                Title = "Programming cost, circuit size and accuracy",
                Description = string.Create(CultureInfo.InvariantCulture, $"Mean test accuracy of {document.ChipCount} chips against pulses a chip; a line is a size of the hidden layer, its points are numbers of levels; the dashed line joins the Pareto front of pulses, memristors and accuracy."),
                WidthPixels = 520,
                HeightPixels = 340,
            },
            XAxis = new FigureAxis { Label = "Pulses a chip", Unit = "thousands" },
            YAxis = new FigureAxis { Label = "Test accuracy", Unit = "%" },
            Series =
            [
                .. document.Sizes.GroupBy(p => p.Hidden).Select(g => new LineSeries
                {
                    Name = string.Create(CultureInfo.InvariantCulture, $"{g.Key} hidden, {g.First().DeviceCount} memristors"),
                    XValues = [.. g.OrderBy(p => p.Pulses).Select(p => p.Pulses / 1000)],
                    YValues = [.. g.OrderBy(p => p.Pulses).Select(p => p.Percent.Mean)],
                    ColourIndex = colour++ % (SvgFigure.PaletteSize - 1),
                }),
                new LineSeries { Name = "Pareto front", XValues = [.. front.Select(p => p.Pulses / 1000)], YValues = [.. front.Select(p => p.Percent.Mean)], ColourIndex = SvgFigure.PaletteSize - 1, IsDashed = true },
            ],
        };
    }
}
