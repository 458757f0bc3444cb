using CircuitSim.Export.Figures;
using CircuitSim.Mapping.Devices;

namespace CircuitSim.Export.Devices;

/// <summary>Figures of a programmed array for reports: error against target, conductances as a histogram, expected against observed error.</summary>
public static class ProgrammedFigures
{
    private const double Micro = 1e6;
    private const int MostPoints = 4000;

    /// <summary>Programmed minus target conductance over the target, one point a device; a regular share of them where there are more than 4000.</summary>
    /// <param name="targetSiemens">Targets, siemens.</param>
    /// <param name="programmedSiemens">What was programmed, siemens; as long.</param>
    /// <returns>The chart.</returns>
    public static ScatterChart Error(ReadOnlySpan<double> targetSiemens, ReadOnlySpan<double> programmedSiemens)
    {
        CheckLengths(targetSiemens, programmedSiemens);
        int step = (targetSiemens.Length + MostPoints - 1) / MostPoints;
        List<double> x = [], y = [];
        for (int i = 0; i < targetSiemens.Length; i += step)
        {
            x.Add(Micro * targetSiemens[i]);
            y.Add(Micro * (programmedSiemens[i] - targetSiemens[i]));
        }

        return new ScatterChart
        {
            Heading = new FigureHeading { Title = "Programming error over target", Description = $"Programmed minus target conductance of {x.Count} of {targetSiemens.Length} devices." },
            XAxis = new FigureAxis { Label = "Target", Unit = "µS" },
            YAxis = new FigureAxis { Label = "Programmed minus target", Unit = "µS" },
            XValues = x,
            YValues = y,
        };
    }

    /// <summary>Histogram of programmed conductances: levels show as peaks.</summary>
    /// <param name="programmedSiemens">What was programmed, siemens; at least one.</param>
    /// <param name="binCount">Bins between the smallest and the largest.</param>
    /// <returns>The chart.</returns>
    public static HistogramChart Conductances(ReadOnlySpan<double> programmedSiemens, int binCount = 80)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(binCount, 1);
        if (programmedSiemens.IsEmpty) throw new ArgumentException("There are no devices.", nameof(programmedSiemens));
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (double g in programmedSiemens) (low, high) = (Math.Min(low, g), Math.Max(high, g));
        if (high == low) (low, high) = (0.5 * low - 1e-9, 1.5 * high + 1e-9);
        double width = (high - low) / binCount;
        var counts = new int[binCount];
        foreach (double g in programmedSiemens) counts[Math.Clamp((int)((g - low) / width), 0, binCount - 1)]++;
        return new HistogramChart
        {
            Heading = new FigureHeading { Title = "Programmed conductances", Description = $"Number of devices over conductance, {programmedSiemens.Length} devices." },
            XAxis = new FigureAxis { Label = "Conductance", Unit = "µS" },
            YAxis = new FigureAxis { Label = "Devices", Unit = "", HasWholeTicks = true },
            Edges = [.. Enumerable.Range(0, binCount + 1).Select(i => Micro * (low + i * width))],
            Counts = counts,
        };
    }

    /// <summary>Root mean square error over the target, observed on this array and expected from the card's laws.</summary>
    /// <param name="card">The card.</param>
    /// <param name="options">How the array was programmed.</param>
    /// <param name="targetSiemens">Targets, siemens.</param>
    /// <param name="programmedSiemens">What was programmed, siemens; as long.</param>
    /// <param name="groupCount">Groups of neighbouring targets, each a point of the lines.</param>
    /// <returns>The chart.</returns>
    public static LineChart ExpectedAgainstObserved(
        DeviceCard card, ProgrammingOptions options, ReadOnlySpan<double> targetSiemens, ReadOnlySpan<double> programmedSiemens, int groupCount = 16)
    {
        ArgumentNullException.ThrowIfNull(card);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(groupCount, 1);
        CheckLengths(targetSiemens, programmedSiemens);
        double[] targets = targetSiemens.ToArray(), errors = new double[targets.Length];
        for (int i = 0; i < errors.Length; i++) errors[i] = programmedSiemens[i] - targets[i];
        Array.Sort(targets, errors);
        List<double> x = [], expected = [], observed = [];
        for (int group = 0; group < groupCount; group++)
        {
            int first = (int)((long)targets.Length * group / groupCount), end = (int)((long)targets.Length * (group + 1) / groupCount);
            if (first == end) continue;
            ReadOnlySpan<double> some = targets.AsSpan(first, end - first);
            x.Add(Micro * targets[first..end].Average());
            observed.Add(Micro * Math.Sqrt(errors[first..end].Average(e => e * e)));
            // The expectation is of the laws, whatever the seed.
            expected.Add(Micro * ArrayProgrammer.Program(card, options, some, 0, "expectation", new double[some.Length]).ExpectedRmsErrorSiemens);
        }

        return new LineChart
        {
            Heading = new FigureHeading { Title = "Expected and observed error", Description = "Root mean square of programmed minus target conductance over the target, of the devices and of the card's laws." },
            XAxis = new FigureAxis { Label = "Target", Unit = "µS" },
            YAxis = new FigureAxis { Label = "Error, rms", Unit = "µS", Minimum = 0 },
            Series =
            [
                new LineSeries { Name = "observed", XValues = x, YValues = observed, ColourIndex = 0 },
                new LineSeries { Name = "expected", XValues = x, YValues = expected, ColourIndex = 1, IsDashed = true },
            ],
        };
    }

    private static void CheckLengths(ReadOnlySpan<double> targets, ReadOnlySpan<double> programmed)
    {
        if (targets.Length != programmed.Length || targets.IsEmpty)
            throw new ArgumentException($"{programmed.Length} devices for {targets.Length} targets; both are needed, of one length.", nameof(programmed));
    }
}
