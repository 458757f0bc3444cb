using CircuitSim.Export.CrossCheck;
using CircuitSim.Export.Reports;

namespace CircuitSim.Export.InSitu;

/// <summary>Everything a run in situ measured: what was trained, how far its circuit departs from it, and what was verified.</summary>
public sealed record InSituDocument
{
    /// <summary>The version of this contract.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>Training method, <c>in-situ</c>.</summary>
    public string Method { get; init; } = InSituExperiment.Method;

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

    /// <summary>Validation samples, which neither train nor test.</summary>
    public required int ValidationCount { get; init; }

    /// <summary>Device technology as papers write it.</summary>
    public required string Device { get; init; }

    /// <summary>Where its update tables come from.</summary>
    public required string DeviceSource { get; init; }

    /// <summary>What devices made of requests: numeric, standard or multi.</summary>
    public required string Mode { get; init; }

    /// <summary>Inputs, then neurons of each layer.</summary>
    public required IReadOnlyList<int> LayerSizes { get; init; }

    /// <summary>Memristors of the circuit.</summary>
    public required int DeviceCount { get; init; }

    /// <summary>Nodes of the circuit, ground not counted.</summary>
    public required int CircuitNodeCount { get; init; }

    /// <summary>Accuracies, one row per model and data part.</summary>
    public required IReadOnlyList<ModelAccuracy> Accuracies { get; init; }

    /// <summary>Confusion matrices of trained network and circuit.</summary>
    public required IReadOnlyList<ClassConfusion> Confusions { get; init; }

    /// <summary>Ladder from the trained devices to their circuit, one effect switched on at a time.</summary>
    public required IReadOnlyList<InSituStep> Attribution { get; init; }

    /// <summary>Update errors of the first layer, or null when none were recorded.</summary>
    public required UpdateErrors? Updates { get; init; }

    /// <summary>Mean power of the crossbars during a read, watts, over the checked samples.</summary>
    public required double ReadWatts { get; init; }

    /// <summary>Decks that were re-run, or should have been, in another simulator.</summary>
    public required IReadOnlyList<SpiceCheck> SpiceChecks { get; init; }

    /// <summary>Decks solved from their text by our own second solver, which is no other simulator.</summary>
    public IReadOnlyList<SpiceCheck> OwnChecks { get; init; } = [];

    /// <summary>Engines against each other, signal by signal and sample by sample, bit-line currents among them; null in documents of older runs.</summary>
    public CrossCheckTable? CrossCheck { get; init; }

    /// <summary>Wall-clock time of each stage, in the order of the run.</summary>
    public required IReadOnlyList<StageTiming> Timings { get; init; }

    /// <summary>Netlists that were exported.</summary>
    public required IReadOnlyList<ExportedDeck> Decks { get; init; }

    /// <summary>What to cite when the results are published.</summary>
    public required IReadOnlyList<string> Cite { get; init; }

    /// <summary>Remarks for the reader, one sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
