using System.Globalization;
using CircuitSim.Circuit.Devices;
using CircuitSim.Export.Figures;
using CircuitSim.Mapping.Devices;
using CircuitSim.Mapping.Devices.Fitting;
using MathNet.Numerics.Statistics;

namespace CircuitSim.Export.Devices;

/// <summary>Figures of a device technology: spread, levels, drift and current against voltage, each only where the card has it.</summary>
public static class DeviceFigures
{
    private const int Points = 101;
    private const int DevicesPerLevel = 10_000;
    private const int Bins = 120;
    private const int DrawnLevels = 9;
    private const double Micro = 1e6;

    private static readonly double[] ReadTimes = [1, 3600, 86_400, 2 * 86_400, 365.25 * 86_400];

    /// <summary>The figures of a card.</summary>
    /// <param name="card">The card.</param>
    /// <param name="seed">Seed of the devices drawn for the level figure.</param>
    /// <returns>None for a card with neither statistics nor a law of conduction.</returns>
    public static IReadOnlyList<NamedFigure> Of(DeviceCard card, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(card);
        List<NamedFigure> figures = [];
        if (card.ProgrammingError is not null)
        {
            figures.Add(new NamedFigure("spread", Spread(card)));
            figures.Add(new NamedFigure("levels", Levels(card, null, seed)));
            if (card.Drift is not null)
            {
                figures.Add(new NamedFigure("levels-later", Levels(card, Times(card)[^1], seed)));
                if (MeanMoves(card)) figures.Add(new NamedFigure("drift", Drift(card)));
            }
        }

        if (card.Conduction is not null) figures.Add(new NamedFigure("conduction", Conduction(card)));
        return figures;
    }

    /// <summary>Measured levels of a fit as kernel densities, at the first time.</summary>
    /// <param name="samples">The measurements.</param>
    /// <param name="fit">Their fit.</param>
    /// <returns>Densities with Scott's bandwidth, 1.06·σ·n^(−1/5), of at most nine levels spread over all of them.</returns>
    public static NamedFigure Measured(DeviceSamples samples, DeviceFit fit)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(fit);
        double first = fit.Levels.Min(l => l.Seconds);
        FittedLevel[] levels = Thinned([.. fit.Levels.Where(l => l.Seconds == first)]);
        List<LineSeries> series = [];
        foreach (FittedLevel level in levels)
        {
            double[] reads = [.. samples.Samples.Where(s => s.Seconds == first && (samples.HasTargets ? s.TargetSiemens == level.TargetSiemens : s.Level == level.Name)).Select(s => s.MeasuredSiemens)];
            double bandwidth = 1.06 * level.StandardDeviationSiemens * Math.Pow(level.Count, -0.2);
            if (bandwidth == 0) continue;
            double low = reads.Min() - 3 * bandwidth, high = reads.Max() + 3 * bandwidth;
            double[] x = [.. Enumerable.Range(0, Points).Select(i => low + (high - low) * i / (Points - 1))];
            double[] density = [.. x.Select(g => KernelDensity.EstimateGaussian(g, bandwidth, reads) / Micro)];
            series.Add(Line(samples.HasTargets ? Conductance(level.TargetSiemens) : level.Name, [.. x.Select(g => g * Micro)], density, series.Count));
        }

