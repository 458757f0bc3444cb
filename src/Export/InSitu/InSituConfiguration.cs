using CircuitSim.Training.InSitu;

namespace CircuitSim.Export.InSitu;

/// <summary>All trainings of one device in one mode.</summary>
public sealed record InSituConfiguration
{
    /// <summary>What the numbers depend on: program, data, tables and settings.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Vector units that trained it; last digits depend on them.</summary>
    public string VectorUnits { get; init; } = "";

    /// <summary>Device technology as the experiment names it.</summary>
    public required string Device { get; init; }

    /// <summary>Device technology as papers write it; empty for the floating-point network.</summary>
    public required string Label { get; init; }

    /// <summary>Mode: numeric, standard, multi, or floating point.</summary>
    public required string Mode { get; init; }

    /// <summary>Test accuracy of each seed, percent.</summary>
    public required IReadOnlyList<double> TestPercent { get; init; }

    /// <summary>Validation accuracy of each seed, percent.</summary>
    public required IReadOnlyList<double> ValidationPercent { get; init; }

    /// <summary>Losses and accuracies of the first seed.</summary>
    public required IReadOnlyList<InSituEpoch> History { get; init; }

    /// <summary>Update errors of the first seed, or null for the floating-point network.</summary>
    public required UpdateErrors? Updates { get; init; }

    /// <summary>Mean test accuracy over the seeds, percent.</summary>
    public double MeanPercent => TestPercent.Average();

    /// <summary>Standard deviation of the test accuracy over the seeds, percent, with n − 1.</summary>
    public double DeviationPercent
    {
        get
        {
            double mean = MeanPercent;
            return Math.Sqrt(TestPercent.Sum(p => (p - mean) * (p - mean)) / Math.Max(TestPercent.Count - 1, 1));
        }
    }
}
