using System.Globalization;

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

    /// <summary>Block means of a matrix, to four digits.</summary>
    internal static ReducedMap Of(string quantity, string unit, int wordLines, int bitLines, Func<int, int, double> value)
    {
        int tall = Block(wordLines), wide = Block(bitLines);
        int rows = (wordLines + tall - 1) / tall, columns = (bitLines + wide - 1) / wide;
        var sums = new double[rows * columns];
        var counts = new int[sums.Length];
        for (int i = 0; i < wordLines; i++)
        {
            for (int j = 0; j < bitLines; j++)
            {
                int block = i / tall * columns + j / wide;
                sums[block] += value(i, j);
                counts[block]++;
            }
        }

        return new ReducedMap
        {
            Quantity = quantity,
            Unit = unit,
            WordLineCount = wordLines,
            BitLineCount = bitLines,
            BlockWordLines = tall,
            BlockBitLines = wide,
            Rows = rows,
            Columns = columns,
            Values = [.. sums.Select((sum, at) => FourDigits(sum / counts[at]))],
        };
    }

    private static int Block(int count) => (count + MostBlocks - 1) / MostBlocks;

    // The document is read by eyes and colours; sixteen digits would be most of its bytes.
    private static double FourDigits(double value) =>
        double.Parse(value.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
