using System.Globalization;
using CircuitSim.Export.Figures;
using CircuitSim.Training.Bayesian;

namespace CircuitSim.Export.ExSitu;

/// <summary>Figures of a transferred posterior.</summary>
internal static class BayesianFigures
{
    internal static IReadOnlyList<NamedFigure> Of(BayesianDocument document) =>
    [
        .. document.Tasks.SelectMany((t, i) => new[]
        {
            new NamedFigure(Name("reliability", i), Reliability(t)),
            new NamedFigure(Name("refusal", i), Refusal(t)),
        }),
        new NamedFigure("total-variation", OverK(document, "Total variation to the posterior", "Total variation", "", d => d.TotalVariation, h => h.TotalVariation, 1)),
        new NamedFigure("calibration", OverK(document, "Calibration error against crossbars", "Expected calibration error", "", d => d.CalibrationError, h => h.CalibrationError, 1)),
        new NamedFigure("accuracy", OverK(document, "Accuracy against crossbars", "Accuracy", "%", d => d.Accuracy, h => h.Accuracy, 100)),
    ];

    private static string Name(string name, int task) => task == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}-{task + 1}");

    private static LineChart Reliability(BayesianTaskResult task) => new()
    {
        Heading = new FigureHeading
        {
            Title = $"Reliability, {string.Join(", ", task.Classes)}",
            Description = "Share that is right against mean confidence, in ten equal intervals of the highest probability; a calibrated classifier is on the diagonal.",
        },
        XAxis = new FigureAxis { Label = "Mean confidence", Unit = "%", Maximum = 100 },
        YAxis = new FigureAxis { Label = "Right", Unit = "%", Maximum = 100 },
        Series =
        [
            new LineSeries { Name = "calibrated", XValues = [Lowest(task), 100], YValues = [Lowest(task), 100], ColourIndex = 2, IsDashed = true },
            Series("posterior", task.Reliability, 0),
            Series("deterministic", task.DeterministicReliability, 1),
        ],
    };

    private static double Lowest(BayesianTaskResult task) => 100.0 / task.Classes.Count;

    private static LineSeries Series(string name, IReadOnlyList<ReliabilityBin> bins, int colour)
    {
        return new LineSeries { Name = name, XValues = [.. bins.Select(b => 100 * b.MeanConfidence)], YValues = [.. bins.Select(b => 100 * b.Accuracy)], ColourIndex = colour };
    }

    private static LineChart Refusal(BayesianTaskResult task)
    {
        double[] shares = [.. task.Refusal.Select(r => 100 * r.Share)];
        return new LineChart
        {
            Heading = new FigureHeading { Title = $"Refusing the most uncertain, {string.Join(", ", task.Classes)}", Description = "Accuracy of the samples that are left against the share refused." },
            XAxis = new FigureAxis { Label = "Refused", Unit = "%" },
            YAxis = new FigureAxis { Label = "Accuracy of the rest", Unit = "%" },
            Series =
            [
                new LineSeries { Name = "posterior, total entropy", XValues = shares, YValues = [.. task.Refusal.Select(r => 100 * r.ByTotal)], ColourIndex = 0 },
                new LineSeries { Name = "posterior, epistemic", XValues = shares, YValues = [.. task.Refusal.Select(r => 100 * r.ByEpistemic)], ColourIndex = 2, IsDashed = true },
                new LineSeries { Name = "deterministic", XValues = shares, YValues = [.. task.Refusal.Select(r => 100 * r.Deterministic)], ColourIndex = 1 },
            ],
        };
    }

    private static LineChart OverK(
        BayesianDocument document, string title, string label, string unit, Func<DrawCountResult, double> software, Func<HardwareResult, Sweep.Distribution> hardware, double factor)
    {
        int colour = 0;
        return new LineChart
        {
            Heading = new FigureHeading
            {
                Title = title,
                Description = string.Create(CultureInfo.InvariantCulture, $"Over the number K of crossbars a layer: mean of {document.ChipCount} chips of each way to program, and the same draws in software."),
            },
            XAxis = new FigureAxis { Label = "Crossbars K", Unit = "", HasWholeTicks = true, Minimum = 0 },
            YAxis = new FigureAxis { Label = label, Unit = unit },
            Series =
            [
                .. document.Hardware.GroupBy(h => h.Programming).Select(g => new LineSeries
                {
                    Name = g.Key,
                    XValues = [.. g.Select(h => (double)h.Crossbars)],
                    YValues = [.. g.Select(h => factor * hardware(h).Mean)],
                    ColourIndex = colour++,
                }),
                new LineSeries { Name = "software", XValues = [.. document.Draws.Select(d => (double)d.Crossbars)], YValues = [.. document.Draws.Select(d => factor * software(d))], ColourIndex = 3, IsDashed = true },
            ],
        };
    }
}
