using System.Numerics;

namespace CircuitSim.Training.Layers;

/// <summary>max(0, x), in place where the layer before owns the numbers and does not need them.</summary>
internal sealed class ReluLayer<T>(FeatureShape shape, bool isInPlace, int threads) : Layer<T>(shape, shape, threads)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private T[] _output = [], _gradient = [];

    public override T[] Forward(T[] input, int batch, bool isTraining)
    {
        T[] output = isInPlace ? input : Room(ref _output, batch * Output.Count);
        if (isInPlace) _output = input;
        int count = Input.Count;
        Each(batch, i => Lanes.Rectify<T>(input.AsSpan(i * count, count), output.AsSpan(i * count, count)));
        return output;
    }

    public override T[] Backward(T[] outputGradient, int batch, bool needsInput)
    {
        T[] gradient = Room(ref _gradient, batch * Input.Count), output = _output;
        int count = Input.Count;
        Each(batch, i => Lanes.Gate<T>(output.AsSpan(i * count, count), outputGradient.AsSpan(i * count, count), gradient.AsSpan(i * count, count)));
        return gradient;
    }
}
