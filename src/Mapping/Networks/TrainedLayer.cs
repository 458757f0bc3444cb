using CircuitSim.Circuit.Errors;

namespace CircuitSim.Mapping.Networks;

/// <summary>Unconstrained weights θ of one layer, one a device.</summary>
/// <remarks>
/// Rows are word lines: row 2k is the device on the positive line of input k (+x, or the first inverter of neuron k of the layer
/// before), row 2k + 1 on its negative line; the last two rows are the bias pair at +Vdd/2 and −Vdd/2. Columns are neurons.
/// </remarks>
public sealed record TrainedLayer
{
    private readonly double[] _theta;

    /// <summary>Creates a layer.</summary>
    /// <param name="inputCount">Inputs N without the bias pair, at least 1.</param>
    /// <param name="outputCount">Neurons, at least 1.</param>
    /// <param name="theta">θ, row-major [wordLine, neuron], length (2N+2)·neurons, finite. Copied.</param>
    /// <exception cref="InvalidDesignException">A count is below 1, the length does not fit, or a value is not finite.</exception>
    public TrainedLayer(int inputCount, int outputCount, ReadOnlySpan<double> theta)
    {
        InputCount = inputCount;
        OutputCount = outputCount;
        _theta = theta.ToArray();
        var violations = new List<string>();
        if (inputCount < 1) violations.Add($"{inputCount} inputs; at least 1 is needed.");
        if (outputCount < 1) violations.Add($"{outputCount} outputs; at least 1 is needed.");
        if (theta.Length != (long)WordLineCount * outputCount)
            violations.Add($"{theta.Length} weights; {(long)WordLineCount * outputCount} are needed for {WordLineCount} word lines x {outputCount} neurons.");
        for (int i = 0; i < theta.Length; i++)
        {
            if (double.IsFinite(theta[i])) continue;
            violations.Add($"Weight {i} (word line {i / outputCount + 1}, neuron {i % outputCount + 1}) is not finite.");
            break;
        }

        if (violations.Count > 0) throw new InvalidDesignException("Trained layer", violations);
    }

    /// <summary>Inputs without the bias pair.</summary>
    public int InputCount { get; }

    /// <summary>Neurons.</summary>
    public int OutputCount { get; }

    /// <summary>Rows of <see cref="Theta"/>: two an input and two for the bias.</summary>
    public int WordLineCount => 2 * InputCount + 2;

    /// <summary>θ, row-major [wordLine, neuron].</summary>
    public ReadOnlyMemory<double> Theta => _theta;
}
