using System.Runtime.CompilerServices;

namespace CircuitSim.Training.Kernels;

/// <summary>1/(1 + e⁻ˣ).</summary>
internal readonly struct SigmoidFunction : ILaneFunction
{
    /// <inheritdoc/>
    public static bool HasDerivative => false;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Apply<T>(T x, out T derivative)
        where T : struct, ILanes<T>
    {
        derivative = default;
        return Exponential.Sigmoid(x);
    }
}
