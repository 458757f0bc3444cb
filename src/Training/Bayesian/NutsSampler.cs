using CircuitSim.Circuit.Errors;

namespace CircuitSim.Training.Bayesian;

/// <summary>Draws from a posterior by the No-U-Turn sampler with multinomial weights, dual averaging and a diagonal mass matrix.</summary>
/// <remarks>
/// Hoffman and Gelman, "The No-U-Turn Sampler: Adaptively Setting Path Lengths in Hamiltonian Monte Carlo", JMLR 15, 2014; multinomial
/// weights of Betancourt, arXiv 1701.02434. Chains are keyed by (seed, chain), so results do not depend on the number of threads.
/// </remarks>
public static class NutsSampler
{
    /// <summary>Runs all chains, in parallel where there are cores.</summary>
    /// <param name="density">Makes the density of a chain; called once a chain, because instances may hold scratch memory.</param>
    /// <param name="options">Lengths, tuning and seed.</param>
    /// <param name="progress">Told the share of all draws that are done, 0 to 1, from any thread.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>The draws, with diagnostics.</returns>
    /// <exception cref="SamplingException">A chain found no start with a finite density, or every draw of a chain left the trajectory that the sampler follows.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of range.</exception>
    public static PosteriorSample Sample(
        Func<ILogDensity> density, NutsOptions options, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(density);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        ILogDensity[] densities = [.. Enumerable.Range(0, options.ChainCount).Select(_ => density())];
        var chains = new ChainTrace[options.ChainCount];
        long total = (long)options.ChainCount * (options.WarmUpCount + options.DrawCount), done = 0;
        Action? drawn = progress is null ? null : () => progress.Report((double)Interlocked.Increment(ref done) / total);
        ParallelWork.For(chains.Length, new ParallelOptions { CancellationToken = cancellationToken },
            c => chains[c] = NutsChain.Run(densities[c], options, c, drawn, cancellationToken));
        return new PosteriorSample(chains, options.MaximumTreeDepth);
    }
}
