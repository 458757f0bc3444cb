namespace CircuitSim.Export.Sweep;

/// <summary>Share of the chips that meet the limit, with its exact 95 % interval (Clopper and Pearson).</summary>
public sealed record YieldSummary
{
    /// <summary>Least accuracy of a good chip, percent.</summary>
    public required double LimitPercent { get; init; }

    /// <summary>Good chips.</summary>
    public required int GoodCount { get; init; }

    /// <summary>Chips.</summary>
    public required int ChipCount { get; init; }

    /// <summary>Share of good chips, percent.</summary>
    public required double Percent { get; init; }

    /// <summary>Lower end of the interval, percent.</summary>
    public required double Lower95Percent { get; init; }

    /// <summary>Upper end of the interval, percent.</summary>
    public required double Upper95Percent { get; init; }
}
