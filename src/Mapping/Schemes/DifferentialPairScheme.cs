namespace CircuitSim.Mapping.Schemes;

/// <summary>Each weight is the difference of two devices, w = (G⁺ − G⁻)·w_max/(G_max − G_min).</summary>
/// <remarks>
/// One-sided: G⁺ = G_min + max(w, 0)·s and G⁻ = G_min + max(−w, 0)·s with s = (G_max − G_min)/w_max. Two-sided: G± = (G_min + G_max)/2 ± w·s/2.
/// Pairs on two bit lines: M. Prezioso et al., Nature 521, 2015; with the input and its negative on two word lines the bit line subtracts,
/// as in the pairs of PHAX.
/// </remarks>
public sealed record DifferentialPairScheme : WeightScheme
{
    /// <summary>Creates the scheme.</summary>
    /// <param name="minimumSiemens">Lowest conductance, siemens, at least 0.</param>
    /// <param name="maximumSiemens">Highest conductance, siemens.</param>
    /// <param name="maximumWeight">Largest absolute weight, positive.</param>
    /// <param name="lines">Where the devices of a pair stand.</param>
    /// <param name="sides">Which of them move.</param>
    /// <exception cref="Circuit.Errors.InvalidDesignException">The window is empty or the weight is not positive.</exception>
    public DifferentialPairScheme(double minimumSiemens, double maximumSiemens, double maximumWeight, PairLines lines, PairSides sides)
        : base(minimumSiemens, maximumSiemens, maximumWeight)
    {
        Lines = lines;
        Sides = sides;
    }

    /// <summary>Where the devices of a pair stand.</summary>
    public PairLines Lines { get; }

    /// <summary>Which of them move.</summary>
    public PairSides Sides { get; }

    /// <inheritdoc/>
    public override double RangeSiemens => MaximumSiemens - MinimumSiemens;

    /// <inheritdoc/>
    /// <remarks>On two word lines both devices of a weight hang on one bit line, driven by opposite voltages: their offsets cancel there, and this is what each source drives.</remarks>
    public override double OffsetSiemens => Sides == PairSides.OneSided ? MinimumSiemens : 0.5 * (MinimumSiemens + MaximumSiemens);

    /// <inheritdoc/>
    public override (int WordLines, int BitLines) Shape(int inputCount, int outputCount) =>
        Lines == PairLines.TwoBitLines ? (inputCount, 2 * outputCount) : (2 * inputCount, outputCount);

    /// <inheritdoc/>
    public override double[] WordLineVolts(ReadOnlySpan<double> inputVolts)
    {
        if (Lines == PairLines.TwoBitLines) return inputVolts.ToArray();
        var volts = new double[2 * inputVolts.Length];
        for (int i = 0; i < inputVolts.Length; i++) (volts[2 * i], volts[2 * i + 1]) = (inputVolts[i], -inputVolts[i]);
        return volts;
    }

    /// <inheritdoc/>
    public override double[] Outputs(ReadOnlySpan<double> bitLineAmps)
    {
        bool isBitLines = Lines == PairLines.TwoBitLines;
        var outputs = new double[isBitLines ? bitLineAmps.Length / 2 : bitLineAmps.Length];
        for (int j = 0; j < outputs.Length; j++)
            outputs[j] = (isBitLines ? bitLineAmps[2 * j] - bitLineAmps[2 * j + 1] : bitLineAmps[j]) / SiemensPerWeight;
        return outputs;
    }

    private protected override void Map(ReadOnlySpan<double> weights, int inputCount, int outputCount, Span<double> siemens)
    {
        double middle = 0.5 * (MinimumSiemens + MaximumSiemens);
        for (int i = 0; i < inputCount; i++)
            for (int j = 0; j < outputCount; j++)
            {
                double difference = weights[i * outputCount + j] * SiemensPerWeight;
                (int positive, int negative) = Places(i, j, outputCount);
                (siemens[positive], siemens[negative]) = Sides == PairSides.OneSided
                    ? (MinimumSiemens + Math.Max(difference, 0), MinimumSiemens + Math.Max(-difference, 0))
                    : (middle + 0.5 * difference, middle - 0.5 * difference);
                // The sum of the lower end and the range may round one place past the upper end.
                siemens[positive] = Math.Clamp(siemens[positive], MinimumSiemens, MaximumSiemens);
                siemens[negative] = Math.Clamp(siemens[negative], MinimumSiemens, MaximumSiemens);
            }
    }

    private protected override void Unmap(ReadOnlySpan<double> siemens, int inputCount, int outputCount, Span<double> weights)
    {
        for (int i = 0; i < inputCount; i++)
            for (int j = 0; j < outputCount; j++)
            {
                (int positive, int negative) = Places(i, j, outputCount);
                weights[i * outputCount + j] = (siemens[positive] - siemens[negative]) / SiemensPerWeight;
            }
    }

    private (int Positive, int Negative) Places(int input, int output, int outputCount) => Lines == PairLines.TwoBitLines
        ? (2 * (input * outputCount + output), 2 * (input * outputCount + output) + 1)
        : (2 * input * outputCount + output, (2 * input + 1) * outputCount + output);
}
