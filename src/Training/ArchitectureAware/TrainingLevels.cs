using CircuitSim.Mapping.Tiles;

namespace CircuitSim.Training.ArchitectureAware;

/// <summary>The parts of an array model that each level knows.</summary>
public static class TrainingLevels
{
    /// <summary>The model of a level.</summary>
    /// <param name="arrays">The whole model.</param>
    /// <param name="level">The level.</param>
    /// <returns>The model without what the level does not know; null for floating point.</returns>
    public static ArrayModel? Of(ArrayModel arrays, TrainingLevel level)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        if (level == TrainingLevel.FloatingPoint) return null;
        return arrays with
        {
            OnOffRatio = level >= TrainingLevel.DeviceAware ? arrays.OnOffRatio : double.PositiveInfinity,
            Tiles = level >= TrainingLevel.TileAware ? arrays.Tiles : null,
            Variation = level >= TrainingLevel.VariationAware ? arrays.Variation : 0,
        };
    }
}
