namespace CircuitSim.Mapping.Devices;

/// <summary>1/f noise whose amplitude rises with the logarithm of conductance: σ = k·log10(G/µS)·√ln((t + t_r)/(2·t_r)), for G above 1 µS; none below.</summary>
/// <param name="Siemens">k, siemens.</param>
/// <param name="ReadSeconds">t_r, length of a read, seconds.</param>
public sealed record LogarithmicReadNoise(double Siemens, double ReadSeconds) : ReadNoise
{
    /// <inheritdoc/>
    public override double StandardDeviationSiemens(double programmedSiemens, double presentSiemens, double seconds) =>
        presentSiemens <= 1e-6 ? 0
        : Siemens * Math.Log10(presentSiemens / 1e-6) * Math.Sqrt(Math.Max(0, Math.Log((seconds + ReadSeconds) / (2 * ReadSeconds))));
}
