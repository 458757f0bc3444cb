using System.Text;

namespace CircuitSim.Circuit.Randomness;

/// <summary>Random numbers that are a pure function of (seed, purpose, index), so that no draw depends on threads, shards or order.</summary>
/// <remarks>
/// Philox4x32 with 10 rounds (Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011): the key is the
/// seed, the lower half of the counter is the index, the upper half is a 64-bit FNV-1a hash of the purpose's UTF-8 text. One index
/// gives one draw; draws of different indices, purposes or seeds are independent. Thread-safe: there is no state.
/// </remarks>
public readonly struct CounterRandom
{
    private readonly ulong _seed;
    private readonly ulong _purpose;

    /// <summary>Creates the sequence of one purpose.</summary>
    /// <param name="seed">Seed of the whole run.</param>
    /// <param name="purpose">What is drawn, for example "programming error of layer 1"; another text is another, independent sequence.</param>
    /// <exception cref="ArgumentException">The purpose is empty.</exception>
    public CounterRandom(ulong seed, string purpose)
    {
        ArgumentException.ThrowIfNullOrEmpty(purpose);
        _seed = seed;
        ulong hash = 0xCBF29CE484222325;
        foreach (byte b in Encoding.UTF8.GetBytes(purpose)) hash = (hash ^ b) * 0x100000001B3;
        _purpose = hash;
    }

    /// <summary>64 random bits.</summary>
    /// <param name="index">Index of the draw.</param>
    /// <returns>A number uniform over all 64-bit values.</returns>
    public ulong Bits(ulong index) => Block(_seed, index, _purpose).Low;

    /// <summary>A number uniform in [0, 1), with 53 random bits.</summary>
    /// <param name="index">Index of the draw.</param>
    /// <returns>A multiple of 2⁻⁵³, at least 0 and below 1.</returns>
    public double Uniform(ulong index) => UnitInterval(Bits(index));

    /// <summary>A number uniform in [low, high).</summary>
    /// <param name="index">Index of the draw.</param>
    /// <param name="low">Lower end, finite.</param>
    /// <param name="high">Upper end, finite, not below <paramref name="low"/>.</param>
    /// <returns>low + (high − low)·<see cref="Uniform(ulong)"/>.</returns>
    public double Uniform(ulong index, double low, double high) => low + (high - low) * Uniform(index);

    /// <summary>A draw from the standard normal distribution (Box and Muller, Ann. Math. Statist. 29, 1958).</summary>
    /// <param name="index">Index of the draw.</param>
    /// <returns>A number with mean 0 and variance 1; its absolute value stays below 8.6.</returns>
    public double Normal(ulong index)
    {
        (ulong low, ulong high) = Block(_seed, index, _purpose);

        // 1 − u lies in (0, 1], so the logarithm is finite.
        double radius = Math.Sqrt(-2 * Math.Log(1 - UnitInterval(low)));
        return radius * Math.Cos(2 * Math.PI * UnitInterval(high));
    }

    /// <summary>A whole number uniform in 0 to bound − 1; the bias of the multiplication is below bound·2⁻⁶⁴.</summary>
    /// <param name="index">Index of the draw.</param>
    /// <param name="bound">Upper end, not included, at least 1.</param>
    /// <returns>The number.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The bound is below 1.</exception>
    public int Below(ulong index, int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        return (int)Math.BigMul(Bits(index), (ulong)bound, out _);
    }

    /// <summary>Writes a uniformly random order of 0 to n − 1 (Fisher and Yates), drawn with the indices 1 to n − 1.</summary>
    /// <param name="order">Receives the numbers; its length is n.</param>
    public void Permutation(Span<int> order)
    {
        for (int i = 0; i < order.Length; i++) order[i] = i;
        for (int i = order.Length - 1; i > 0; i--)
        {
            int other = Below((ulong)i, i + 1);
            (order[i], order[other]) = (order[other], order[i]);
        }
    }

    /// <summary>One Philox4x32-10 block: 128 bits from a 64-bit key and a 128-bit counter.</summary>
    /// <param name="key">Key; the lower 32 bits are the generator's first key word.</param>
    /// <param name="counterLow">Counter words 0 and 1.</param>
    /// <param name="counterHigh">Counter words 2 and 3.</param>
    /// <returns>Output words 0 and 1, and words 2 and 3.</returns>
    internal static (ulong Low, ulong High) Block(ulong key, ulong counterLow, ulong counterHigh)
    {
        uint c0 = (uint)counterLow, c1 = (uint)(counterLow >> 32), c2 = (uint)counterHigh, c3 = (uint)(counterHigh >> 32);
        uint k0 = (uint)key, k1 = (uint)(key >> 32);
        for (int round = 0; round < 10; round++)
        {
            ulong first = 0xD2511F53UL * c0;
            ulong second = 0xCD9E8D57UL * c2;
            c0 = (uint)(second >> 32) ^ c1 ^ k0;
            c1 = (uint)second;
            c2 = (uint)(first >> 32) ^ c3 ^ k1;
            c3 = (uint)first;
            k0 += 0x9E3779B9;
            k1 += 0xBB67AE85;
        }

        return (c0 | (ulong)c1 << 32, c2 | (ulong)c3 << 32);
    }

    private static double UnitInterval(ulong bits) => (bits >> 11) * (1.0 / (1UL << 53));
}
