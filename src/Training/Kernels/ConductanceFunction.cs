using System.Runtime.CompilerServices;

namespace CircuitSim.Training.Kernels;

/// <summary>1 + ratio·s with s = sigmoid(scale·x), and its derivative ratio·scale·s·(1 − s).</summary>
/// <param name="ratio">Trainable range of conductance over its minimum.</param>
/// <param name="scale">θ per unit of x.</param>
internal readonly struct ConductanceFunction(double ratio, double scale) : ILaneFunction
{
    /// <inheritdoc/>
    public static bool HasDerivative => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Apply<T>(T x, out T derivative)
        where T : struct, ILanes<T>
    {
        T one = T.Broadcast(1);
        T power = Exponential.Exp(T.Broadcast(-scale) * x);
        T sigmoid = one / (one + power);
        T scaled = T.Broadcast(ratio) * sigmoid;

        // 1 − s = e⁻ᶿ·s has all its digits where s is near 1.
        derivative = T.Broadcast(scale) * scaled * (power * sigmoid);
        return one + scaled;
    }
}
