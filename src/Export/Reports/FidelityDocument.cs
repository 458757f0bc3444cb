using CircuitSim.Export.Attribution;
using CircuitSim.Export.CrossCheck;
using CircuitSim.Export.Speed;

namespace CircuitSim.Export.Reports;

/// <summary>Everything a fidelity report says about one run: how far the circuit departs from the network, why, and what was checked.</summary>
/// <remarks>
/// The HTML page and <c>fidelity.json</c> (<see cref="FidelityJson"/>) show the same document. Every number is
/// finite; a number that could not be had is null. Lists are compared by reference, so equality of two documents is not promised.
/// </remarks>
public sealed record FidelityDocument
{
    /// <summary>The version of this contract that the program writes and reads.</summary>
    public const int CurrentSchemaVersion = 1;

    /// <summary>Version of the contract the document follows.</summary>
    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    /// <summary>Name of the experiment.</summary>
    public required string Name { get; init; }

    /// <summary>Seed of every random draw of the run.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Version of the program that made the run.</summary>
    public required string ProgramVersion { get; init; }

    /// <summary>Vector units that the results were computed with; more than one where kinds were mixed, which last digits depend on.</summary>
    public IReadOnlyList<string> VectorUnits { get; init; } = [];

    /// <summary>Verdict against the limits of the experiment.</summary>
    public required FidelityVerdict Verdict { get; init; }

    /// <summary>Engines that were used or looked for.</summary>
    public required IReadOnlyList<EngineUse> Engines { get; init; }

    /// <summary>The data the network was trained and tested on.</summary>
    public required DataSetSummary DataSet { get; init; }

    /// <summary>The circuit and how weights were mapped to it.</summary>
    public required NetworkSummary Network { get; init; }

    /// <summary>How the network was trained.</summary>
    public required TrainingSummary Training { get; init; }

    /// <summary>Unconstrained software network trained on the same data, or null when none was trained.</summary>
    public required BaselineTraining? Baseline { get; init; }

    /// <summary>Accuracies, one row per engine or model and data part.</summary>
    public required IReadOnlyList<ModelAccuracy> Accuracies { get; init; }

    /// <summary>How often circuit and behavioural model choose the same class, or null when only one of them ran.</summary>
    public required ClassAgreement? Agreement { get; init; }

    /// <summary>Confusion matrices, one per engine.</summary>
    public required IReadOnlyList<ClassConfusion> Confusions { get; init; }

    /// <summary>Ladder from the trained network to the programmed circuit, one effect switched on at a time, in this order.</summary>
    public required IReadOnlyList<AttributionStep> Attribution { get; init; }

    /// <summary>The full circuit with one effect switched off at a time, in the order of the ladder; empty when it was not computed.</summary>
    public IReadOnlyList<RemovedEffect> ReverseAttribution { get; init; } = [];

    /// <summary>Effects that a ladder leaves out, and why.</summary>
    public IReadOnlyList<SkippedEffect> SkippedEffects { get; init; } = [];

    /// <summary>Largest difference at any gate or output between the ladder's last rung and the circuit that decks are written from, solved by itself, volts; null when it was not computed.</summary>
    public double? AttributionClosureVolts { get; init; }

    /// <summary>Engines against each other, signal by signal and sample by sample, or null when nothing was compared.</summary>
    public CrossCheckTable? CrossCheck { get; init; }

    /// <summary>Devices, lines and neurons that matter most, or null when it was not computed.</summary>
    public SensitivityReport? Sensitivity { get; init; }

    /// <summary>Sneak paths, one entry a layer; empty when they were not computed.</summary>
    public IReadOnlyList<LayerSneakPaths> SneakPaths { get; init; } = [];

    /// <summary>Difference of circuit and behavioural voltages, one entry per layer and signal.</summary>
    public required IReadOnlyList<LayerSignalError> Layers { get; init; }

    /// <summary>Nodes with the largest differences, largest first.</summary>
    public required IReadOnlyList<NodeDifference> WorstNodes { get; init; }

    /// <summary>Decks that were re-run, or should have been, in another simulator.</summary>
    public required IReadOnlyList<SpiceCheck> SpiceChecks { get; init; }

    /// <summary>Decks solved from their text by our own second solver, which is no other simulator.</summary>
    public IReadOnlyList<SpiceCheck> OwnChecks { get; init; } = [];

    /// <summary>Static power, one entry per layer.</summary>
    public required IReadOnlyList<LayerPower> Power { get; init; }

    /// <summary>What sources deliver against what becomes heat, or null when it was not computed.</summary>
    public PowerBalance? PowerBalance { get; init; }

    /// <summary>Delay and energy from a transient, or null when the experiment does not ask for it.</summary>
    public SpeedReport? Speed { get; init; }

    /// <summary>Wall-clock time of each stage, in the order of the run.</summary>
    public required IReadOnlyList<StageTiming> Timings { get; init; }

    /// <summary>Netlists that were exported.</summary>
    public required IReadOnlyList<ExportedDeck> Decks { get; init; }

    /// <summary>What to cite when the results are published, one full reference each.</summary>
    public required IReadOnlyList<string> Cite { get; init; }

    /// <summary>Remarks for the reader, one sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
