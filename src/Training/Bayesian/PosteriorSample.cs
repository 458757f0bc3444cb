namespace CircuitSim.Training.Bayesian;

/// <summary>Draws of several chains from one posterior.</summary>
public sealed record PosteriorSample
{
    internal PosteriorSample(IReadOnlyList<ChainTrace> chains, int maximumTreeDepth)
    {
        Chains = chains;
        MaximumTreeDepth = maximumTreeDepth;
    }

    /// <summary>The chains.</summary>
    public IReadOnlyList<ChainTrace> Chains { get; }

    /// <summary>Largest depth that trees were allowed.</summary>
    public int MaximumTreeDepth { get; }

    /// <summary>Number of parameters.</summary>
    public int Dimension => Chains[0].Dimension;

    /// <summary>Draws of all chains.</summary>
    public int DrawCount => Chains.Sum(c => c.Draws.Length);

    /// <summary>Divergent trajectories after warm-up: any is a reason to doubt the draws.</summary>
    public int DivergenceCount => Chains.Sum(c => Count(c, d => d.IsDivergent));

    /// <summary>Draws whose tree was cut off at the largest depth: harmless to the result, wasteful.</summary>
    public int DeepestTreeCount => Chains.Sum(c => Count(c, d => d.TreeDepth >= MaximumTreeDepth));

    /// <summary>Mean of the acceptance statistic after warm-up.</summary>
    public double MeanAcceptance => Chains.Sum(c => Sum(c, d => d.Acceptance)) / DrawCount;

    /// <summary>Mean over the draws of the largest energy error of their trajectories; infinite when a divergence left the numbers.</summary>
    public double MeanEnergyError => Chains.Sum(c => Sum(c, d => d.EnergyError)) / DrawCount;

    /// <summary>Evaluations of the gradient after warm-up.</summary>
    public long LeapfrogCount => (long)Chains.Sum(c => Sum(c, d => d.LeapfrogCount));

    /// <summary>Lowest energy fraction of missing information of the chains; below 0.3 the tails are explored badly (Betancourt, arXiv 1604.00695).</summary>
    public double LowestEnergyFraction => Chains.Min(EnergyFraction);

    /// <summary>Mean, spread, R-hat and effective sample sizes of one parameter.</summary>
    /// <param name="parameter">Index from 0.</param>
    /// <returns>The summary.</returns>
    public QuantitySummary Summarize(int parameter) => Summarize([.. Chains.Select(c => c.Parameter(parameter))]);

    /// <summary>Summary of any quantity computed from the parameters, such as a prediction.</summary>
    /// <param name="quantity">The quantity of one draw's parameters.</param>
    /// <returns>The summary.</returns>
    public QuantitySummary Summarize(Func<ReadOnlySpan<double>, double> quantity)
    {
        ArgumentNullException.ThrowIfNull(quantity);
        return Summarize([.. Chains.Select(c =>
        {
            var values = new double[c.Draws.Length];
            for (int i = 0; i < values.Length; i++) values[i] = quantity(c.Draw(i));
            return values;
        })]);
    }

    private static QuantitySummary Summarize(double[][] chains) => QuantitySummary.Of(chains);

    private static double EnergyFraction(ChainTrace chain)
    {
        ReadOnlySpan<NutsDraw> draws = chain.Draws.Span;
        double mean = 0, steps = 0, spread = 0;
        foreach (NutsDraw draw in draws) mean += draw.Energy / draws.Length;
        for (int i = 0; i < draws.Length; i++)
        {
            spread += (draws[i].Energy - mean) * (draws[i].Energy - mean);
            if (i > 0) steps += (draws[i].Energy - draws[i - 1].Energy) * (draws[i].Energy - draws[i - 1].Energy);
        }

        return steps / spread;
    }

    private static int Count(ChainTrace chain, Func<NutsDraw, bool> which)
    {
        int count = 0;
        foreach (NutsDraw draw in chain.Draws.Span) count += which(draw) ? 1 : 0;
        return count;
    }

    private static double Sum(ChainTrace chain, Func<NutsDraw, double> what)
    {
        double sum = 0;
        foreach (NutsDraw draw in chain.Draws.Span) sum += what(draw);
        return sum;
    }
}
