namespace CircuitSim.Mapping.Devices;

/// <summary>Rounds conductances to the levels of a plan.</summary>
internal sealed class LevelRounder(LevelPlan plan)
{
    private readonly ConductanceBin[] _bins = [.. plan.Bins];
    private readonly double[] _targets = [.. plan.Bins.Select(b => b.TargetSiemens)];

    /// <summary>The nearest level; the lower one of two at the same distance.</summary>
    internal ConductanceBin Nearest(double siemens)
    {
        int above = Above(siemens);
        if (above == 0) return _bins[0];
        if (above == _bins.Length) return _bins[^1];
        return siemens - _targets[above - 1] <= _targets[above] - siemens ? _bins[above - 1] : _bins[above];
    }

    /// <summary>The level below or above, with the probability that keeps the mean.</summary>
    /// <param name="siemens">Conductance.</param>
    /// <param name="uniform">A draw from [0, 1).</param>
    internal ConductanceBin Stochastic(double siemens, double uniform)
    {
        int above = Above(siemens);
        if (above == 0) return _bins[0];
        if (above == _bins.Length) return _bins[^1];
        double share = (siemens - _targets[above - 1]) / (_targets[above] - _targets[above - 1]);
        return uniform < share ? _bins[above] : _bins[above - 1];
    }

    /// <summary>Index of the first level at or above a conductance.</summary>
    private int Above(double siemens)
    {
        int found = Array.BinarySearch(_targets, siemens);
        return found >= 0 ? found : ~found;
    }
}
