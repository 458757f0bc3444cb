using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using CircuitSim.Circuit.Linear;

namespace CircuitSim.Circuit.Crossbars;

/// <summary>Joins two neighbouring tiles and eliminates the nodes between them.</summary>
internal static unsafe class TileMerge
{
    // From this many eliminated nodes on, packed products are faster than sums over strided rows.
    private const int DeepRows = 64;

    /// <summary>Joins a tile with the one to its right, or below it; returns the storage of both.</summary>
    /// <param name="first">Left or upper tile.</param>
    /// <param name="second">Right or lower tile.</param>
    /// <param name="isSideBySide">True when <paramref name="second"/> lies to the right.</param>
    /// <param name="needsLeftPairs">False when conductances among left ports are not wanted.</param>
    /// <param name="threadCount">Threads for large tiles.</param>
    internal static Tile<T> Join<TLanes, T>(Tile<T> first, Tile<T> second, bool isSideBySide, bool needsLeftPairs, int threadCount)
        where TLanes : struct, IDenseLanes<TLanes, T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Tile<T> joined = isSideBySide
            ? new Tile<T>(first.Rows, first.Columns + second.Columns, second.HasRight, first.HasTop)
            : new Tile<T>(first.Rows + second.Rows, first.Columns, first.HasRight, first.HasTop);
        int depth = isSideBySide ? first.Rows : first.Columns;
        int portStart = Tile<T>.RoundUp(depth), stride = portStart + joined.Stride, length = depth * stride;
        T[] rows = ArrayPool<T>.Shared.Rent(length);
        Array.Clear(rows, 0, length);
        Scatter(first, FirstSegments(first, joined, isSideBySide), isSideBySide ? first.RightStart : first.BottomStart, depth, joined, rows);
        Scatter(second, SecondSegments(first, second, joined, isSideBySide), isSideBySide ? 0 : second.TopStart, depth, joined, rows);
        first.Return();
        second.Return();

        // A node that nothing connects is a bit line without devices above it: it carries nothing to anyone and is left out.
        _ = DenseElimination.Factorize(rows.AsSpan(0, length), depth, stride, stride);
        int skipped = needsLeftPairs ? 0 : joined.Rows;
        fixed (T* ports = rows, mesh = joined.Mesh)
        {
            if (depth < DeepRows) DenseOuterProduct.Add<TLanes, T>(ports + portStart, depth, joined.PortCount, stride, joined.Stride, mesh, skipped, threadCount);
            else DenseElimination.AddToMesh(rows, depth, portStart, joined.PortCount, joined.PortCount, stride, joined.Mesh, joined.Stride, skipped, threadCount);
            Mirror(mesh, joined.PortCount, joined.Stride);
        }

        ArrayPool<T>.Shared.Return(rows);
        return joined;
    }

    /// <summary>A run of ports of a tile and where they go in the joined one; both places mean nothing when it is empty.</summary>
    private readonly record struct Segment(int From, int To, int Length);

    private static Segment[] FirstSegments<T>(Tile<T> first, Tile<T> joined, bool isSideBySide)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => isSideBySide
        ?
        [
            new(0, 0, first.Rows),
            new(first.TopStart, joined.TopStart, first.HasTop ? first.Columns : 0),
            new(first.BottomStart, joined.BottomStart, first.Columns),
        ]
        :
        [
            new(0, 0, first.Rows),
            new(first.RightStart, joined.RightStart, first.HasRight ? first.Rows : 0),
            new(first.TopStart, joined.TopStart, first.HasTop ? first.Columns : 0),
        ];

    private static Segment[] SecondSegments<T>(Tile<T> first, Tile<T> second, Tile<T> joined, bool isSideBySide)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => isSideBySide
        ?
        [
            new(second.RightStart, joined.RightStart, second.HasRight ? second.Rows : 0),
            new(second.TopStart, joined.TopStart + first.Columns, second.HasTop ? second.Columns : 0),
            new(second.BottomStart, joined.BottomStart + first.Columns, second.Columns),
        ]
        :
        [
            new(0, first.Rows, second.Rows),
            new(second.RightStart, joined.RightStart + first.Rows, second.HasRight ? second.Rows : 0),
            new(second.BottomStart, joined.BottomStart, second.Columns),
        ];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scatter<T>(Tile<T> tile, Segment[] segments, int shared, int depth, Tile<T> joined, T[] rows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<T> mesh = tile.Mesh;
        segments = Array.FindAll(segments, s => s.Length > 0);
        int portStart = Tile<T>.RoundUp(depth), stride = portStart + joined.Stride;
        for (int k = 0; k < depth; k++)
        {
            ReadOnlySpan<T> row = mesh.Slice((shared + k) * tile.Stride, tile.PortCount);
            Span<T> to = rows.AsSpan(k * stride, stride);
            for (int a = 0; a < depth; a++) to[a] += a == k ? T.Zero : row[shared + a];
            foreach (Segment s in segments) row.Slice(s.From, s.Length).CopyTo(to[(portStart + s.To)..]);
        }

        foreach (Segment lines in segments)
            for (int i = 0; i < lines.Length; i++)
                foreach (Segment s in segments)
                    mesh.Slice((lines.From + i) * tile.Stride + s.From, s.Length).CopyTo(joined.Mesh.AsSpan((lines.To + i) * joined.Stride + s.To));
    }

    // A block's rows are often a power of two apart and then fall on the same few lines of the cache: eight find room there.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Mirror<T>(T* mesh, int ports, int stride)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int Block = 8;
        for (int rows = 0; rows < ports; rows += Block)
        {
            int lastRow = Math.Min(rows + Block, ports);
            for (int columns = 0; columns < rows; columns += Block)
                for (int i = rows; i < lastRow; i++) Copy(mesh + (long)columns * stride + i, stride, mesh + (long)i * stride + columns, Block);
            for (int i = rows + 1; i < lastRow; i++) Copy(mesh + (long)rows * stride + i, stride, mesh + (long)i * stride + rows, i - rows);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy<T>(T* column, int stride, T* row, int count)
        where T : unmanaged
    {
        for (int j = 0; j < count; j++, column += stride) row[j] = *column;
    }
}
