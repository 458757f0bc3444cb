using CircuitSim.Export.Sweep;

namespace CircuitSim.Export.ExSitu;

/// <summary>A network as trained in software.</summary>
/// <param name="Hidden">Hidden neurons.</param>
/// <param name="Activation">What they are.</param>
/// <param name="TestPercent">Test accuracy, percent.</param>
/// <param name="DeviceCount">Memristors that its weights and biases take, two each.</param>
public sealed record SoftwareNetwork(int Hidden, string Activation, double TestPercent, int DeviceCount);

/// <summary>Levels of one strategy.</summary>
/// <param name="Strategy"><c>equal</c> or <c>optimised</c>.</param>
/// <param name="HasReset">Whether the RESET state is the lowest level.</param>
/// <param name="LevelCount">Levels.</param>
/// <param name="MeanIterations">Iterations a device, each level used equally often; null where that many levels cannot be told apart.</param>
/// <param name="TargetSiemens">Targets, siemens.</param>
public sealed record LevelDesign(string Strategy, bool HasReset, int LevelCount, double? MeanIterations, IReadOnlyList<double> TargetSiemens);

/// <summary>Chips of one network on one set of levels at one time of the read.</summary>
public sealed record TransferPoint
{
    /// <summary>Hidden neurons.</summary>
    public required int Hidden { get; init; }

    /// <summary>Levels.</summary>
    public required int LevelCount { get; init; }

    /// <summary>Whether the RESET state is the lowest level.</summary>
    public required bool HasReset { get; init; }

    /// <summary><c>equal</c> or <c>optimised</c>.</summary>
    public required string Strategy { get; init; }

    /// <summary>How weights became levels: <c>nearest</c>, <c>scale_search</c>, <c>pair_aware</c> or <c>retrained</c>.</summary>
    public required string Assignment { get; init; }

    /// <summary>Time of the read after programming, seconds; 0 is what programming left.</summary>
    public required double ReadSeconds { get; init; }

    /// <summary>Test accuracy over chips, percent.</summary>
    public required Distribution Percent { get; init; }

    /// <summary>Memristors.</summary>
    public required int DeviceCount { get; init; }

    /// <summary>Programming pulses of a chip, mean over chips.</summary>
    public required double Pulses { get; init; }

    /// <summary>Root mean square of read less trained weight, over that of the trained weights, first chip, all layers together.</summary>
    public required double RelativeWeightError { get; init; }

    /// <summary>Whether no other point of the comparison of sizes is better in accuracy, pulses and devices at once.</summary>
    public bool IsPareto { get; init; }
}

/// <summary>The circuit of the main design, solved with every wire.</summary>
/// <param name="TileRows">Word lines of a tile.</param>
/// <param name="TileCount">Tiles of all layers.</param>
/// <param name="Percent">Test accuracy over chips, percent.</param>
/// <param name="IdealPercent">The same chips with ideal wires.</param>
/// <param name="SquareMillimetres">Area of the cells, without periphery.</param>
/// <param name="ReadWatts">Power of all tiles during a read, watts, first chip, mean over the probed samples.</param>
/// <param name="ReadJoules">Energy of a classification: power times the time that each layer is read for.</param>
/// <param name="ProgrammingJoules">Energy of programming, or null when the card has no pulse energy.</param>
public sealed record TransferCircuit(
    int TileRows, int TileCount, Distribution Percent, Distribution IdealPercent, double SquareMillimetres, double ReadWatts, double ReadJoules, double? ProgrammingJoules);
