using System.Collections.Concurrent;
using System.Numerics;

namespace CircuitSim.Circuit.Crossbars;

/// <summary>Reduced tiles kept for the next reduction of a crossbar that differs in few devices.</summary>
/// <remarks>Tiles are kept by their precision and place. Reducing adds tiles from several threads; forgetting them does not run beside it.</remarks>
internal sealed class TileStore
{
    // Smaller tiles are reduced again sooner than a look into memory pays; all of them would take kilobytes a device.
    private const int LeastCrossPoints = 512;

    private readonly ConcurrentDictionary<(Type Precision, int Top, int Rows, int Left, int Columns), Tile> _tiles = new();

    /// <summary>Tiles kept now.</summary>
    internal int Count => _tiles.Count;

    /// <summary>Finds the tile of a rectangle.</summary>
    internal Tile<T>? Find<T>(int top, int rows, int left, int columns)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => _tiles.GetValueOrDefault((typeof(T), top, rows, left, columns)) as Tile<T>;

    /// <summary>Keeps the tile of a rectangle if it is worth keeping.</summary>
    internal void Keep<T>(int top, int rows, int left, int columns, Tile<T> tile)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if ((long)rows * columns < LeastCrossPoints) return;
        tile.IsKept = true;
        _tiles[(typeof(T), top, rows, left, columns)] = tile;
    }

    /// <summary>Forgets every tile that holds a device.</summary>
    internal void Forget(int wordLine, int bitLine)
    {
        foreach ((var place, Tile tile) in _tiles)
        {
            bool isOutside = wordLine < place.Top || wordLine >= place.Top + place.Rows || bitLine < place.Left || bitLine >= place.Left + place.Columns;
            if (isOutside || !_tiles.TryRemove(place, out _)) continue;
            tile.IsKept = false;
            tile.Return();
        }
    }
}
