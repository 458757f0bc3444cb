namespace CircuitSim.Training.Layers;

/// <summary>Shape of what flows between layers: an image of several channels, stored [row, column, channel].</summary>
/// <param name="Height">Rows, at least 1.</param>
/// <param name="Width">Columns, at least 1.</param>
/// <param name="Channels">Numbers a pixel, at least 1.</param>
public readonly record struct FeatureShape(int Height, int Width, int Channels)
{
    /// <summary>Numbers a sample.</summary>
    public int Count => Height * Width * Channels;

    /// <inheritdoc/>
    public override string ToString() => $"{Height} x {Width} x {Channels}";
}
