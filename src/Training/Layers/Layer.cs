using System.Numerics;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Training.Layers;

/// <summary>One layer at work on batches: owns its outputs and the gradients of its inputs.</summary>
/// <remarks>Images are stored [sample, row, column, channel]. Sums over samples run in the order of samples, whatever the number of threads. Not thread-safe.</remarks>
/// <typeparam name="T">float to train, double to check gradients.</typeparam>
/// <param name="input">Shape of the input.</param>
/// <param name="output">Shape of the output.</param>
/// <param name="threads">Threads at most.</param>
internal abstract class Layer<T>(FeatureShape input, FeatureShape output, int threads)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public FeatureShape Input { get; } = input;

    public FeatureShape Output { get; } = output;

    /// <summary>Numbers that training changes.</summary>
    public virtual int ParameterCount => 0;

    /// <summary>Numbers that follow from training without gradients, such as running means.</summary>
    public virtual int StateCount => 0;

    protected int Threads { get; } = threads;

    /// <summary>Gives the layer its place in the arrays of the network.</summary>
    public virtual void Bind(Memory<T> parameters, Memory<T> gradient, Memory<T> state)
    {
    }

    /// <summary>Computes the outputs of a batch.</summary>
    /// <param name="input">Inputs, at least batch·<see cref="FeatureShape.Count"/>.</param>
    /// <param name="batch">Samples.</param>
    /// <param name="isTraining">Whether a backward pass follows and statistics are those of the batch.</param>
    /// <returns>Outputs, valid until the next call.</returns>
    public abstract T[] Forward(T[] input, int batch, bool isTraining);

    /// <summary>Gradients of parameters and inputs after a forward pass.</summary>
    /// <param name="outputGradient">Gradient of the outputs; may be overwritten.</param>
    /// <param name="batch">Samples.</param>
    /// <param name="needsInput">Whether the gradient of the inputs is wanted.</param>
    /// <returns>Gradient of the inputs, valid until the next call; meaningless if it is not wanted.</returns>
    public abstract T[] Backward(T[] outputGradient, int batch, bool needsInput);

    /// <summary>Does every item once, on several threads where that is allowed.</summary>
    protected void Each(int count, Action<int> work)
    {
        if (Threads == 1 || count < 2) for (int i = 0; i < count; i++) work(i);
        else ParallelWork.For(count, new ParallelOptions { MaxDegreeOfParallelism = Threads }, work);
    }

    protected static T[] Room(ref T[] buffer, int count) => buffer.Length >= count ? buffer : buffer = new T[count];
}
