using System.Numerics;
using System.Runtime.InteropServices;

namespace CircuitSim.Training.Layers;

/// <summary>Steps of an optimiser on flat arrays; its memory is one or two numbers a parameter.</summary>
internal sealed class ParameterStep<T>(ImageTrainingOptions options, int count)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const double MeanDecay = 0.9, SquareDecay = 0.999, Floor = 1e-8;

    /// <summary>Velocity, or running mean of the gradient.</summary>
    public T[] First { get; } = new T[count];

    /// <summary>Running mean of the squared gradient, or nothing.</summary>
    public T[] Second { get; } = new T[options.Optimizer == ImageOptimizer.Adam ? count : 0];

    /// <summary>Changes the parameters.</summary>
    /// <param name="parameters">Parameters.</param>
    /// <param name="gradient">Gradient of the mean loss.</param>
    /// <param name="rate">Learning rate.</param>
    /// <param name="step">Steps done, this one included.</param>
    public void Take(Span<T> parameters, ReadOnlySpan<T> gradient, double rate, long step)
    {
        if (options.Optimizer == ImageOptimizer.Adam) TakeAdam(parameters, gradient, rate, step);
        else TakeSgd(parameters, gradient, rate);
    }

    private void TakeSgd(Span<T> parameters, ReadOnlySpan<T> gradient, double rate)
    {
        Span<Vector<T>> p = MemoryMarshal.Cast<T, Vector<T>>(parameters), v = MemoryMarshal.Cast<T, Vector<T>>(First.AsSpan());
        ReadOnlySpan<Vector<T>> g = MemoryMarshal.Cast<T, Vector<T>>(gradient);
        T momentum = T.CreateChecked(options.Momentum), decay = T.CreateChecked(options.WeightDecay), r = T.CreateChecked(rate);
        for (int i = 0; i < p.Length; i++)
        {
            Vector<T> slope = g[i] + p[i] * decay;
            v[i] = v[i] * momentum + slope;
            p[i] -= (options.IsNesterov ? slope + v[i] * momentum : v[i]) * r;
        }

        for (int i = p.Length * Vector<T>.Count; i < parameters.Length; i++)
        {
            T slope = gradient[i] + parameters[i] * decay;
            First[i] = First[i] * momentum + slope;
            parameters[i] -= (options.IsNesterov ? slope + First[i] * momentum : First[i]) * r;
        }
    }

    private void TakeAdam(Span<T> parameters, ReadOnlySpan<T> gradient, double rate, long step)
    {
        T decay = T.CreateChecked(options.WeightDecay), one = T.CreateChecked(1 - MeanDecay), two = T.CreateChecked(1 - SquareDecay), floor = T.CreateChecked(Floor);
        T scale = T.CreateChecked(rate / (1 - Math.Pow(MeanDecay, step))), root = T.CreateChecked(1 / Math.Sqrt(1 - Math.Pow(SquareDecay, step)));
        for (int i = 0; i < parameters.Length; i++)
        {
            T slope = gradient[i] + parameters[i] * decay;
            First[i] += one * (slope - First[i]);
            Second[i] += two * (slope * slope - Second[i]);
            parameters[i] -= scale * First[i] / (T.Sqrt(Second[i]) * root + floor);
        }
    }
}
