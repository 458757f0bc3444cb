using System.Runtime.CompilerServices;

namespace CircuitSim.Training.Kernels;

/// <summary>amplitude·tanh(gain·(x − centre)) and its derivative.</summary>
/// <param name="amplitude">Amplitude.</param>
/// <param name="gain">Gain.</param>
/// <param name="centre">Argument at which the value is zero.</param>
internal readonly struct ScaledTanhFunction(double amplitude, double gain, double centre) : ILaneFunction
{
    /// <inheritdoc/>
    public static bool HasDerivative => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Apply<T>(T x, out T derivative)
        where T : struct, ILanes<T>
    {
        T tanh = Exponential.Tanh(T.Broadcast(gain) * (x - T.Broadcast(centre)));

        // (1 − t)(1 + t) keeps the digits that 1 − t² would cancel at saturation.
        derivative = T.Broadcast(amplitude * gain) * ((T.Broadcast(1) - tanh) * (T.Broadcast(1) + tanh));
        return T.Broadcast(amplitude) * tanh;
    }
}
