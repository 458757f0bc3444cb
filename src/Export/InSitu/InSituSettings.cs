using CircuitSim.Training.InSitu;
using CircuitSim.Training.InSitu.Tables;

namespace CircuitSim.Export.InSitu;

/// <summary>What an experiment with <c>train: { method: in-situ }</c> says besides its data set, shape, check and export.</summary>
public sealed record InSituSettings
{
    /// <summary>Fraction of the samples for validation; what training and validation leave is for testing.</summary>
    public double Validation { get; init; } = 0.3;

    /// <summary>Device technology: a name of <see cref="InSituDevices.Names"/>, a folder of update tables, or a table of pulse trains (.csv).</summary>
    public string Device { get; init; } = "dwmtj-stt-300k";

    /// <summary>How the network is trained; shape and seed are those of the experiment.</summary>
    public required InSituTrainingOptions Training { get; init; }

    /// <summary>Read voltage, wires and ends of the circuit.</summary>
    public InSituWiring Wiring { get; init; } = new() { SegmentOhms = 1, TerminalOhms = 10 };

    /// <summary>What <c>--matrix</c> trains.</summary>
    public InSituMatrixSettings Matrix { get; init; } = new();
}
