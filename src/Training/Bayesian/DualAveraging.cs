namespace CircuitSim.Training.Bayesian;

/// <summary>Tunes the step size so that the mean acceptance statistic meets a target.</summary>
/// <remarks>
/// Nesterov's dual averaging as Hoffman and Gelman, "The No-U-Turn Sampler", JMLR 15, 2014, section 3.2.1, with their constants γ = 0.05,
/// t₀ = 10, κ = 0.75 and the pull towards ten times the first step.
/// </remarks>
/// <param name="targetAcceptance">δ, between 0 and 1.</param>
internal sealed class DualAveraging(double targetAcceptance)
{
    private const double Gamma = 0.05, Delay = 10, Kappa = 0.75;

    private double _centre, _meanError, _meanLogStep;
    private int _count;

    /// <summary>Begins anew from a step size.</summary>
    /// <param name="step">A reasonable step.</param>
    internal void Restart(double step)
    {
        _centre = Math.Log(10 * step);
        (_meanError, _meanLogStep, _count) = (0, 0, 0);
    }

    /// <summary>Takes the acceptance of one trajectory.</summary>
    /// <param name="acceptance">Mean over the trajectory, 0 to 1.</param>
    /// <returns>Step size of the next trajectory.</returns>
    internal double Update(double acceptance)
    {
        _count++;
        double share = 1 / (_count + Delay);
        _meanError = (1 - share) * _meanError + share * (targetAcceptance - acceptance);
        double logStep = _centre - _meanError * Math.Sqrt(_count) / Gamma;
        double weight = Math.Pow(_count, -Kappa);
        _meanLogStep = weight * logStep + (1 - weight) * _meanLogStep;
        return Math.Exp(logStep);
    }

    /// <summary>The averaged step size, for the draws after adaptation.</summary>
    internal double FinalStep => Math.Exp(_meanLogStep);
}
