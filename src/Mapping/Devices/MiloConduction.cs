using CircuitSim.Circuit.Devices;

namespace CircuitSim.Mapping.Devices;

/// <summary>I = G·V + N2(G)·V² + N3(G)·V³, with N2 and N3 as polynomials of log10(G/S): HfO2 devices between about 50 and 225 µS, |V| at most 0.5 V.</summary>
public sealed record MiloConduction : ConductionLaw
{
    /// <inheritdoc/>
    public override MemristorLaw At(double siemens)
    {
        double l = Math.Log10(siemens);
        return new PolynomialMemristorLaw(
            siemens,
            ((0.0001388 * l + 0.001541) * l + 0.005711) * l + 0.007063,
            (8.8710e-5 * l + 6.7919e-4) * l + 1.2968e-3);
    }
}
