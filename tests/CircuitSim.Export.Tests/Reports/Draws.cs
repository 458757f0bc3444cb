namespace CircuitSim.Export.Tests.Reports;

/// <summary>Pseudo-random numbers that are the same on every machine (SplitMix64; Steele, Lea, Flood, OOPSLA 2014).</summary>
internal sealed class Draws(ulong seed)
{
    private ulong _state = seed;

    public double Uniform()
    {
        _state += 0x9E3779B97F4A7C15;
        ulong z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 11) * Math.ScaleB(1, -53);
    }

    /// <summary>Sum of twelve uniform numbers less six: mean 0, variance 1, never beyond 6.</summary>
    public double Normal()
    {
        double sum = -6;
        for (int i = 0; i < 12; i++) sum += Uniform();
        return sum;
    }

    public int Below(int count) => (int)(Uniform() * count);
}
