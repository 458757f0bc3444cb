using CircuitSim.Training.InSitu.Cores;
using CircuitSim.Training.InSitu.Tables;

namespace CircuitSim.Export.InSitu;

/// <summary>A table of trainings: devices by modes, each with several seeds.</summary>
public sealed record InSituMatrixSettings
{
    /// <summary>Devices, as <see cref="InSituSettings.Device"/> names them.</summary>
    public IReadOnlyList<string> Devices { get; init; } = InSituDevices.Names;

    /// <summary>Modes.</summary>
    public IReadOnlyList<UpdateMode> Modes { get; init; } = [UpdateMode.Numeric, UpdateMode.Standard, UpdateMode.Multi];

    /// <summary>Seeds of each configuration, from the experiment's seed on, at least 2; each is another split, other initial weights and other devices.</summary>
    public int Seeds { get; init; } = 20;
}
