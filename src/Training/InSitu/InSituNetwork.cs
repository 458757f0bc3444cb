using CircuitSim.Training.InSitu.Cores;

namespace CircuitSim.Training.InSitu;

/// <summary>A network whose layers are read in arrays and whose neurons are digital: sigmoid in hidden layers, softmax or sigmoid at the end.</summary>
/// <param name="Layers">Layers from input to output.</param>
/// <param name="Output">What the last layer makes of its sums.</param>
/// <param name="HasBias">Whether the last input of each layer is a bias of 1.</param>
/// <param name="UnitSiemens">Upper end of the device's window, siemens.</param>
public sealed record InSituNetwork(IReadOnlyList<InSituLayer> Layers, OutputKind Output, bool HasBias, double UnitSiemens)
{
    /// <summary>Inputs without the bias.</summary>
    public int InputCount => Layers[0].InputCount - (HasBias ? 1 : 0);

    /// <summary>Classes.</summary>
    public int OutputCount => Layers[^1].OutputCount;

    /// <summary>Weighted sums and neuron outputs of every layer for one sample.</summary>
    /// <param name="input">Scaled inputs, without the bias.</param>
    /// <returns>One entry a layer: sums z and outputs of its neurons.</returns>
    /// <exception cref="ArgumentException">The number of inputs differs.</exception>
    public IReadOnlyList<(double[] Sums, double[] Outputs)> Evaluate(ReadOnlySpan<double> input)
    {
        if (input.Length != InputCount) throw new ArgumentException($"{input.Length} inputs for a network with {InputCount}.", nameof(input));
        var results = new List<(double[], double[])>();
        double[] x = WithBias(input);
        for (int l = 0; l < Layers.Count; l++)
        {
            var sums = new double[Layers[l].OutputCount];
            MatrixProducts.Multiply(Layers[l].Weights.Span, x, sums);
            double[] outputs = [.. sums];
            if (l == Layers.Count - 1 && Output == OutputKind.Softmax) Neurons.Softmax(outputs);
            else Neurons.Sigmoid(outputs);
            results.Add((sums, outputs));
            x = WithBias(outputs);
        }

        return results;
    }

    private double[] WithBias(ReadOnlySpan<double> values) => HasBias ? [.. values, 1] : [.. values];
}
