using System.Numerics;

namespace CircuitSim.Circuit.Linear;

/// <summary>The inner loops of <see cref="PatchGemm"/> for one kind of vectors.</summary>
/// <typeparam name="T">double or float.</typeparam>
internal sealed unsafe class PatchKernel<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly delegate*<T*, nint, T*, GemmDepth*, T*, nint, bool, void> _narrow;
    private readonly delegate*<T*, nint, T*, GemmDepth*, T*, nint, bool, void> _wide;
    private readonly delegate*<T*, T*, GemmDepth*, T*, void> _row;
    private readonly delegate*<T*, T*, GemmDepth*, T*, void> _wideRow;

    /// <summary>Names a kernel.</summary>
    /// <param name="rowCount">Rows of its tiles.</param>
    /// <param name="narrow">Computes a tile of one step of columns.</param>
    /// <param name="wide">Computes a tile of two steps, or null.</param>
    /// <param name="row">Computes one row of one step.</param>
    /// <param name="wideRow">Computes one row of two steps, or null.</param>
    public PatchKernel(
        int rowCount, delegate*<T*, nint, T*, GemmDepth*, T*, nint, bool, void> narrow, delegate*<T*, nint, T*, GemmDepth*, T*, nint, bool, void> wide,
        delegate*<T*, T*, GemmDepth*, T*, void> row, delegate*<T*, T*, GemmDepth*, T*, void> wideRow)
    {
        RowCount = rowCount;
        _narrow = narrow;
        _wide = wide;
        _row = row;
        _wideRow = wideRow;
    }

    /// <summary>Rows of the tiles.</summary>
    public int RowCount { get; }

    /// <summary>Whether there are tiles of two steps of columns.</summary>
    public bool HasDoubleTile => _wide != null;

    /// <summary>Computes one tile.</summary>
    public void Tile(bool isDouble, T* left, nint leftStride, T* right, GemmDepth* depth, T* product, nint productStride, bool accumulate)
    {
        if (isDouble) _wide(left, leftStride, right, depth, product, productStride, accumulate);
        else _narrow(left, leftStride, right, depth, product, productStride, accumulate);
    }

    /// <summary>Computes one row of a tile.</summary>
    public void Row(bool isDouble, T* left, T* right, GemmDepth* depth, T* product)
    {
        if (isDouble) _wideRow(left, right, depth, product);
        else _row(left, right, depth, product);
    }
}
