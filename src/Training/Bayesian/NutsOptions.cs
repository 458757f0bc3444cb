namespace CircuitSim.Training.Bayesian;

/// <summary>Settings of the No-U-Turn sampler.</summary>
public sealed record NutsOptions
{
    /// <summary>Independent chains, at least 1; four or more make R-hat and the effective sample size trustworthy (Vehtari et al. 2021).</summary>
    public int ChainCount { get; init; } = 4;

    /// <summary>Draws of each chain that adapt step size and mass matrix and are thrown away, at least 20.</summary>
    public int WarmUpCount { get; init; } = 1000;

    /// <summary>Draws of each chain that are kept, at least 4.</summary>
    public int DrawCount { get; init; } = 1000;

    /// <summary>Mean acceptance statistic that the step size is tuned for, between 0 and 1: higher means smaller steps and fewer divergences.</summary>
    public double TargetAcceptance { get; init; } = 0.8;

    /// <summary>Largest depth of a tree, 1 to 20: a trajectory has at most 2^depth − 1 leapfrog steps.</summary>
    public int MaximumTreeDepth { get; init; } = 10;

    /// <summary>Chains begin uniformly within ± this in every parameter, positive.</summary>
    public double InitialRadius { get; init; } = 2;

    /// <summary>Seed of every draw.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Refuses settings out of range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ChainCount, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(WarmUpCount, 20);
        ArgumentOutOfRangeException.ThrowIfLessThan(DrawCount, 4);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumTreeDepth, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaximumTreeDepth, 20);
        if (!(TargetAcceptance is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(TargetAcceptance), TargetAcceptance, "The target acceptance lies between 0 and 1, both excluded; 0.8 is usual.");
        if (!(InitialRadius > 0) || !double.IsFinite(InitialRadius))
            throw new ArgumentOutOfRangeException(nameof(InitialRadius), InitialRadius, "The initial radius is a positive number.");
    }
}
