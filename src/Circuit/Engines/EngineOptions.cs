namespace CircuitSim.Circuit.Engines;

/// <summary>Tolerances and limits of an engine.</summary>
public sealed record EngineOptions
{
    /// <summary>SPICE's tolerances; a deck's <c>.options</c> replace them.</summary>
    public static EngineOptions Default { get; } = new();

    /// <summary>Tolerances for comparisons: iteration goes on until rounding stops it. A deck's <c>.options</c> do not loosen them; its gmin holds.</summary>
    public static EngineOptions Tight { get; } = new()
    {
        RelativeTolerance = 1e-12,
        VoltageToleranceVolts = 1e-15,
        CurrentToleranceAmps = 1e-21,
        MinimumConductanceSiemens = 1e-21,
        MaximumIterations = 2000,
        TransientRelativeTolerance = 1e-5,
        TruncationFactor = 1,
        ChargeToleranceCoulombs = 1e-21,
        IsTight = true,
    };

    /// <summary>Relative change at which an iteration has converged (reltol).</summary>
    public double RelativeTolerance { get; init; } = 1e-3;

    /// <summary>Local error of a transient step before <see cref="TruncationFactor"/>, relative to each charge's or flux's largest value so far.</summary>
    public double TransientRelativeTolerance { get; init; } = 1e-3;

    /// <summary>How much larger than the tolerances the error of a transient step may be (trtol).</summary>
    public double TruncationFactor { get; init; } = 7;

    /// <summary>Charge (coulombs) or flux (volt-seconds) below which the relative tolerance does not shrink further (chgtol).</summary>
    public double ChargeToleranceCoulombs { get; init; } = 1e-14;

    /// <summary>Voltage change at which an iteration has converged, volts (vntol).</summary>
    public double VoltageToleranceVolts { get; init; } = 1e-6;

    /// <summary>Current change at which an iteration has converged, amperes (abstol).</summary>
    public double CurrentToleranceAmps { get; init; } = 1e-12;

    /// <summary>Conductance across every p-n junction, siemens (gmin).</summary>
    public double MinimumConductanceSiemens { get; init; } = 1e-12;

    /// <summary>Newton iterations allowed for one operating point (itl1).</summary>
    public int MaximumIterations { get; init; } = 100;

    /// <summary>Longest time that one call may take; then the work ends with an <see cref="Errors.EngineException"/>.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Numbers that the result of one analysis may hold, points times vectors, 8 bytes each (16 in a small-signal analysis); more are refused.</summary>
    public long MaximumValues { get; init; } = 100_000_000;

    /// <summary>True when solutions are refined until updates no longer shrink, and a deck's own tolerances are not used.</summary>
    public bool IsTight { get; init; }
}