        return new NamedFigure("measured", Chart(
            $"Measured levels of {fit.Card.Name}", "Kernel density of the reads of each level over conductance.",
            Axis("Conductance", "µS"), Axis("Density", "1/µS"), series));
    }

    private static LineChart Spread(DeviceCard card)
    {
        double[] targets = Targets(card);
        List<LineSeries> series = [Line("programmed", X(targets), [.. targets.Select(g => Micro * card.Statistics(g).StandardDeviationSiemens)], 0)];
        foreach (double seconds in card.Drift is null ? [] : Times(card))
            series.Add(Line(Time(seconds), X(targets), [.. targets.Select(g => Micro * card.Statistics(g, seconds).StandardDeviationSiemens)], series.Count));
        return Chart(
            $"Spread of {card.Name}", "Standard deviation of the conductance over the target, as programmed and later.",
            Axis("Target", "µS"), Axis("Standard deviation", "µS") with { Minimum = 0 }, series);
    }

    private static bool MeanMoves(DeviceCard card) => card.Statistics(card.MaximumSiemens, Times(card)[^1]).MeanSiemens is var later
        && Math.Abs(later - card.Statistics(card.MaximumSiemens).MeanSiemens) > 1e-6 * card.MaximumSiemens;

    private static LineChart Drift(DeviceCard card)
    {
        double last = Times(card)[^1], first = card.Drift!.FirstSeconds;
        double[] decades = [.. Enumerable.Range(0, Points).Select(i => Math.Log10(Math.Max(first, 1e-9)) + (Math.Log10(last) - Math.Log10(Math.Max(first, 1e-9))) * i / (Points - 1))];
        List<LineSeries> series = [];
        foreach (double share in (ReadOnlySpan<double>)[0.2, 0.6, 1.0])
        {
            double target = card.MinimumSiemens + share * (card.MaximumSiemens - card.MinimumSiemens);
            series.Add(Line(Conductance(target), decades, [.. decades.Select(d => Micro * (card.Statistics(target, Math.Clamp(Math.Pow(10, d), first, last)).MeanSiemens - target))], series.Count));
        }

        return Chart(
            $"Drift of {card.Name}", "Mean conductance minus target over the logarithm of the time after programming.",
            Axis("Time after programming", "log10 s"), Axis("Mean minus target", "µS"), series);
    }

    // A level at 0 S is left out: half of its devices would be drawn as one bar at 0, higher than all else.
    private static LineChart Levels(DeviceCard card, double? seconds, ulong seed)
    {
        double[] levels = Thinned(card.Levels.Count > 0 ? [.. card.Levels] : LevelPlan.EquallySpaced(card, 8).Bins.Select(b => b.TargetSiemens).Where(g => g > 0).ToArray());
        var options = new ProgrammingOptions { Mode = ProgrammingMode.OneShot, ReadSeconds = seconds };
        double[][] drawn = [.. levels.Select((level, i) => Drawn(card, options, level, seed, i))];
        double low = drawn.Min(d => d.Min()), high = drawn.Max(d => d.Max()), width = (high - low) / Bins;
        List<LineSeries> series = [];
        for (int i = 0; i < levels.Length; i++)
        {
            double[] share = new double[Bins];
            foreach (double g in drawn[i]) share[Math.Clamp((int)((g - low) / width), 0, Bins - 1)] += 100.0 / DevicesPerLevel;
            series.Add(Line(Conductance(levels[i]), [.. Enumerable.Range(0, Bins).Select(b => Micro * (low + (b + 0.5) * width))], share, i));
        }

        string when = seconds is double t ? $" {Time(t)} after programming" : ", as programmed";
        return Chart(
            $"Levels of {card.Name}{when}",
            string.Create(CultureInfo.InvariantCulture, $"Share of {DevicesPerLevel} simulated devices of each level in bins of {Micro * width:G3} µS{when}."),
            Axis("Conductance", "µS"), Axis("Devices in a bin", "%") with { Minimum = 0 }, series);
    }

    private static LineChart Conduction(DeviceCard card)
    {
        double most = Math.Min(card.Conduction!.MaximumVolts, 1);
        double[] volts = [.. Enumerable.Range(0, Points).Select(i => most * (2.0 * i / (Points - 1) - 1))];
        List<LineSeries> series = [];
        foreach (double share in (ReadOnlySpan<double>)[0, 0.5, 1])
        {
            double siemens = Math.Max(card.MinimumSiemens + share * (card.MaximumSiemens - card.MinimumSiemens), 1e-3 * card.MaximumSiemens);
            MemristorLaw law = card.Conduction.At(siemens);
            series.Add(Line(Conductance(siemens), volts, [.. volts.Select(v => Micro * law.Amps(v, out _))], series.Count));
        }

        return Chart(
            $"Conduction of {card.Name}", "Current over voltage at the ends and the middle of the window.", Axis("Voltage", "V"), Axis("Current", "µA"), series);
    }

    private static double[] Drawn(DeviceCard card, ProgrammingOptions options, double level, ulong seed, int index)
    {
        double[] targets = new double[DevicesPerLevel], siemens = new double[DevicesPerLevel];
        Array.Fill(targets, level);
        ArrayProgrammer.Program(card, options, targets, seed, $"level {index + 1}", siemens);
        return siemens;
    }

    private static double[] Times(DeviceCard card)
    {
        double[] inside = [.. ReadTimes.Where(t => t >= card.Drift!.FirstSeconds && t <= card.Drift.LastSeconds)];
        double first = card.Drift!.FirstSeconds, last = double.IsInfinity(card.Drift.LastSeconds) ? inside[^1] : card.Drift.LastSeconds;
        double[] all = [.. inside.Append(first).Append(last).Distinct().Order()];
        // Four lines and the programmed one can be told apart: the ends and two between.
        return all.Length <= 4 ? all : [all[0], all[all.Length / 3], all[2 * all.Length / 3], all[^1]];
    }

    private static T[] Thinned<T>(T[] levels) => levels.Length <= DrawnLevels
        ? levels
        : [.. Enumerable.Range(0, DrawnLevels).Select(i => levels[i * (levels.Length - 1) / (DrawnLevels - 1)])];

    private static double[] Targets(DeviceCard card) =>
        [.. Enumerable.Range(0, Points).Select(i => Math.Min(card.MaximumSiemens, card.MinimumSiemens + (card.MaximumSiemens - card.MinimumSiemens) * i / (Points - 1)))];

    private static double[] X(double[] siemens) => [.. siemens.Select(g => Micro * g)];

    private static LineSeries Line(string name, double[] x, double[] y, int index) => new()
    {
        Name = name,
        XValues = x,
        YValues = y,
        ColourIndex = index % SvgFigure.PaletteSize,
        IsDashed = index >= SvgFigure.PaletteSize,
    };

    private static LineChart Chart(string title, string description, FigureAxis x, FigureAxis y, IReadOnlyList<LineSeries> series) => new()
    {
        Heading = new FigureHeading { Title = title, Description = description, WidthPixels = 560, HeightPixels = 320 },
        XAxis = x,
        YAxis = y,
        Series = series,
    };

    private static FigureAxis Axis(string label, string unit) => new() { Label = label, Unit = unit };

    private static string Conductance(double siemens) => string.Create(CultureInfo.InvariantCulture, $"{Micro * siemens:G3} µS");

    private static string Time(double seconds) => seconds switch
    {
        < 120 => string.Create(CultureInfo.InvariantCulture, $"{seconds:G3} s"),
        < 3600 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:G3} min"),
        < 86_400 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:G3} h"),
        < 300 * 86_400.0 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 86_400:G3} d"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / (365.25 * 86_400):G3} y"),
    };
}
