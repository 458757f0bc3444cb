namespace CircuitSim.Mapping.Devices;

/// <summary>Relaxation of filaments: G(t) = G + N(0, σ_0(G_target)² + (s·ln(1 + t/t_0))²) for SET states; the RESET state stays.</summary>
/// <param name="Initial">σ_0, what the first moments after programming add.</param>
/// <param name="SiemensPerLn">s, siemens per factor e of time.</param>
/// <param name="ScaleSeconds">t_0, seconds.</param>
/// <param name="LowestSetSiemens">Targets below it, siemens, are RESET states.</param>
public sealed record FilamentRelaxation(
    SpreadPolynomial Initial, double SiemensPerLn, double ScaleSeconds, double LowestSetSiemens) : ConductanceDrift
{
    internal override double Apply(double targetSiemens, double programmedSiemens, double seconds, double normal) =>
        programmedSiemens + Math.Sqrt(Added(targetSiemens, seconds)) * normal;

    internal override (double Mean, double Variance) After(double targetSiemens, double mean, double variance, double seconds) =>
        (mean, variance + Added(targetSiemens, seconds));

    private double Added(double targetSiemens, double seconds)
    {
        if (targetSiemens < LowestSetSiemens) return 0;
        double first = Initial.At(targetSiemens), later = SiemensPerLn * double.LogP1(seconds / ScaleSeconds);
        return first * first + later * later;
    }
}
