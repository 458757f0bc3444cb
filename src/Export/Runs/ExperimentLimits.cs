namespace CircuitSim.Export.Runs;

/// <summary>How large an experiment may be: checked before anything of that size is made. The numbers stand in docs/limits.md.</summary>
internal static class ExperimentLimits
{
    /// <summary>Bytes of an experiment file.</summary>
    internal const int Bytes = 1 << 20;

    /// <summary>Levels of lists and sections in each other.</summary>
    internal const int Depth = 32;

    /// <summary>Scalars, lists and sections of an experiment file.</summary>
    internal const int Nodes = 50_000;

    /// <summary>Any whole number that has no tighter limit.</summary>
    internal const int Count = 100_000_000;

    /// <summary>Inputs, neurons, channels or array lines.</summary>
    internal const int LayerSize = 100_000;

    /// <summary>Devices of a network.</summary>
    internal const long Devices = 50_000_000;

    /// <summary>Samples of a batch.</summary>
    internal const int Batch = 65_536;

    /// <summary>Chips of a point of a study, and seeds of a table of trainings.</summary>
    internal const int StudyChips = 10_000;

    /// <summary>Crossbars of a layer.</summary>
    internal const int Crossbars = 1_000;

    /// <summary>Chains of a posterior.</summary>
    internal const int Chains = 256;

    /// <summary>Draws and warm-up steps of a chain.</summary>
    internal const int Draws = 1_000_000;

    /// <summary>Conductance levels of a device.</summary>
    internal const int Levels = 65_536;

    /// <summary>Points of the grids of a sweep together.</summary>
    internal const int SweepPoints = 10_000;

    /// <summary>Chips of a sweep, all points together, unless more are asked for by name.</summary>
    internal const long SweepChips = 1_000_000;

    /// <summary>Why a network of fully connected layers is too large, or null.</summary>
    internal static string? Violation(IReadOnlyList<int> layers)
    {
        long devices = 0;
        for (int i = 1; i < layers.Count; i++) devices += (2L * layers[i - 1] + 2) * layers[i];
        return devices > Devices ? $"layers [{string.Join(", ", layers.Take(8))}{(layers.Count > 8 ? ", …" : "")}] have {devices} devices; at most {Devices} are allowed" : null;
    }
}
