namespace CircuitSim.Mapping.ExSitu;

/// <summary>Weights of one array as targets of device pairs, w ≈ (G⁺ − G⁻)/<see cref="SiemensPerWeight"/>.</summary>
public sealed record WeightPairs
{
    private readonly double[] _targets;

    internal WeightPairs(double siemensPerWeight, double[] targets) => (SiemensPerWeight, _targets) = (siemensPerWeight, targets);

    /// <summary>Difference of conductance for a weight of 1, siemens.</summary>
    public double SiemensPerWeight { get; }

    /// <summary>Targets, siemens: G⁺ and G⁻ of each weight in turn, which is [wordLine, bitLine] with two bit lines a neuron for weights [input, neuron].</summary>
    public ReadOnlyMemory<double> TargetSiemens => _targets;

    /// <summary>Devices.</summary>
    public int DeviceCount => _targets.Length;

    /// <summary>Pulses that programming takes on average, all devices together.</summary>
    public required double ExpectedPulses { get; init; }

    /// <summary>Root mean square of read less wanted weight that rounding and the laws of the levels let expect.</summary>
    public required double ExpectedRmsError { get; init; }

    /// <summary>Weights beyond the largest difference that a pair can have.</summary>
    public required int SaturatedCount { get; init; }

    /// <summary>Weights that conductances of these pairs stand for.</summary>
    /// <param name="siemens">Conductances in the order of <see cref="TargetSiemens"/>.</param>
    /// <param name="weights">Receives one weight a pair.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public void ToWeights(ReadOnlySpan<double> siemens, Span<double> weights)
    {
        if (siemens.Length != _targets.Length || weights.Length * 2 != siemens.Length)
            throw new ArgumentException($"{siemens.Length} conductances and {weights.Length} weights for {_targets.Length} devices.", nameof(siemens));
        for (int k = 0; k < weights.Length; k++) weights[k] = (siemens[2 * k] - siemens[2 * k + 1]) / SiemensPerWeight;
    }
}
