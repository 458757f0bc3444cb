namespace CircuitSim.Export.ArchitectureAware;

/// <summary>One trained network judged on one kind of arrays.</summary>
public sealed record ArrayPoint
{
    /// <summary>Figure that the point belongs to.</summary>
    public required string Figure { get; init; }

    /// <summary>Name of the training.</summary>
    public required string Training { get; init; }

    /// <summary>What the arrays have, 0 to 4.</summary>
    public required int Level { get; init; }

    /// <summary>Bits of a device, or null in floating point.</summary>
    public required int? WeightBits { get; init; }

    /// <summary>On/off ratio, or null for devices that can be off.</summary>
    public required double? OnOffRatio { get; init; }

    /// <summary>Programming variation as a share of the range.</summary>
    public required double Variation { get; init; }

    /// <summary>What ADCs span and how inputs are applied, or null where sums are exact.</summary>
    public required string? Converter { get; init; }

    /// <summary>What is done about the smallest conductance.</summary>
    public required string Offset { get; init; }

    /// <summary>Test images.</summary>
    public required int ImageCount { get; init; }

    /// <summary>Accuracy of each chip, percent; one entry without variation.</summary>
    public required IReadOnlyList<double> Percent { get; init; }

    /// <summary>Share of conversions beyond the ADC's range.</summary>
    public required double ClippedShare { get; init; }

    /// <summary>Median over chips, percent.</summary>
    public double MedianPercent => Quantile(0.5);

    /// <summary>Distance of the quartiles, points.</summary>
    public double SpreadPercent => Quantile(0.75) - Quantile(0.25);

    internal double Quantile(double share)
    {
        double[] sorted = [.. Percent.Order()];
        double place = share * (sorted.Length - 1);
        int low = (int)place;
        return low + 1 < sorted.Length ? sorted[low] + (place - low) * (sorted[low + 1] - sorted[low]) : sorted[low];
    }
}
