namespace CircuitSim.Training.Bayesian;

/// <summary>Prior and sampler of a Bayesian network.</summary>
public sealed record BayesianNetworkOptions
{
    /// <summary>Standard deviation of the normal prior of every weight and bias, mean zero; positive.</summary>
    public double PriorDeviation { get; init; } = 1;

    /// <summary>Chains, lengths, tuning and seed.</summary>
    public NutsOptions Sampler { get; init; } = new();
}
