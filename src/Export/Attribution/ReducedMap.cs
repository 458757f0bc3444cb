namespace CircuitSim.Export.Attribution;

/// <summary>A matrix over the cross-points of a layer, reduced to block means where it is large: the numbers of a heat map.</summary>
public sealed record ReducedMap
{
    /// <summary>Most blocks along a word line or a bit line.</summary>
    public const int MostBlocks = 64;

    /// <summary>What is shown, in words.</summary>
    public required string Quantity { get; init; }

    /// <summary>Unit of the values as it is printed.</summary>
    public required string Unit { get; init; }

    /// <summary>Word lines of the layer.</summary>
    public required int WordLineCount { get; init; }

    /// <summary>Bit lines of the layer.</summary>
    public required int BitLineCount { get; init; }

    /// <summary>Word lines a block.</summary>
    public required int BlockWordLines { get; init; }

    /// <summary>Bit lines a block.</summary>
    public required int BlockBitLines { get; init; }

    /// <summary>Blocks along a bit line.</summary>
    public required int Rows { get; init; }

    /// <summary>Blocks along a word line.</summary>
    public required int Columns { get; init; }

    /// <summary>Mean of each block in <see cref="Unit"/>, row-major [block of word lines, block of bit lines], to four digits.</summary>
    public required IReadOnlyList<double> Values { get; init; }
}
