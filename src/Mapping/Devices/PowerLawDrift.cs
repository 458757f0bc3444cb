namespace CircuitSim.Mapping.Devices;

/// <summary>Drift of phase-change memory: G(t) = G·(t/t_0)^−ν, where each device draws its own exponent, ν ~ N(μ(x), s(x)²), x = target over largest conductance.</summary>
/// <remarks>ν is not folded at 0: a few devices of high s/μ rise, as the normal law has it. (aihwkit takes |ν|.)</remarks>
/// <param name="MaximumSiemens">Conductance at x = 1, siemens.</param>
/// <param name="MeanExponent">μ(x).</param>
/// <param name="ExponentDeviation">s(x).</param>
public sealed record PowerLawDrift(double MaximumSiemens, ClippedLogarithm MeanExponent, ClippedLogarithm ExponentDeviation) : ConductanceDrift
{
    internal override double Apply(double targetSiemens, double programmedSiemens, double seconds, double normal)
    {
        double x = targetSiemens / MaximumSiemens, exponent = MeanExponent.At(x) + ExponentDeviation.At(x) * normal;
        return programmedSiemens * Math.Exp(-exponent * Math.Log(seconds / FirstSeconds));
    }

    internal override (double Mean, double Variance) After(double targetSiemens, double mean, double variance, double seconds)
    {
        // The factor is lognormal and independent of what programming left.
        double x = targetSiemens / MaximumSiemens, time = Math.Log(seconds / FirstSeconds);
        double log = -MeanExponent.At(x) * time, deviation = ExponentDeviation.At(x) * time;
        double factor = Math.Exp(log + 0.5 * deviation * deviation), factorSquare = Math.Exp(2 * log + 2 * deviation * deviation);
        double newMean = mean * factor;
        return (newMean, (variance + mean * mean) * factorSquare - newMean * newMean);
    }
}
