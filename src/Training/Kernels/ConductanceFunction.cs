using System.Runtime.CompilerServices;

namespace CircuitSim.Training.Kernels;

/// <summary>1 + ratio·sigmoid(θ) and its derivative ratio·s·(1 − s).</summary>
/// <param name="ratio">Trainable range of conductance over its minimum.</param>
internal readonly struct ConductanceFunction(double ratio) : ILaneFunction
{
    /// <inheritdoc/>
    public static bool HasDerivative => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Apply<T>(T x, out T derivative)
        where T : struct, ILanes<T>
    {
        T one = T.Broadcast(1);
        T power = Exponential.Exp(T.Broadcast(0) - x);
        T sigmoid = one / (one + power);
        T scaled = T.Broadcast(ratio) * sigmoid;

        // 1 − s = e⁻ᶿ·s has all its digits where s is near 1.
        derivative = scaled * (power * sigmoid);
        return one + scaled;
    }
}
