using CircuitSim.Export.Reports;

namespace CircuitSim.Export.ArchitectureAware;

/// <summary>Everything an architecture-aware run measured.</summary>
public sealed record ArrayDocument
{
    /// <summary>The version of this contract.</summary>
    public int SchemaVersion { get; init; } = 1;

    /// <summary>Training method, <c>architecture-aware</c>.</summary>
    public string Method { get; init; } = ArrayExperiment.Method;

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

    /// <summary>Name of the image set.</summary>
    public required string DataSet { get; init; }

    /// <summary>Training images.</summary>
    public required int TrainCount { get; init; }

    /// <summary>Test images.</summary>
    public required int TestCount { get; init; }

    /// <summary>Name of the network.</summary>
    public required string Network { get; init; }

    /// <summary>Its matrices on arrays.</summary>
    public required IReadOnlyList<ArrayMatrix> Matrices { get; init; }

    /// <summary>Arrays of the whole network.</summary>
    public required int ArrayCount { get; init; }

    /// <summary>Memristors that carry a weight, two for each.</summary>
    public required long DeviceCount { get; init; }

    /// <summary>Trainings.</summary>
    public required IReadOnlyList<ArrayTrainingResult> Trainings { get; init; }

    /// <summary>Points of all figures.</summary>
    public required IReadOnlyList<ArrayPoint> Points { get; init; }

    /// <summary>Trainings held against each other over chips.</summary>
    public required IReadOnlyList<ArrayComparison> Comparisons { get; init; }

    /// <summary>The network with exact wires.</summary>
    public required IReadOnlyList<ArrayWirePoint> Wires { get; init; }

    /// <summary>Arrays as circuits.</summary>
    public required IReadOnlyList<ArrayTileCheck> Tiles { get; init; }

    /// <summary>Wall-clock time of each stage.</summary>
    public required IReadOnlyList<StageTiming> Timings { get; init; }

    /// <summary>Netlists that were exported.</summary>
    public required IReadOnlyList<ExportedDeck> Decks { get; init; }

    /// <summary>What to cite when the results are published.</summary>
    public required IReadOnlyList<string> Cite { get; init; }
}
