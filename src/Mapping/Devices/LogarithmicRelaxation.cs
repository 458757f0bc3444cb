namespace CircuitSim.Mapping.Devices;

/// <summary>Relaxation whose mean and spread move with the logarithm of time, whatever the state: G(t) = G + N(a·ln t, (b·ln t + c)²), t in seconds.</summary>
/// <param name="MeanSiemensPerLn">a, siemens per factor e of time.</param>
/// <param name="DeviationSiemensPerLn">b, siemens per factor e of time.</param>
/// <param name="DeviationSiemensAtOneSecond">c, siemens.</param>
public sealed record LogarithmicRelaxation(
    double MeanSiemensPerLn, double DeviationSiemensPerLn, double DeviationSiemensAtOneSecond) : ConductanceDrift
{
    internal override double Apply(double targetSiemens, double programmedSiemens, double seconds, double normal) =>
        programmedSiemens + MeanSiemensPerLn * Math.Log(seconds) + Deviation(seconds) * normal;

    internal override (double Mean, double Variance) After(double targetSiemens, double mean, double variance, double seconds)
    {
        double deviation = Deviation(seconds);
        return (mean + MeanSiemensPerLn * Math.Log(seconds), variance + deviation * deviation);
    }

    private double Deviation(double seconds) => DeviationSiemensPerLn * Math.Log(seconds) + DeviationSiemensAtOneSecond;
}
