namespace CircuitSim.Mapping.Schemes;

/// <summary>The weight map of PHAX: unconstrained θ to conductance, and conductance to the weight of a passive voltage sum.</summary>
/// <remarks>
/// σ/σ_min = 1 + r·sigmoid(θ) with r = K/σ_min (McLean et al., eq. 4, with the offset σ_min that eq. 4 leaves out and the first
/// authors' code has); w_k = σ_k/Σσ over both polarities and the bias pair (eqs. 2 and 5).
/// </remarks>
public static class PhaxScheme
{
    /// <summary>Ratio K/σ_min of the first authors' code: conductances from 0.12 to 1.0 µS, so that inverters are lightly loaded.</summary>
    public const double DefaultConductanceRatio = 7.33;

    /// <summary>Conductance over its minimum, σ/σ_min = 1 + r/(1+e^−θ).</summary>
    /// <param name="theta">Unconstrained weight θ.</param>
    /// <param name="conductanceRatio">r = K/σ_min, positive.</param>
    /// <returns>Dimensionless, between 1 and 1 + r.</returns>
    public static double RelativeConductance(double theta, double conductanceRatio)
    {
        double e = Math.Exp(-Math.Abs(theta));
        return 1 + conductanceRatio * (theta >= 0 ? 1 : e) / (1 + e);
    }

    /// <summary>Weights of one neuron's passive sum, w_k = σ_k/Σσ.</summary>
    /// <param name="theta">θ of all devices on the bit line, bias pair included.</param>
    /// <param name="conductanceRatio">r = K/σ_min, positive.</param>
    /// <param name="weights">Receives the weights; same length as <paramref name="theta"/>; they sum to 1.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static void Weights(ReadOnlySpan<double> theta, double conductanceRatio, Span<double> weights)
    {
        if (theta.Length != weights.Length)
            throw new ArgumentException($"{weights.Length} weights for {theta.Length} devices.", nameof(weights));

        double sum = 0;
        for (int k = 0; k < theta.Length; k++)
        {
            weights[k] = RelativeConductance(theta[k], conductanceRatio);
            sum += weights[k];
        }

        for (int k = 0; k < weights.Length; k++) weights[k] /= sum;
    }
}
