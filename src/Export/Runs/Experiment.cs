using CircuitSim.Export.ArchitectureAware;
using CircuitSim.Export.ExSitu;
using CircuitSim.Export.InSitu;
using CircuitSim.Export.Speed;

namespace CircuitSim.Export.Runs;

/// <summary>Everything that a run needs, as read from an experiment file with defaults filled in.</summary>
public sealed record Experiment
{
    /// <summary>Name of the run and of its folder.</summary>
    public required string Name { get; init; }

    /// <summary>Seed of every random draw.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Which chip of the design a run makes, from 1.</summary>
    public int Chip { get; init; } = 1;

    /// <summary>Which samples, and how they are split.</summary>
    public required DataSettings Data { get; init; }

    /// <summary>Shape of the network.</summary>
    public required NetworkSettings Network { get; init; }

    /// <summary>How it is trained.</summary>
    public TrainSettings Train { get; init; } = new();

    /// <summary>Which memristor carries the weights.</summary>
    public DeviceSettings Device { get; init; } = new();

    /// <summary>Supply, inverter and wires.</summary>
    public CircuitSettings Circuit { get; init; } = new();

    /// <summary>What is compared with what, and the limits.</summary>
    public CheckSettings Check { get; init; } = new();

    /// <summary>Which netlists are written.</summary>
    public ExportSettings Export { get; init; } = new();

    /// <summary>Delay and energy from a transient; null when they are not asked for.</summary>
    public SpeedSettings? Speed { get; init; }

    /// <summary>Training inside arrays of devices, with a circuit that is read by current; null for networks of inverters.</summary>
    public InSituSettings? InSitu { get; init; }

    /// <summary>A posterior that is sampled in software and transferred to crossbars; null for other experiments.</summary>
    public BayesianSettings? Bayesian { get; init; }

    /// <summary>A network that is trained in software and transferred to device levels; null for other experiments.</summary>
    public ExSituSettings? ExSitu { get; init; }

    /// <summary>Convolutional networks on tiled arrays; null for other kinds of networks.</summary>
    public ArraySettings? Arrays { get; init; }

    /// <summary>Monte Carlo over chips and settings, or null.</summary>
    public SweepSettings? Sweep { get; init; }
}
