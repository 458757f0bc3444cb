using System.Globalization;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Mapping.Devices;

/// <summary>The conductance levels that an array uses, each with the bin in which program-and-verify accepts it.</summary>
public sealed record LevelPlan
{
    /// <summary>Creates a plan and checks it.</summary>
    /// <param name="bins">Bins in rising order; at least two, none overlapping another.</param>
    /// <exception cref="InvalidDesignException">There are fewer than two bins, a bin does not hold its target, or bins overlap.</exception>
    public LevelPlan(IReadOnlyList<ConductanceBin> bins)
    {
        ArgumentNullException.ThrowIfNull(bins);
        var problems = new List<string>();
        if (bins.Count < 2) problems.Add($"There are {bins.Count} levels; at least two are needed.");
        for (int i = 0; i < bins.Count; i++)
        {
            ConductanceBin bin = bins[i];
            if (!(bin.LowSiemens <= bin.TargetSiemens && bin.TargetSiemens <= bin.HighSiemens))
                problems.Add(string.Create(CultureInfo.InvariantCulture, $"Level {i + 1} is programmed to {bin.TargetSiemens:G6} S, outside its bin of {bin.LowSiemens:G6} to {bin.HighSiemens:G6} S."));
            if (i > 0 && !(bins[i - 1].HighSiemens <= bin.LowSiemens && bins[i - 1].TargetSiemens < bin.TargetSiemens))
                problems.Add(string.Create(CultureInfo.InvariantCulture, $"Levels {i} and {i + 1} overlap: the bin of one ends at {bins[i - 1].HighSiemens:G6} S, the next begins at {bin.LowSiemens:G6} S. Take fewer or narrower levels."));
        }

        if (problems.Count > 0) throw new InvalidDesignException("Level plan", problems);
        Bins = [.. bins];
    }

    /// <summary>The bins, in rising order.</summary>
    public IReadOnlyList<ConductanceBin> Bins { get; }

    /// <summary>Equally spaced levels over a card's whole window, with bins that touch half-way between neighbours.</summary>
    /// <param name="card">The card.</param>
    /// <param name="count">Number of levels, at least 2; the ends of the window are levels.</param>
    /// <returns>The plan; the first and the last bin reach half a spacing beyond the window, but not below 0.</returns>
    /// <exception cref="InvalidDesignException">The count is below 2.</exception>
    public static LevelPlan EquallySpaced(DeviceCard card, int count)
    {
        ArgumentNullException.ThrowIfNull(card);
        if (count < 2) throw new InvalidDesignException("Level plan", [$"There are {count} levels; at least two are needed."]);
        double step = (card.MaximumSiemens - card.MinimumSiemens) / (count - 1);
        var levels = new double[count];
        for (int i = 0; i < count; i++) levels[i] = i == count - 1 ? card.MaximumSiemens : card.MinimumSiemens + i * step;
        return At(levels);
    }

    /// <summary>Given levels, with bins that touch half-way between neighbours.</summary>
    /// <param name="levelSiemens">Levels, siemens, rising, at least two.</param>
    /// <returns>The plan; the outermost bins are as wide outwards as inwards, but do not reach below 0.</returns>
    /// <exception cref="InvalidDesignException">There are fewer than two levels, or they do not rise.</exception>
    public static LevelPlan At(IReadOnlyList<double> levelSiemens)
    {
        ArgumentNullException.ThrowIfNull(levelSiemens);
        int count = levelSiemens.Count;
        if (count < 2) throw new InvalidDesignException("Level plan", [$"There are {count} levels; at least two are needed."]);
        var bins = new ConductanceBin[count];
        for (int i = 0; i < count; i++)
        {
            double level = levelSiemens[i];
            double below = i > 0 ? Middle(i - 1) : Math.Max(0, level - (Middle(0) - level));
            double above = i < count - 1 ? Middle(i) : level + (level - Middle(i - 1));
            bins[i] = new ConductanceBin(level, below, above);
        }

        return new LevelPlan(bins);

        double Middle(int i) => 0.5 * (levelSiemens[i] + levelSiemens[i + 1]);
    }
}
