using CircuitSim.Circuit.Errors;

namespace CircuitSim.Mapping.Tiles;

/// <summary>A large layer cut into arrays of one size: ⌈inputs/R⌉·⌈outputs/C⌉ tiles, whose partial sums add up to the layer's.</summary>
/// <remarks>
/// The rule of Wang, Park and Lu (<i>Device Non-Ideality Effects and Architecture-aware Training in RRAM In-Memory Computing Modules</i>): a convolution
/// has kernel height·kernel width·input channels inputs, a signed weight is one logical cell, and there is no row for a bias. It gives 41 arrays for
/// their VGG block. Tiles are contiguous and full but for the last of each direction.
/// </remarks>
public sealed record TilePlan
{
    /// <summary>Cuts a layer.</summary>
    /// <param name="inputCount">Inputs of the layer; for a convolution kernel height·kernel width·input channels.</param>
    /// <param name="outputCount">Outputs; for a convolution output channels.</param>
    /// <param name="tileInputCount">R, inputs that one array takes.</param>
    /// <param name="tileOutputCount">C, logical columns of one array.</param>
    /// <exception cref="InvalidDesignException">A count is below 1; all violations are listed.</exception>
    public TilePlan(int inputCount, int outputCount, int tileInputCount, int tileOutputCount)
    {
        List<string> problems = [];
        foreach ((string what, int count) in (ReadOnlySpan<(string, int)>)[("inputs", inputCount), ("outputs", outputCount), ("inputs of an array", tileInputCount), ("outputs of an array", tileOutputCount)])
            if (count < 1) problems.Add($"There are {count} {what}; at least 1 is needed.");
        if (problems.Count > 0) throw new InvalidDesignException("Tiling", problems);

        (InputCount, OutputCount, TileInputCount, TileOutputCount) = (inputCount, outputCount, tileInputCount, tileOutputCount);
        List<Tile> tiles = [];
        for (int i = 0; i < inputCount; i += tileInputCount)
            for (int j = 0; j < outputCount; j += tileOutputCount)
                tiles.Add(new Tile(i, Math.Min(tileInputCount, inputCount - i), j, Math.Min(tileOutputCount, outputCount - j)));
        Tiles = tiles;
    }

    /// <summary>Inputs of the layer.</summary>
    public int InputCount { get; }

    /// <summary>Outputs of the layer.</summary>
    public int OutputCount { get; }

    /// <summary>Inputs that one array takes.</summary>
    public int TileInputCount { get; }

    /// <summary>Logical columns of one array.</summary>
    public int TileOutputCount { get; }

    /// <summary>The tiles, those of the first inputs first.</summary>
    public IReadOnlyList<Tile> Tiles { get; }

    /// <summary>Arrays that the layer takes.</summary>
    public int ArrayCount => Tiles.Count;

    /// <summary>Arrays that a matrix is cut into, counted without making them.</summary>
    /// <param name="inputCount">Rows of the matrix, at least 1.</param>
    /// <param name="outputCount">Columns of the matrix, at least 1.</param>
    /// <param name="tileInputCount">Most rows of an array, at least 1.</param>
    /// <param name="tileOutputCount">Most columns of an array, at least 1.</param>
    /// <returns>The number.</returns>
    public static long CountArrays(int inputCount, int outputCount, int tileInputCount, int tileOutputCount) =>
        ((inputCount - 1L) / tileInputCount + 1) * ((outputCount - 1L) / tileOutputCount + 1);

    /// <summary>Share of the cells of these arrays that hold a weight.</summary>
    public double Utilisation => (double)InputCount * OutputCount / ((double)ArrayCount * TileInputCount * TileOutputCount);

    /// <summary>The part of the layer's matrix that one tile holds.</summary>
    /// <param name="weights">The layer's matrix, row-major [input, output].</param>
    /// <param name="tile">The tile.</param>
    /// <returns>Row-major [input of the tile, output of the tile].</returns>
    /// <exception cref="ArgumentException">The length is not that of the layer.</exception>
    public double[] Slice(ReadOnlySpan<double> weights, Tile tile)
    {
        ArgumentNullException.ThrowIfNull(tile);
        if (weights.Length != (long)InputCount * OutputCount) throw new ArgumentException($"{weights.Length} weights for {InputCount} x {OutputCount}.", nameof(weights));
        var slice = new double[tile.InputCount * tile.OutputCount];
        for (int i = 0; i < tile.InputCount; i++)
            weights.Slice((tile.FirstInput + i) * OutputCount + tile.FirstOutput, tile.OutputCount).CopyTo(slice.AsSpan(i * tile.OutputCount));
        return slice;
    }

    /// <summary>Adds the partial sums of all tiles, in the order of <see cref="Tiles"/>.</summary>
    /// <param name="partialSums">For every tile its sums, one an output of the tile.</param>
    /// <returns>The layer's sums.</returns>
    /// <exception cref="ArgumentException">The number of tiles or the length of one does not fit.</exception>
    public double[] Accumulate(IReadOnlyList<double[]> partialSums)
    {
        ArgumentNullException.ThrowIfNull(partialSums);
        if (partialSums.Count != Tiles.Count) throw new ArgumentException($"{partialSums.Count} partial sums for {Tiles.Count} tiles.", nameof(partialSums));
        var sums = new double[OutputCount];
        for (int t = 0; t < Tiles.Count; t++)
        {
            Tile tile = Tiles[t];
            if (partialSums[t].Length != tile.OutputCount) throw new ArgumentException($"Tile {t + 1} has {partialSums[t].Length} sums for {tile.OutputCount} outputs.", nameof(partialSums));
            for (int j = 0; j < tile.OutputCount; j++) sums[tile.FirstOutput + j] += partialSums[t][j];
        }

        return sums;
    }
}
