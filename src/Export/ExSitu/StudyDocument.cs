using System.Text.Json.Serialization;
using CircuitSim.Export.Figures;
using CircuitSim.Export.Reports;

namespace CircuitSim.Export.ExSitu;

/// <summary>Everything that a study of transferred networks measured.</summary>
public abstract record StudyDocument
{
    /// <summary>The version of this contract.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>Training method of the experiment.</summary>
    public required string Method { get; init; }

    /// <summary>Name of the experiment.</summary>
    public required string Name { get; init; }

    /// <summary>Seed of every random draw of the run.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Version of the program that made the run.</summary>
    public required string ProgramVersion { get; init; }

    /// <summary>What the device card states and the circuits do not contain, one sentence each.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>Vector units that the results were computed with; more than one where kinds were mixed, which last digits depend on.</summary>
    public IReadOnlyList<string> VectorUnits { get; init; } = [];

    /// <summary>Verdict against the limits of the experiment.</summary>
    public required FidelityVerdict Verdict { get; init; }

    /// <summary>Engines that were used or looked for.</summary>
    public required IReadOnlyList<EngineUse> Engines { get; init; }

    /// <summary>The data the network was trained and tested on.</summary>
    public required DataSetSummary DataSet { get; init; }

    /// <summary>Inputs, then neurons of each layer.</summary>
    public required IReadOnlyList<int> LayerSizes { get; init; }

    /// <summary>Device card.</summary>
    public required string DeviceCard { get; init; }

    /// <summary>What the card and its use assume.</summary>
    public required IReadOnlyList<string> DeviceAssumptions { get; init; }

    /// <summary>Accuracies, one row per model and data part.</summary>
    public required IReadOnlyList<ModelAccuracy> Accuracies { get; init; }

    /// <summary>Decks that were re-run, or should have been, in another simulator.</summary>
    public required IReadOnlyList<SpiceCheck> SpiceChecks { get; init; }

    /// <summary>Decks solved from their text by our own second solver, which is no other simulator.</summary>
    public IReadOnlyList<SpiceCheck> OwnChecks { get; init; } = [];

    /// <summary>Wall-clock time of each stage, in the order of the run.</summary>
    public required IReadOnlyList<StageTiming> Timings { get; init; }

    /// <summary>Netlists that were exported.</summary>
    public required IReadOnlyList<ExportedDeck> Decks { get; init; }

    /// <summary>What to cite when the results are published.</summary>
    public required IReadOnlyList<string> Cite { get; init; }

    /// <summary>Remarks for the reader, one sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>The results as tables.</summary>
    [JsonIgnore]
    public abstract IReadOnlyList<StudyTable> Tables { get; }

    /// <summary>What the page says the run is.</summary>
    internal abstract string Lead { get; }

    /// <summary>The results as figures.</summary>
    internal abstract IReadOnlyList<NamedFigure> Figures();
}
