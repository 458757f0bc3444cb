namespace CircuitSim.Circuit.Networks;

/// <summary>Solved DC state of a network circuit for a batch of samples.</summary>
public sealed record NetworkOperatingPoint
{
    /// <summary>Samples solved.</summary>
    public required int SampleCount { get; init; }

    /// <summary>
    /// What drives the first layer, volts: inputs x, row-major [sample, input], or, where <see cref="HasPairedInputs"/> is false,
    /// sources, row-major [sample, word line without the bias pair]. The memory passed in, not a copy: leave it as it is.
    /// </summary>
    public required ReadOnlyMemory<double> InputVolts { get; init; }

    /// <summary>True when each input drives a pair of word lines at ±x.</summary>
    public required bool HasPairedInputs { get; init; }

    /// <summary>Layers from input to output.</summary>
    public required IReadOnlyList<LayerOperatingPoint> Layers { get; init; }

    /// <summary>Most Newton iterations that a layer of a sample took; 0 when nothing was loaded.</summary>
    public required int NewtonIterations { get; init; }

    /// <summary>Outputs of the network as the first, inverting, inverters of the last layer give them, volts, row-major [sample, output].</summary>
    public ReadOnlyMemory<double> OutputInvertedVolts => Layers[^1].InvertedVolts;

    /// <summary>Outputs of the network as the second inverters of the last layer give them, volts, row-major [sample, output].</summary>
    public ReadOnlyMemory<double> OutputRestoredVolts => Layers[^1].RestoredVolts;
}
