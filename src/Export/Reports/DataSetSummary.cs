namespace CircuitSim.Export.Reports;

/// <summary>The data set of a run.</summary>
public sealed record DataSetSummary
{
    /// <summary>Name, for example <c>mnist14</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Where the data comes from, and its licence.</summary>
    public required string Source { get; init; }

    /// <summary>Number of samples in all.</summary>
    public required int SampleCount { get; init; }

    /// <summary>Number of samples trained on.</summary>
    public required int TrainCount { get; init; }

    /// <summary>Number of samples kept for testing.</summary>
    public required int TestCount { get; init; }

    /// <summary>Number of features of a sample.</summary>
    public required int FeatureCount { get; init; }

    /// <summary>Names of the classes in the order of the network's outputs.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    /// <summary>Width of a sample as an image, pixels; 0 when samples are not images.</summary>
    public required int ImageWidth { get; init; }

    /// <summary>Height of a sample as an image, pixels; 0 when samples are not images.</summary>
    public required int ImageHeight { get; init; }
}
