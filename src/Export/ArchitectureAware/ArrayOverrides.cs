using CircuitSim.Mapping.Tiles;

namespace CircuitSim.Export.ArchitectureAware;

/// <summary>Settings of arrays that a training or an evaluation has for itself; null keeps those of the experiment.</summary>
public sealed record ArrayOverrides
{
    /// <summary>Bits of a device.</summary>
    public int? WeightBits { get; init; }

    /// <summary>Largest over smallest conductance.</summary>
    public double? OnOffRatio { get; init; }

    /// <summary>Programming variation, as a share of the range.</summary>
    public double? Variation { get; init; }

    /// <summary>Bits of the ADC.</summary>
    public int? ConverterBits { get; init; }

    /// <summary>What the ADC's codes span.</summary>
    public ConverterRange? Range { get; init; }

    /// <summary>Whether inputs are applied bit by bit.</summary>
    public bool? IsBitSerial { get; init; }

    /// <summary>What is done about the smallest conductance.</summary>
    public LevelOffset? Offset { get; init; }

    internal ArrayModel Apply(ArrayModel arrays) => arrays with
    {
        WeightBits = WeightBits ?? arrays.WeightBits,
        OnOffRatio = OnOffRatio ?? arrays.OnOffRatio,
        Variation = Variation ?? arrays.Variation,
        Offset = Offset ?? arrays.Offset,
        Tiles = arrays.Tiles! with { ConverterBits = ConverterBits ?? arrays.Tiles.ConverterBits, Range = Range ?? arrays.Tiles.Range, IsBitSerial = IsBitSerial ?? arrays.Tiles.IsBitSerial },
    };
}
