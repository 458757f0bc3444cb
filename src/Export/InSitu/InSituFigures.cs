using System.Globalization;
using CircuitSim.Export.Figures;
using CircuitSim.Training.Data;
using CircuitSim.Training.InSitu;

namespace CircuitSim.Export.InSitu;

/// <summary>Figures of training in situ and of its data set.</summary>
internal static class InSituFigures
{
    private const int NamedFeatures = 40;

    internal static ScatterChart Updates(string title, UpdateErrors errors) => new()
    {
        Heading = new FigureHeading
        {
            Title = $"{title}: real against requested updates",
            Description = string.Create(CultureInfo.InvariantCulture,
                $"{errors.Targets.Count} of the first {errors.Count} updates of the first layer, each divided by twice the standard deviation; the line is y = x. Relative error {errors.RelativeError:G3}."),
            WidthPixels = 400,
            HeightPixels = 340,
        },
        XAxis = new FigureAxis { Label = "Requested update over 2σ", Unit = "" },
        YAxis = new FigureAxis { Label = "Real update over 2σ", Unit = "" },
        XValues = errors.Targets,
        YValues = errors.Reals,
        HasDiagonal = true,
    };

    internal static HistogramChart Density(string title, UpdateErrors errors) => new()
    {
        Heading = new FigureHeading
        {
            Title = $"{title}: update errors",
            Description = string.Create(CultureInfo.InvariantCulture,
                $"Errors of {errors.Count} updates in 100 bins over four standard deviations to both sides; the outermost bins hold what lies beyond. Standard deviation {errors.Deviation:G3}."),
            HeightPixels = 340,
        },
        XAxis = new FigureAxis { Label = "Requested less real update, each over 2σ", Unit = "" },
        YAxis = new FigureAxis { Label = "Updates", Unit = "", HasWholeTicks = true },
        Edges = errors.Edges,
        Counts = errors.Counts,
    };

    // As in the paper, the validation loss begins after the first epoch.
    internal static LineChart Losses(string title, IReadOnlyList<InSituEpoch> history) => new()
    {
        Heading = new FigureHeading { Title = $"{title}: losses", Description = "Mean loss over outputs and samples after each epoch; epoch 0 is before training." },
        XAxis = new FigureAxis { Label = "Epoch", Unit = "", HasWholeTicks = true },
        YAxis = new FigureAxis { Label = "Mean loss", Unit = "" },
        Series =
        [
            new LineSeries { Name = "training", XValues = [.. history.Select(e => (double)e.Epoch)], YValues = [.. history.Select(e => e.TrainingLoss)], ColourIndex = 0 },
            new LineSeries
            {
                Name = "validation",
                XValues = [.. history.Skip(1).Select(e => (double)e.Epoch)],
                YValues = [.. history.Skip(1).Select(e => e.ValidationLoss)],
                ColourIndex = 1,
                IsDashed = true,
            },
        ],
    };

    internal static IntervalChart ClassCounts(DataSet data)
    {
        int[] counts = [.. Enumerable.Range(0, data.ClassCount).Select(c => data.Labels.ToArray().Count(l => l == c))];
        return new IntervalChart
        {
            Heading = new FigureHeading { Title = $"Samples of each class of {data.Name}", Description = "Number of samples of each class." },
            ValueAxis = new FigureAxis { Label = "Samples", Unit = "", Minimum = 0, HasWholeTicks = true },
            Bars = [.. counts.Select((count, c) => new IntervalBar { Name = ClassName(data, c), Value = count, ValueText = FigureText.Whole(count), ColourIndex = c % SvgFigure.PaletteSize })],
        };
    }

    /// <summary>Correlation of every two features over the whole set (Pearson).</summary>
    internal static HeatMap Correlations(DataSet data)
    {
        int n = data.FeatureCount;
        return new HeatMap
        {
            Heading = new FigureHeading
            {
                Title = $"Correlation of the features of {data.Name}",
                Description = data.FeatureNames is { } names && n <= NamedFeatures
                    ? $"Pearson's correlation of every two features over all {data.SampleCount} samples. Features: {string.Join(", ", names.Select((name, i) => $"{i + 1} {name}"))}."
                    : $"Pearson's correlation of every two features over all {data.SampleCount} samples.",
                WidthPixels = 560,
                HeightPixels = 480,
            },
            ValueAxis = new FigureAxis { Label = "Correlation", Unit = "" },
            RowName = "feature",
            ColumnName = "feature",
            Rows = n,
            Columns = n,
            Values = Correlation(data),
        };
    }

    internal static double[] Correlation(DataSet data)
    {
        int n = data.FeatureCount, samples = data.SampleCount;
        ReadOnlySpan<double> x = data.Inputs.Span;
        double[] mean = new double[n], deviation = new double[n], correlation = new double[n * n];
        for (int k = 0; k < x.Length; k++) mean[k % n] += x[k] / samples;
        for (int k = 0; k < x.Length; k++) deviation[k % n] += (x[k] - mean[k % n]) * (x[k] - mean[k % n]);
        for (int a = 0; a < n; a++)
        {
            for (int b = 0; b <= a; b++)
            {
                double sum = 0;
                for (int i = 0; i < samples; i++) sum += (x[i * n + a] - mean[a]) * (x[i * n + b] - mean[b]);
                // A feature without spread, such as a dark pixel, correlates with nothing.
                double product = Math.Sqrt(deviation[a] * deviation[b]);
                correlation[a * n + b] = correlation[b * n + a] = a == b ? 1 : product > 0 ? sum / product : 0;
            }
        }

        return correlation;
    }

    // The classes of the breast-cancer set have one-letter names in its file.
    private static string ClassName(DataSet data, int index) => (data.Name, data.ClassNames[index]) switch
    {
        ("wdbc", "B") => "benign (B)",
        ("wdbc", "M") => "malignant (M)",
        _ => data.ClassNames[index],
    };
}
