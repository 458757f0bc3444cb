using System.Numerics;

namespace CircuitSim.Circuit.Linear;

/// <summary>One inner loop of <see cref="Gemm"/> and the size of its tile.</summary>
/// <typeparam name="T">double or float.</typeparam>
internal sealed unsafe class GemmKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly delegate*<int, T*, T*, nint, T*, nint, bool, void> _tile;

    /// <summary>Names a kernel.</summary>
    /// <param name="rowCount">Rows of its tile.</param>
    /// <param name="columnCount">Columns of its tile.</param>
    /// <param name="tile">Computes one tile.</param>
    public GemmKernel(int rowCount, int columnCount, delegate*<int, T*, T*, nint, T*, nint, bool, void> tile)
    {
        RowCount = rowCount;
        ColumnCount = columnCount;
        _tile = tile;
    }

    /// <summary>Rows of the tile.</summary>
    public int RowCount { get; }

    /// <summary>Columns of the tile.</summary>
    public int ColumnCount { get; }

    /// <summary>Computes one whole tile of the product.</summary>
    /// <param name="depth">Terms of each sum.</param>
    /// <param name="left">Packed left panel, <see cref="RowCount"/> numbers a term.</param>
    /// <param name="right">Right panel, <see cref="ColumnCount"/> contiguous numbers a term.</param>
    /// <param name="rightStride">Distance between terms of the right panel.</param>
    /// <param name="product">First entry of the tile.</param>
    /// <param name="productStride">Distance between rows of the product.</param>
    /// <param name="accumulate">True to add to the product instead of overwriting it.</param>
    public void Tile(int depth, T* left, T* right, nint rightStride, T* product, nint productStride, bool accumulate) =>
        _tile(depth, left, right, rightStride, product, productStride, accumulate);
}
