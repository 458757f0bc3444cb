namespace CircuitSim.Mapping.Devices;

/// <summary>1/f noise of phase-change memory, integrated from programming to a read: σ = G·Q(x)·√ln((t + t_r)/(2·t_r)), Q = min(q/x^p, Q_max), x = programmed over largest conductance.</summary>
/// <param name="MaximumSiemens">Conductance at x = 1, siemens.</param>
/// <param name="Coefficient">q.</param>
/// <param name="Exponent">p.</param>
/// <param name="MaximumQ">Q_max.</param>
/// <param name="ReadSeconds">t_r, length of a read, seconds.</param>
public sealed record FlickerReadNoise(double MaximumSiemens, double Coefficient, double Exponent, double MaximumQ, double ReadSeconds) : ReadNoise
{
    /// <inheritdoc/>
    public override double StandardDeviationSiemens(double programmedSiemens, double presentSiemens, double seconds)
    {
        double x = Math.Abs(programmedSiemens) / MaximumSiemens;
        double q = Math.Min(Coefficient / Math.Pow(x, Exponent), MaximumQ);
        return Math.Abs(presentSiemens) * q * Math.Sqrt(Math.Max(0, Math.Log((seconds + ReadSeconds) / (2 * ReadSeconds))));
    }
}
