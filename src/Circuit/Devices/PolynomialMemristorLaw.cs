using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Circuit.Devices;

/// <summary>I = G·V + N2·V² + N3·V³: the fit that CrossSim uses for the devices of Milo et al., IRPS 2021.</summary>
/// <param name="Siemens">G, siemens.</param>
/// <param name="SquareAmps">N2, A/V².</param>
/// <param name="CubeAmps">N3, A/V³.</param>
public sealed record PolynomialMemristorLaw(double Siemens, double SquareAmps, double CubeAmps) : MemristorLaw
{
    /// <inheritdoc/>
    public override double Amps(double volts, out double perVolt)
    {
        perVolt = Siemens + volts * (2 * SquareAmps + 3 * CubeAmps * volts);
        return volts * (Siemens + volts * (SquareAmps + volts * CubeAmps));
    }

    /// <inheritdoc/>
    public override Expressions.Expression Expression(string plus, string minus)
    {
        string v = $"v({plus},{minus})";
        return Expressions.Expression.Parse($"{v}*({SpiceNumber.Format(Siemens)}+{v}*({SpiceNumber.Format(SquareAmps)}+{v}*{SpiceNumber.Format(CubeAmps)}))");
    }
}
