using CircuitSim.Circuit.Networks;

namespace CircuitSim.Training.Phax;

/// <summary>What a behavioural network gives for a batch of samples.</summary>
public sealed record BehaviouralResult
{
    /// <summary>Samples.</summary>
    public required int SampleCount { get; init; }

    /// <summary>Voltages of each layer, from input to output.</summary>
    public required IReadOnlyList<LayerOperatingPoint> Layers { get; init; }

    /// <summary>Log-odds ln(h/(1 − h)) with h = (n + Vdd/2)/Vdd of the last layer, row-major [sample, output].</summary>
    public required ReadOnlyMemory<double> Logits { get; init; }

    /// <summary>Class of each sample: the output whose <c>n</c> is highest.</summary>
    public required ReadOnlyMemory<int> Classes { get; init; }
}
