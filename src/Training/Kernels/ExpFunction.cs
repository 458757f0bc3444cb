using System.Runtime.CompilerServices;

namespace CircuitSim.Training.Kernels;

/// <summary>eˣ.</summary>
internal readonly struct ExpFunction : ILaneFunction
{
    /// <inheritdoc/>
    public static bool HasDerivative => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Apply<T>(T x, out T derivative)
        where T : struct, ILanes<T>
    {
        derivative = default;
        return Exponential.Exp(x);
    }
}
