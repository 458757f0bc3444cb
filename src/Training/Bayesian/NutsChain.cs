using CircuitSim.Circuit.Randomness;

namespace CircuitSim.Training.Bayesian;

/// <summary>One chain: a start where the density is positive, warm-up with adaptation, then draws.</summary>
internal static class NutsChain
{
    private const int StartTries = 100;

    /// <summary>Runs a chain to its end.</summary>
    /// <exception cref="SamplingException">No start with a finite density and gradient was found.</exception>
    internal static ChainTrace Run(ILogDensity density, NutsOptions options, int chain, Action? drawn, CancellationToken cancellationToken)
    {
        var transition = new NutsTransition(density, new CounterRandom(options.Seed, FormattableString.Invariant($"no-u-turn chain {chain + 1}"))) { Cancellation = cancellationToken };
        PhasePoint point = Start(density, transition, options, chain);
        transition.FindStep(point);
        var tuning = new DualAveraging(options.TargetAcceptance);
        tuning.Restart(transition.Step);
        var windows = new WarmUpWindows(options.WarmUpCount);
        var variances = new VarianceWindow(density.Dimension);
        int warmUpDivergences = 0;
        for (int i = 0; i < options.WarmUpCount; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (point, NutsDraw draw) = transition.Next(point, options.MaximumTreeDepth);
            if (draw.IsDivergent) warmUpDivergences++;
            transition.Step = tuning.Update(draw.Acceptance);
            if (windows.Counts(i)) variances.Add(point.Position);
            if (windows.Closes(i))
            {
                variances.Variances(transition.InverseMass);
                variances.Clear();
                transition.FindStep(point);
                tuning.Restart(transition.Step);
            }

            drawn?.Invoke();
        }

        transition.Step = tuning.FinalStep;
        var positions = new double[options.DrawCount * density.Dimension];
        var draws = new NutsDraw[options.DrawCount];
        for (int i = 0; i < draws.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (point, draws[i]) = transition.Next(point, options.MaximumTreeDepth);
            point.Position.CopyTo(positions, i * density.Dimension);
            drawn?.Invoke();
        }

        int odd = Array.FindIndex(positions, p => !double.IsFinite(p));
        if (odd >= 0 || draws.All(d => d.IsDivergent))
        {
            throw new SamplingException(FormattableString.Invariant(
                $"Chain {chain + 1} diverged: {(odd >= 0 ? $"parameter {odd % density.Dimension + 1} is {positions[odd]}" : $"the energy was lost in all of its {draws.Length} draws")}. Scale the data, choose a narrower prior, or raise the target acceptance."));
        }

        return new ChainTrace(density.Dimension, positions, draws, transition.Step, [.. transition.InverseMass], warmUpDivergences);
    }

    private static PhasePoint Start(ILogDensity density, NutsTransition transition, NutsOptions options, int chain)
    {
        for (int i = 0; i < StartTries; i++)
        {
            var position = new double[density.Dimension];
            for (int k = 0; k < position.Length; k++) position[k] = options.InitialRadius * (2 * transition.Uniform() - 1);
            PhasePoint point = transition.At(position);
            if (double.IsFinite(point.LogDensity) && Array.TrueForAll(point.Gradient, double.IsFinite)) return point;
        }

        throw new SamplingException(FormattableString.Invariant(
            $"Chain {chain + 1} found no start: the log density or its gradient is not finite at {StartTries} points within ±{options.InitialRadius:R} of zero. Check the model, or lower the initial radius."));
    }
}
