namespace CircuitSim.Mapping.Devices;

/// <summary>A parameter that a paper gives as a logarithm of the relative conductance between two bounds: clip(a·ln x + b, low, high).</summary>
/// <param name="Slope">a.</param>
/// <param name="Offset">b.</param>
/// <param name="Low">Lower bound.</param>
/// <param name="High">Upper bound.</param>
public sealed record ClippedLogarithm(double Slope, double Offset, double Low, double High)
{
    /// <summary>The parameter.</summary>
    /// <param name="x">Relative conductance, at least 0.</param>
    /// <returns>A value from <see cref="Low"/> to <see cref="High"/>.</returns>
    public double At(double x) => Math.Clamp(Slope * Math.Log(x) + Offset, Low, High);
}
