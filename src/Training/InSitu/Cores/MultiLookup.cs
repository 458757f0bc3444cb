namespace CircuitSim.Training.InSitu.Cores;

/// <summary>How tables of a population are read in <see cref="UpdateMode.Multi"/>.</summary>
public enum MultiLookup
{
    /// <summary>Each device reads its own table at its own state and stays within its own range.</summary>
    PerDevice,

    /// <summary>As CrossSim 2.0 executes it, for comparison with numbers made with it.</summary>
    /// <remarks>
    /// Its vectorised path adds fractional indices before it truncates them, so that means come from the table k + ⌊N·frac(x)⌋ and noise
    /// from a conductance (and table) shifted by the fraction of the probability's place; devices beyond the window that all tables
    /// share are not updated any more, and hard limits are the extremes over all tables.
    /// </remarks>
    CrossSimVectorized,
}
