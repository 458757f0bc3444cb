namespace CircuitSim.Mapping.Schemes;

/// <summary>One device a weight around the middle of the window, and one reference bit line for all outputs: G = (G_min + G_max)/2 + w·(G_max − G_min)/(2·w_max).</summary>
/// <remarks>
/// The reference line's devices sit at the middle; its current, subtracted from every other bit line's, takes the offset out. Half the devices of pairs, at half
/// their dynamic range, and every error of the reference line goes to all outputs. (Offset subtraction as in ISAAC, A. Shafiee et al., ISCA 2016,
/// there done digitally; CrossSim calls it offset core.)
/// </remarks>
public sealed record OffsetScheme : WeightScheme
{
    /// <summary>Creates the scheme.</summary>
    /// <param name="minimumSiemens">Lowest conductance, siemens, at least 0.</param>
    /// <param name="maximumSiemens">Highest conductance, siemens.</param>
    /// <param name="maximumWeight">Largest absolute weight, positive.</param>
    /// <exception cref="Circuit.Errors.InvalidDesignException">The window is empty or the weight is not positive.</exception>
    public OffsetScheme(double minimumSiemens, double maximumSiemens, double maximumWeight)
        : base(minimumSiemens, maximumSiemens, maximumWeight)
    {
    }

    /// <inheritdoc/>
    public override double RangeSiemens => 0.5 * (MaximumSiemens - MinimumSiemens);

    /// <inheritdoc/>
    public override double OffsetSiemens => 0.5 * (MinimumSiemens + MaximumSiemens);

    /// <inheritdoc/>
    /// <remarks>The last bit line is the reference.</remarks>
    public override (int WordLines, int BitLines) Shape(int inputCount, int outputCount) => (inputCount, outputCount + 1);

    /// <inheritdoc/>
    public override double[] WordLineVolts(ReadOnlySpan<double> inputVolts) => inputVolts.ToArray();

    /// <inheritdoc/>
    public override double[] Outputs(ReadOnlySpan<double> bitLineAmps)
    {
        var outputs = new double[bitLineAmps.Length - 1];
        for (int j = 0; j < outputs.Length; j++) outputs[j] = (bitLineAmps[j] - bitLineAmps[^1]) / SiemensPerWeight;
        return outputs;
    }

    private protected override void Map(ReadOnlySpan<double> weights, int inputCount, int outputCount, Span<double> siemens)
    {
        for (int i = 0; i < inputCount; i++)
        {
            Span<double> line = siemens.Slice(i * (outputCount + 1), outputCount + 1);
            // The sum may round one place past the ends of the window.
            for (int j = 0; j < outputCount; j++)
                line[j] = Math.Clamp(OffsetSiemens + weights[i * outputCount + j] * SiemensPerWeight, MinimumSiemens, MaximumSiemens);
            line[outputCount] = OffsetSiemens;
        }
    }

    private protected override void Unmap(ReadOnlySpan<double> siemens, int inputCount, int outputCount, Span<double> weights)
    {
        for (int i = 0; i < inputCount; i++)
        {
            ReadOnlySpan<double> line = siemens.Slice(i * (outputCount + 1), outputCount + 1);
            for (int j = 0; j < outputCount; j++) weights[i * outputCount + j] = (line[j] - line[outputCount]) / SiemensPerWeight;
        }
    }
}
