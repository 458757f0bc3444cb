using System.Runtime.CompilerServices;

namespace CircuitSim.Training.Kernels;

/// <summary>tanh x.</summary>
internal readonly struct TanhFunction : ILaneFunction
{
    /// <inheritdoc/>
    public static bool HasDerivative => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Apply<T>(T x, out T derivative)
        where T : struct, ILanes<T>
    {
        derivative = default;
        return Exponential.Tanh(x);
    }
}
