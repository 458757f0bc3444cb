using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CircuitSim.Training.Kernels;

/// <summary>Functions of whole arrays with the machine's widest vectors; every element is rounded the same wherever it stands.</summary>
internal static unsafe class VectorMath
{
    // Loops are compiled fully at once and on their own: inlined into their caller they would exceed the inliner's budget and lose
    // the inlining of what they call, which makes them ten times slower.
    private const MethodImplOptions Loop = MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining;

    private static readonly bool Has512 = Vector512.IsHardwareAccelerated && Avx512F.IsSupported;
    private static readonly bool Has256 = Vector256.IsHardwareAccelerated && Fma.IsSupported;

    /// <summary>eˣ of each element; see <see cref="Exponential"/> for accuracy and range.</summary>
    /// <param name="x">Arguments.</param>
    /// <param name="y">Receives the values; may be <paramref name="x"/> itself.</param>
    public static void Exp(ReadOnlySpan<double> x, Span<double> y) => Map(new ExpFunction(), x, y, y);

    /// <summary>1/(1 + e⁻ˣ) of each element.</summary>
    /// <param name="x">Arguments.</param>
    /// <param name="y">Receives the values; may be <paramref name="x"/> itself.</param>
    public static void Sigmoid(ReadOnlySpan<double> x, Span<double> y) => Map(new SigmoidFunction(), x, y, y);

    /// <summary>tanh of each element.</summary>
    /// <param name="x">Arguments.</param>
    /// <param name="y">Receives the values; may be <paramref name="x"/> itself.</param>
    public static void Tanh(ReadOnlySpan<double> x, Span<double> y) => Map(new TanhFunction(), x, y, y);

    /// <summary>amplitude·tanh(gain·(x − centre)) of each element and its derivative.</summary>
    /// <param name="x">Arguments.</param>
    /// <param name="amplitude">Amplitude.</param>
    /// <param name="gain">Gain, per unit of the arguments.</param>
    /// <param name="centre">Argument at which the value is zero.</param>
    /// <param name="y">Receives the values.</param>
    /// <param name="slope">Receives amplitude·gain·(1 − tanh²).</param>
    public static void ScaledTanh(
        ReadOnlySpan<double> x, double amplitude, double gain, double centre, Span<double> y, Span<double> slope) =>
        Map(new ScaledTanhFunction(amplitude, gain, centre), x, y, slope);

    /// <summary>Conductance over its minimum, 1 + ratio·sigmoid(scale·x), of each element, and its derivative with respect to x.</summary>
    /// <param name="parameters">x.</param>
    /// <param name="ratio">Trainable range over minimum.</param>
    /// <param name="scale">θ per unit of x.</param>
    /// <param name="sigma">Receives the values.</param>
    /// <param name="slope">Receives the derivatives.</param>
    public static void Conductance(
        ReadOnlySpan<double> parameters, double ratio, double scale, Span<double> sigma, Span<double> slope) =>
        Map(new ConductanceFunction(ratio, scale), parameters, sigma, slope);

    /// <summary>One step of Adam (Kingma and Ba, ICLR 2015, algorithm 1) on every parameter.</summary>
    /// <param name="parameters">Parameters, changed in place.</param>
    /// <param name="gradient">Gradient.</param>
    /// <param name="mean">Running mean of the gradient, changed in place.</param>
    /// <param name="square">Running mean of its square, changed in place.</param>
    /// <param name="step">Coefficients of this step.</param>
    public static void Adam(
        Span<double> parameters, ReadOnlySpan<double> gradient, Span<double> mean, Span<double> square, in AdamStep step)
    {
        RequireSameLength(parameters.Length, gradient.Length);
        RequireSameLength(parameters.Length, mean.Length);
        RequireSameLength(parameters.Length, square.Length);
        fixed (double* p = parameters, g = gradient, m = mean, s = square)
        {
            int done = 0;
            if (Has512) done = AdamLanes<Lanes512>(p, g, m, s, 0, parameters.Length, step);
            else if (Has256) done = AdamLanes<Lanes256>(p, g, m, s, 0, parameters.Length, step);
            AdamLanes<LanesScalar>(p, g, m, s, done, parameters.Length, step);
        }
    }

    [MethodImpl(Loop)]
    private static int AdamLanes<T>(double* parameters, double* gradient, double* mean, double* square, int first, int count, in AdamStep step)
        where T : struct, ILanes<T>
    {
        T keepMean = T.Broadcast(step.MeanDecay), newMean = T.Broadcast(1 - step.MeanDecay);
        T keepSquare = T.Broadcast(step.SquareDecay), newSquare = T.Broadcast(1 - step.SquareDecay);
        T rate = T.Broadcast(-step.Rate), rootScale = T.Broadcast(step.RootScale), floor = T.Broadcast(step.Floor);
        int i = first;
        for (; i <= count - T.Width; i += T.Width)
        {
            T g = T.Load(gradient + i);
            T m = T.FusedMultiplyAdd(keepMean, T.Load(mean + i), newMean * g);
            T s = T.FusedMultiplyAdd(keepSquare, T.Load(square + i), newSquare * (g * g));
            m.Store(mean + i);
            s.Store(square + i);
            T divisor = T.FusedMultiplyAdd(T.Sqrt(s), rootScale, floor);
            T.FusedMultiplyAdd(rate, m / divisor, T.Load(parameters + i)).Store(parameters + i);
        }

        return i;
    }

    private static void Map<TFunction>(TFunction function, ReadOnlySpan<double> x, Span<double> y, Span<double> slope)
        where TFunction : struct, ILaneFunction
    {
        RequireSameLength(x.Length, y.Length);
        RequireSameLength(x.Length, slope.Length);
        fixed (double* source = x, value = y, derivative = slope)
        {
            int done = 0;
            if (Has512) done = MapLanes<TFunction, Lanes512>(function, source, value, derivative, 0, x.Length);
            else if (Has256) done = MapLanes<TFunction, Lanes256>(function, source, value, derivative, 0, x.Length);
            MapLanes<TFunction, LanesScalar>(function, source, value, derivative, done, x.Length);
        }
    }

    /// <summary>Applies a function with one chosen vector width, so that tests reach those that this machine would not choose.</summary>
    /// <typeparam name="TFunction">Function.</typeparam>
    /// <typeparam name="T">Vector.</typeparam>
    /// <param name="function">Function.</param>
    /// <param name="x">First argument.</param>
    /// <param name="y">First value.</param>
    /// <param name="slope">First derivative; the same as <paramref name="y"/> for functions without one.</param>
    /// <param name="first">Index to begin at.</param>
    /// <param name="count">Elements in all.</param>
    /// <returns>Index of the first element that filled no vector.</returns>
    [MethodImpl(Loop)]
    internal static int MapLanes<TFunction, T>(TFunction function, double* x, double* y, double* slope, int first, int count)
        where TFunction : struct, ILaneFunction
        where T : struct, ILanes<T>
    {
        int i = first;
        for (; i <= count - T.Width; i += T.Width)
        {
            T value = function.Apply(T.Load(x + i), out T derivative);
            if (TFunction.HasDerivative) derivative.Store(slope + i);
            value.Store(y + i);
        }

        return i;
    }

    private static void RequireSameLength(int expected, int actual)
    {
        if (expected != actual) throw new ArgumentException($"The arrays have {expected} and {actual} elements; they must have the same number.");
    }
}
