using System.Runtime.CompilerServices;
using CircuitSim.Training.InSitu.Tables;

namespace CircuitSim.Training.InSitu.Cores;

/// <summary>One kind of pulse of one device, ready to be read: mean change and zero-mean noise against state and probability, in fractions of the range.</summary>
internal sealed class PulseLookup
{
    private readonly double[] _mean;

    // State by state, so that one draw reads two neighbouring rows.
    private readonly double[] _noise;
    private readonly LookupAxis _probabilities;

    internal PulseLookup(UpdateTable table, bool isIncreasing, LookupAxis states, LookupAxis probabilities)
    {
        PulseStatistics statistics = isIncreasing ? table.Increasing : table.Decreasing;
        ReadOnlySpan<double> changes = table.Changes(isIncreasing).Span, means = statistics.Mean.Span;
        _probabilities = probabilities;
        _mean = new double[states.Count];
        _noise = new double[states.Count * probabilities.Count];
        for (int j = 0; j < states.Count; j++)
        {
            _mean[j] = means[j] / table.Range;
            for (int i = 0; i < probabilities.Count; i++)
                _noise[j * probabilities.Count + i] = (changes[i * states.Count + j] - means[j]) / table.Range;
        }

        WindowStep = statistics.WindowMean / table.Range;
        WholeStep = statistics.WholeMean / table.Range;
    }

    /// <summary>Mean change over the window, fraction of the range.</summary>
    internal double WindowStep { get; }

    /// <summary>Mean change over the whole range, fraction of the range.</summary>
    internal double WholeStep { get; }

    internal ReadOnlySpan<double> Means => _mean;

    internal ReadOnlySpan<double> Noises => _noise;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal double Mean(int state, double share) => _mean[state] + share * (_mean[state + 1] - _mean[state]);

    /// <summary>Noise of one pulse at the quantile u.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal double Noise(int state, double share, double u)
    {
        int i = _probabilities.Locate(u, out double place), at = state * _probabilities.Count + i;
        double low = _noise[at] + place * (_noise[at + 1] - _noise[at]);
        at += _probabilities.Count;
        double high = _noise[at] + place * (_noise[at + 1] - _noise[at]);
        return low + share * (high - low);
    }
}
