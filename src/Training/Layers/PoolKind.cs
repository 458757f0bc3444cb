namespace CircuitSim.Training.Layers;

/// <summary>What a pooling layer takes from each window.</summary>
public enum PoolKind
{
    /// <summary>The largest number.</summary>
    Maximum,

    /// <summary>The mean.</summary>
    Average,
}
