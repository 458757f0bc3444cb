using CircuitSim.Export.Runs;

namespace CircuitSim.Export.Sweep;

/// <summary>One point of a sweep's grid.</summary>
public sealed record SweepPoint
{
    /// <summary>Number of the point, from 1.</summary>
    public required int Index { get; init; }

    /// <summary>Number of its grid, from 1.</summary>
    public required int Grid { get; init; }

    /// <summary>Settings that differ from the experiment's, as keys with dots and values.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Values { get; init; }

    /// <summary>The values in a few words, for figures and tables.</summary>
    public string Label => Values.Count == 0 ? "as designed" : string.Join(", ", Values.Select(v => $"{v.Key[(v.Key.LastIndexOf('.') + 1)..]} {v.Value}"));

    /// <summary>All points of an experiment's sweep, in their order.</summary>
    /// <param name="experiment">An experiment.</param>
    /// <returns>Grid by grid; in each, the last axis varies fastest.</returns>
    public static IReadOnlyList<SweepPoint> Of(Experiment experiment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        IReadOnlyList<IReadOnlyList<SweepAxis>> grids = experiment.Sweep is { Grids.Count: > 0 } sweep ? sweep.Grids : [[]];
        var points = new List<SweepPoint>();
        for (int grid = 0; grid < grids.Count; grid++)
        {
            IEnumerable<KeyValuePair<string, string>[]> all = [[]];
            foreach (SweepAxis axis in grids[grid])
                all = all.SelectMany(values => axis.Values.Select(v => (KeyValuePair<string, string>[])[.. values, new(axis.Key, v)]));
            foreach (KeyValuePair<string, string>[] values in all)
                points.Add(new SweepPoint { Index = points.Count + 1, Grid = grid + 1, Values = values });
        }

        return points;
    }

    internal Experiment ExperimentOf(Experiment experiment) => ExperimentFile.With(experiment, Values.Select(v => (v.Key, v.Value)));
}
