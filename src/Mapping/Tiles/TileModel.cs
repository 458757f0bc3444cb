namespace CircuitSim.Mapping.Tiles;

/// <summary>Arrays of one size, and the ADC that reads the difference of each pair of columns.</summary>
public sealed record TileModel
{
    /// <summary>Word lines of an array, at least 1.</summary>
    public int Inputs { get; init; } = 256;

    /// <summary>Logical columns of an array, each of two columns of devices; at least 1.</summary>
    public int Outputs { get; init; } = 64;

    /// <summary>Bits of the ADC, 2 to 16; codes are −2ᵇ⁻¹ to 2ᵇ⁻¹ − 1.</summary>
    public int ConverterBits { get; init; } = 8;

    /// <summary>What its codes span.</summary>
    public ConverterRange Range { get; init; } = ConverterRange.Calibrated;

    /// <summary>True to apply the inputs bit by bit and convert each bit's sums, false to apply them as voltages in one step.</summary>
    public bool IsBitSerial { get; init; }
}
