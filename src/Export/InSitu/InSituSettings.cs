using CircuitSim.Training.InSitu;
using CircuitSim.Training.InSitu.Tables;

namespace CircuitSim.Export.InSitu;

/// <summary>What an experiment with <c>train: { method: in-situ }</c> says besides its data set, shape, check and export.</summary>
public sealed record InSituSettings
{
    internal const double DefaultValidation = 0.3;

    internal const string DefaultDevice = "dwmtj-stt-300k";

    internal static InSituWiring DefaultWiring { get; } = new() { SegmentOhms = 1, TerminalOhms = 10 };

    /// <summary>Fraction of the samples for validation; what training and validation leave is for testing.</summary>
    public double Validation { get; init; } = DefaultValidation;

    /// <summary>Device technology: a name of <see cref="InSituDevices.Names"/>, a folder of update tables, or a table of pulse trains (.csv).</summary>
    public string Device { get; init; } = DefaultDevice;

    /// <summary>What 1 in the device's tables stands for, siemens, positive; 1 for tables in siemens.</summary>
    public double UnitSiemens { get; init; } = 1;

    /// <summary>How the network is trained; shape and seed are those of the experiment.</summary>
    public required InSituTrainingOptions Training { get; init; }

    /// <summary>Read voltage, wires and ends of the circuit.</summary>
    public InSituWiring Wiring { get; init; } = DefaultWiring;

    /// <summary>What <c>--matrix</c> trains.</summary>
    public InSituMatrixSettings Matrix { get; init; } = new();
}
