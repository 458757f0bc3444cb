namespace CircuitSim.Circuit.Crossbars;

/// <summary>What a <see cref="TileStore"/> knows of a tile.</summary>
internal abstract class Tile
{
    /// <summary>True while a <see cref="TileStore"/> holds the tile, so that joining it does not use it up.</summary>
    internal bool IsKept { get; set; }

    /// <summary>Gives the storage back, unless the tile is kept.</summary>
    internal abstract void Return();
}
