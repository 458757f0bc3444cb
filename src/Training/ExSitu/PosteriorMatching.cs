namespace CircuitSim.Training.ExSitu;

/// <summary>What a transfer does about the spread that programming adds to a posterior.</summary>
public enum PosteriorMatching
{
    /// <summary>Nothing: draws are programmed as they are, and programming widens the posterior.</summary>
    None,

    /// <summary>Draws are pulled towards the mean of their chain, weight by weight, so that programming restores the variance: its spread is used rather than fought.</summary>
    Moments,
}
