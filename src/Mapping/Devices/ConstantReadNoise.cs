namespace CircuitSim.Mapping.Devices;

/// <summary>Read noise of the same size in every state.</summary>
/// <param name="Siemens">Standard deviation, siemens, at least 0.</param>
public sealed record ConstantReadNoise(double Siemens) : ReadNoise
{
    /// <inheritdoc/>
    public override double StandardDeviationSiemens(double programmedSiemens, double presentSiemens, double seconds) => Siemens;
}
