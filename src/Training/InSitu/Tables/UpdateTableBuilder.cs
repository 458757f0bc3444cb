using System.Globalization;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Training.InSitu.Tables;

/// <summary>Builds an update table from measured pulse trains, so that a user can train with a device of his own.</summary>
/// <remarks>
/// The recipe of CrossSim 2.0: the range is that which both kinds of train cover; changes between consecutive pulses belong to the
/// conductance half way between them and are carried to 51 equidistant conductances by straight lines; of the changes at one conductance
/// the i-th smallest of n is the quantile of probability (i + ½)/n. The first two conductances and the last are left out. Between
/// quantiles, and beyond the first and last one, this builder goes straight and flat; CrossSim triangulates over both axes instead.
/// </remarks>
public static class UpdateTableBuilder
{
    private const int BinCount = 50, FirstEdge = 2, LastEdge = BinCount - 1, FewestChanges = 2, FewestPulses = 3;
    private const double MostExtrapolation = 2;

    /// <summary>Builds a table.</summary>
    /// <param name="name">Name of the device.</param>
    /// <param name="pulses">Pulses in the order of measurement. A gap or a fall in the pulse number, or another polarity, begins a new train.</param>
    /// <param name="probabilityCount">Points of the probability axis, at least 2.</param>
    /// <returns>A table of 48 conductances.</returns>
    /// <exception cref="InvalidDesignException">A kind of train is missing, the trains share no range, a conductance is covered by fewer than two trains, or the changes break a rule of update tables.</exception>
    public static UpdateTable Build(string name, IReadOnlyList<MeasuredPulse> pulses, int probabilityCount = 101)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(pulses);
        ArgumentOutOfRangeException.ThrowIfLessThan(probabilityCount, 2);
        List<double[]> up = Trains(pulses, isIncreasing: true), down = Trains(pulses, isIncreasing: false);
        var violations = new List<string>();
        if (up.Count == 0) violations.Add($"No train of increasing pulses has {FewestPulses} pulses or more.");
        if (down.Count == 0) violations.Add($"No train of decreasing pulses has {FewestPulses} pulses or more.");
        if (violations.Count > 0) throw new InvalidDesignException($"Pulse trains of '{name}'", violations);

        double low = Math.Max(up.Min(t => t.Min()), down.Min(t => t.Min())), high = Math.Min(up.Max(t => t.Max()), down.Max(t => t.Max()));
        if (!(high > low))
        {
            throw new InvalidDesignException($"Pulse trains of '{name}'", [string.Create(CultureInfo.InvariantCulture,
                $"Increasing and decreasing trains share no range of conductance ({low:G6} to {high:G6} S); measure both over the same range.")]);
        }

        double[] edges = [.. Enumerable.Range(0, BinCount + 1).Select(i => low + (high - low) * i / BinCount).ToArray()[FirstEdge..(LastEdge + 1)]];
        double[] probability = [.. Enumerable.Range(0, probabilityCount).Select(i => (double)i / (probabilityCount - 1))];
        double[] increasing = Quantiles(up, edges, probability, "increasing", violations), decreasing = Quantiles(down, edges, probability, "decreasing", violations);
        if (violations.Count > 0) throw new InvalidDesignException($"Pulse trains of '{name}'", violations);
        return new UpdateTable(name, edges, probability, increasing, decreasing);
    }

    private static List<double[]> Trains(IReadOnlyList<MeasuredPulse> pulses, bool isIncreasing)
    {
        var trains = new List<double[]>();
        var train = new List<double>();
        for (int i = 0; i < pulses.Count; i++)
        {
            if (i > 0 && (pulses[i].IsIncreasing != pulses[i - 1].IsIncreasing || pulses[i].Pulse != pulses[i - 1].Pulse + 1)) Close();
            if (pulses[i].IsIncreasing == isIncreasing) train.Add(pulses[i].Conductance);
        }

        Close();
        return trains;

        void Close()
        {
            if (train.Count >= FewestPulses) trains.Add([.. train]);
            train.Clear();
        }
    }

    private static double[] Quantiles(List<double[]> trains, double[] edges, double[] probability, string what, List<string> violations)
    {
        var changes = new List<double>[edges.Length];
        for (int j = 0; j < edges.Length; j++) changes[j] = [];
        foreach (double[] train in trains) Carry(train, edges, changes);

        var quantiles = new double[probability.Length * edges.Length];
        for (int j = 0; j < edges.Length; j++)
        {
            if (changes[j].Count < FewestChanges)
            {
                violations.Add(string.Create(CultureInfo.InvariantCulture,
                    $"{changes[j].Count} {what} trains pass {edges[j]:G6} S; at least {FewestChanges} are needed to tell noise from step."));
                return quantiles;
            }

            changes[j].Sort();
            for (int i = 0; i < probability.Length; i++) quantiles[i * edges.Length + j] = Quantile(changes[j], probability[i]);
        }

        return quantiles;
    }

    private static double Quantile(List<double> sorted, double probability)
    {
        double place = Math.Clamp(probability * sorted.Count - 0.5, 0, sorted.Count - 1);
        int below = Math.Min((int)place, sorted.Count - 2);
        return sorted[below] + (place - below) * (sorted[below + 1] - sorted[below]);
    }

    // Changes of one train at every edge it passes: extrapolated to its first conductance, held to its last.
    private static void Carry(double[] train, double[] edges, List<double>[] changes)
    {
        (double Middle, double Change)[] steps = [.. Enumerable.Range(1, train.Length - 1)
            .Select(i => (0.5 * (train[i] + train[i - 1]), train[i] - train[i - 1])).OrderBy(s => s.Item1)];
        double low = train.Min(), high = train.Max(), most = MostExtrapolation * steps.Max(s => Math.Abs(s.Change));
        bool beginsLow = train[0] < train[^1];
        for (int j = 0; j < edges.Length; j++)
        {
            double g = edges[j];
            if (g < low || g > high) continue;
            if (g < steps[0].Middle) changes[j].Add(beginsLow ? Extrapolated(steps[0], steps[1], g, most) : steps[0].Change);
            else if (g > steps[^1].Middle) changes[j].Add(beginsLow ? steps[^1].Change : Extrapolated(steps[^1], steps[^2], g, most));
            else changes[j].Add(Between(steps, g));
        }
    }

    private static double Extrapolated((double Middle, double Change) end, (double Middle, double Change) next, double g, double most)
    {
        double gap = end.Middle - next.Middle;
        double slope = gap.Equals(0.0) ? 0 : (end.Change - next.Change) / gap;
        return Math.Clamp(end.Change + slope * (g - end.Middle), -most, most);
    }

    private static double Between((double Middle, double Change)[] steps, double g)
    {
        int i = 1;
        while (i < steps.Length - 1 && steps[i].Middle < g) i++;
        double gap = steps[i].Middle - steps[i - 1].Middle;
        return gap > 0 ? steps[i - 1].Change + (g - steps[i - 1].Middle) / gap * (steps[i].Change - steps[i - 1].Change) : steps[i].Change;
    }
}
