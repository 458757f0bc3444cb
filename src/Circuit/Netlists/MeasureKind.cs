namespace CircuitSim.Circuit.Netlists;

/// <summary>What a <see cref="Measure"/> gives.</summary>
public enum MeasureKind
{
    /// <summary>Mean over the axis (avg).</summary>
    Average,

    /// <summary>Smallest value (min).</summary>
    Minimum,

    /// <summary>Largest value (max).</summary>
    Maximum,

    /// <summary>Place on the axis of the smallest value (min_at).</summary>
    MinimumAt,

    /// <summary>Place on the axis of the largest value (max_at).</summary>
    MaximumAt,

    /// <summary>Largest minus smallest value (pp).</summary>
    PeakToPeak,

    /// <summary>Root of the mean square over the axis (rms).</summary>
    RootMeanSquare,

    /// <summary>Integral over the axis (integ).</summary>
    Integral,

    /// <summary>Value at a place on the axis, or where an event happens (find).</summary>
    Find,

    /// <summary>Place on the axis of an event (when).</summary>
    When,

    /// <summary>Distance on the axis from one event to another (trig, targ).</summary>
    Interval,

    /// <summary>An expression of other measures (param).</summary>
    Expression,
}
