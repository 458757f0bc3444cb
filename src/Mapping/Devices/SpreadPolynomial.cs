namespace CircuitSim.Mapping.Devices;

/// <summary>A standard deviation as a polynomial of conductance, σ(G) = max(0, Σ c_i·(G/scale)^i): the form in which papers give programming errors.</summary>
public sealed class SpreadPolynomial
{
    private readonly double[] _siemens;

    /// <summary>Creates the polynomial.</summary>
    /// <param name="scaleSiemens">Conductance by which the argument is divided, siemens, positive: 1e-6 when the fit is in microsiemens, the largest conductance when it is in shares of it.</param>
    /// <param name="siemens">Coefficients c_0, c_1, …, siemens; at least one.</param>
    /// <exception cref="ArgumentException">There is no coefficient.</exception>
    public SpreadPolynomial(double scaleSiemens, params ReadOnlySpan<double> siemens)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(scaleSiemens);
        if (siemens.Length == 0) throw new ArgumentException("A polynomial has at least one coefficient.", nameof(siemens));
        ScaleSiemens = scaleSiemens;
        _siemens = siemens.ToArray();
    }

    /// <summary>Conductance by which the argument is divided, siemens.</summary>
    public double ScaleSiemens { get; }

    /// <summary>Coefficients from the constant up, siemens.</summary>
    public IReadOnlyList<double> Coefficients => _siemens;

    /// <summary>The standard deviation at a conductance.</summary>
    /// <param name="siemens">Conductance, siemens.</param>
    /// <returns>σ in siemens, at least 0.</returns>
    public double At(double siemens)
    {
        double x = siemens / ScaleSiemens, sum = 0;
        for (int i = _siemens.Length - 1; i >= 0; i--) sum = sum * x + _siemens[i];
        return Math.Max(sum, 0);
    }

    /// <summary>A polynomial whose fit is in microsiemens, both ways.</summary>
    /// <param name="microsiemens">Coefficients c_0, c_1, … of σ/µS as a polynomial of G/µS.</param>
    /// <returns>The polynomial.</returns>
    internal static SpreadPolynomial OfMicrosiemens(params ReadOnlySpan<double> microsiemens) => OfMicrosiemens(1e-6, microsiemens);

    /// <summary>A polynomial of the share of a largest conductance, with coefficients in microsiemens.</summary>
    /// <param name="scaleSiemens">The largest conductance, siemens.</param>
    /// <param name="microsiemens">Coefficients c_0, c_1, … of σ/µS.</param>
    /// <returns>The polynomial.</returns>
    internal static SpreadPolynomial OfMicrosiemens(double scaleSiemens, ReadOnlySpan<double> microsiemens)
    {
        double[] siemens = microsiemens.ToArray();
        for (int i = 0; i < siemens.Length; i++) siemens[i] *= 1e-6;
        return new SpreadPolynomial(scaleSiemens, siemens);
    }
}
