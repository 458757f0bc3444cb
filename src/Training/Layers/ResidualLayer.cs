using System.Numerics;

namespace CircuitSim.Training.Layers;

/// <summary>body(x) + shortcut(x).</summary>
internal sealed class ResidualLayer<T>(LayerSequence<T> body, LayerSequence<T> shortcut, int threads) : Layer<T>(body.Input, body.Output, threads)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private T[] _output = [], _copy = [], _gradient = [];

    public LayerSequence<T> Body { get; } = body;

    public LayerSequence<T> Shortcut { get; } = shortcut;

    public override T[] Forward(T[] input, int batch, bool isTraining)
    {
        T[] output = Room(ref _output, batch * Output.Count), main = Body.Forward(input, batch, isTraining), aside = Shortcut.Forward(input, batch, isTraining);
        int count = Output.Count;
        Each(batch, i => Lanes.Add(main.AsSpan(i * count, count), aside.AsSpan(i * count, count), output.AsSpan(i * count, count)));
        return output;
    }

    public override T[] Backward(T[] outputGradient, int batch, bool needsInput)
    {
        T[] copy = Room(ref _copy, batch * Output.Count), gradient = Room(ref _gradient, batch * Input.Count);
        outputGradient.AsSpan(0, batch * Output.Count).CopyTo(copy);
        T[] main = Body.Backward(outputGradient, batch, needsInput), aside = Shortcut.Backward(copy, batch, needsInput);
        int count = Input.Count;
        if (needsInput) Each(batch, i => Lanes.Add(main.AsSpan(i * count, count), aside.AsSpan(i * count, count), gradient.AsSpan(i * count, count)));
        return gradient;
    }
}
