using System.Numerics;

namespace CircuitSim.Training.Layers;

/// <summary>Layers one after the other; none passes its input on.</summary>
internal sealed class LayerSequence<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Layer<T>[] _layers;

    /// <param name="input">Shape of the input.</param>
    /// <param name="specs">Layers.</param>
    /// <param name="isSigned">Whether inputs may be below zero.</param>
    /// <param name="threads">Threads at most.</param>
    public LayerSequence(FeatureShape input, IReadOnlyList<LayerSpec> specs, bool isSigned, int threads)
    {
        (Input, Output) = (input, input);
        _layers = new Layer<T>[specs.Count];
        for (int l = 0; l < specs.Count; l++)
        {
            FeatureShape shape = Output, output = specs[l].Output(shape, []);

            // A pool needs its largest outputs again, and the first layer's input belongs to someone else.
            bool ownsInput = l > 0 && specs[l - 1] is not PoolSpec and not ReluSpec;
            _layers[l] = specs[l] switch
            {
                ConvolutionSpec c => new ConvolutionLayer<T>(shape, output, c, isSigned, threads),
                FullyConnectedSpec f => new FullyConnectedLayer<T>(shape, output, f, isSigned, threads),
                PoolSpec p => new PoolLayer<T>(shape, output, p, threads),
                BatchNormalizationSpec b => new BatchNormalizationLayer<T>(shape, b, threads),
                ReluSpec => new ReluLayer<T>(shape, ownsInput, threads),
                ResidualSpec r => new ResidualLayer<T>(new LayerSequence<T>(shape, r.Body, isSigned, threads), new LayerSequence<T>(shape, r.Shortcut, isSigned, threads), threads),
                _ => throw new ArgumentException($"A layer of kind {specs[l].GetType().Name} has no engine.", nameof(specs)),
            };
            Output = output;
            isSigned = NetworkSpec.IsSigned([specs[l]], isSigned);
        }
    }

    public FeatureShape Input { get; }

    public FeatureShape Output { get; }

    /// <summary>Every layer that holds numbers, in a fixed order: body before shortcut.</summary>
    public IEnumerable<Layer<T>> Flat() =>
        _layers.SelectMany(l => l is ResidualLayer<T> r ? r.Body.Flat().Concat(r.Shortcut.Flat()) : [l]);

    public T[] Forward(T[] input, int batch, bool isTraining)
    {
        foreach (Layer<T> layer in _layers) input = layer.Forward(input, batch, isTraining);
        return input;
    }

    public T[] Backward(T[] gradient, int batch, bool needsInput)
    {
        for (int l = _layers.Length - 1; l >= 0; l--) gradient = _layers[l].Backward(gradient, batch, needsInput || l > 0);
        return gradient;
    }
}
