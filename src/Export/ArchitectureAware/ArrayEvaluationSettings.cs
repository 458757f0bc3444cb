using CircuitSim.Mapping.Tiles;
using CircuitSim.Training.ArchitectureAware;

namespace CircuitSim.Export.ArchitectureAware;

/// <summary>A figure's worth of inference: trained networks on arrays, every combination of the lists.</summary>
public sealed record ArrayEvaluationSettings
{
    /// <summary>Figure that the points belong to.</summary>
    public required string Figure { get; init; }

    /// <summary>Trainings to judge, at least one.</summary>
    public required IReadOnlyList<string> Of { get; init; }

    /// <summary>What the arrays have.</summary>
    public required TrainingLevel Level { get; init; }

    /// <summary>Bits of a device; empty keeps those of each training.</summary>
    public IReadOnlyList<int> WeightBits { get; init; } = [];

    /// <summary>On/off ratios; empty keeps that of each training.</summary>
    public IReadOnlyList<double> OnOffRatios { get; init; } = [];

    /// <summary>Programming variations; empty keeps that of each training.</summary>
    public IReadOnlyList<double> Variations { get; init; } = [];

    /// <summary>Programmed chips a point where there is variation.</summary>
    public int Chips { get; init; } = 20;

    /// <summary>Test images at most.</summary>
    public int Images { get; init; } = int.MaxValue;

    /// <summary>What the evaluation has for itself besides the lists.</summary>
    public ArrayOverrides Overrides { get; init; } = new();

    /// <summary>The arrays of every combination of the lists, for one training.</summary>
    internal IEnumerable<ArrayModel> Models(ArrayTraining training, ArrayModel arrays)
    {
        ArrayModel own = Overrides.Apply(training.Overrides.Apply(arrays));
        foreach (int? bits in WeightBits.Select(b => (int?)b).DefaultIfEmpty(own.WeightBits))
            foreach (double ratio in OnOffRatios.DefaultIfEmpty(own.OnOffRatio))
                foreach (double variation in Variations.DefaultIfEmpty(own.Variation))
                    yield return own with { WeightBits = bits, OnOffRatio = ratio, Variation = variation };
    }
}
