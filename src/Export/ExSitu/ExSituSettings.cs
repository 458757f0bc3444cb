using CircuitSim.Export.Runs;
using CircuitSim.Training.ExSitu;
using CircuitSim.Training.Optimizers;

namespace CircuitSim.Export.ExSitu;

/// <summary>What an experiment with <c>train: { method: ex-situ }</c> says besides its data set, shape, check and export.</summary>
public sealed record ExSituSettings
{
    /// <summary>Sizes of the hidden layer that are compared, rising; that of the experiment's network is among them.</summary>
    public IReadOnlyList<int> Hidden { get; init; } = [];

    /// <summary>Hidden neurons: <c>tanh</c>, a shipped inverter, or a characterised one (.json).</summary>
    public string Activation { get; init; } = "ekv-sym";

    /// <summary>Supply of the inverter, volts.</summary>
    public double SupplyVolts { get; init; } = 0.5;

    /// <summary>Training in software; the seed is that of the experiment.</summary>
    public TrainingSchedule Schedule { get; init; } = new() { Epochs = 15, LearningRate = 0.002, BatchSize = 64 };

    /// <summary>Retraining with the distributions of the devices.</summary>
    public TrainingSchedule Retraining { get; init; } = new() { Epochs = 2, LearningRate = 0.0005, BatchSize = 64 };

    /// <summary>Level counts that are also retrained for.</summary>
    public IReadOnlyList<int> RetrainedLevels { get; init; } = [2, 3, 5, 9];

    /// <summary>Devices. Its level count is not used: <see cref="Levels"/> says which are compared. Its time of the read is the one that placement, assignment and retraining know.</summary>
    public TransferDevice Device { get; init; } = new();

    /// <summary>Numbers of levels that are compared, rising, at least 2.</summary>
    public IReadOnlyList<int> Levels { get; init; } = [2, 3, 4, 5, 6, 7, 8, 9];

    /// <summary>Separability bound of both bin strategies: probability that a device at the edge of its bin is misread.</summary>
    public double MisreadBound { get; init; } = 0.1;

    /// <summary>Times of the read, seconds after programming, rising; 0 reads what programming left.</summary>
    public IReadOnlyList<double> ReadSeconds { get; init; } = [0, 1, 86_400];

    /// <summary>Chips a point, at least 2.</summary>
    public int Chips { get; init; } = 20;

    /// <summary>Read voltage, wires and ends.</summary>
    public ReadoutWiring Wiring { get; init; } = new();

    /// <summary>Word lines of a tile of the circuit; currents of tiles are added digitally.</summary>
    public int TileRows { get; init; } = 64;

    internal CircuitSettings Inverter => new() { Inverter = Activation, SupplyVolts = SupplyVolts };
}
