namespace CircuitSim.Export.Reports;

/// <summary>Accuracy of one engine or model against the labels, with its 95 % confidence interval.</summary>
public sealed record ModelAccuracy
{
    /// <summary>Engine or model, for example <c>circuit (native)</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Part of the data, for example <c>test</c> or <c>first 200 test samples</c>.</summary>
    public required string DataPart { get; init; }

    /// <summary>Number of samples classified as labelled.</summary>
    public required int CorrectCount { get; init; }

    /// <summary>Number of samples.</summary>
    public required int SampleCount { get; init; }

    /// <summary>Accuracy, percent.</summary>
    public required double Percent { get; init; }

    /// <summary>Lower end of the 95 % confidence interval, percent.</summary>
    public required double Lower95Percent { get; init; }

    /// <summary>Upper end of the 95 % confidence interval, percent.</summary>
    public required double Upper95Percent { get; init; }
}
