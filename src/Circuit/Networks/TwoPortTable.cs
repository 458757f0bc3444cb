using System.Globalization;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Circuit.Networks;

/// <summary>A current of an inverter on an even grid of input and output voltages, with a smooth surface through it.</summary>
/// <remarks>Quintic splines along both axes: four times continuously differentiable, so that derivatives are exact for the surface. Thread-safe.</remarks>
public sealed class TwoPortTable
{
    private readonly SplineSurface _surface;

    /// <summary>Lays a surface through values.</summary>
    /// <param name="amps">Currents, amperes, row-major [input, output], finite.</param>
    /// <param name="pointCount">Points along each axis, at least 8.</param>
    /// <param name="firstVolts">Lowest input and output voltage, volts.</param>
    /// <param name="lastVolts">Highest input and output voltage, volts, above the lowest.</param>
    /// <exception cref="InvalidDesignException">The values do not fit; all violations are listed.</exception>
    public TwoPortTable(ReadOnlyMemory<double> amps, int pointCount, double firstVolts, double lastVolts)
    {
        Check(amps.Span, pointCount, firstVolts, lastVolts);
        Amps = amps.ToArray();
        (PointCount, FirstVolts, LastVolts) = (pointCount, firstVolts, lastVolts);
        _surface = new SplineSurface(amps.Span, pointCount, firstVolts, (lastVolts - firstVolts) / (pointCount - 1));
    }

    /// <summary>Currents, amperes, row-major [input, output].</summary>
    public ReadOnlyMemory<double> Amps { get; }

    /// <summary>Points along each axis.</summary>
    public int PointCount { get; }

    /// <summary>Lowest input and output voltage, volts.</summary>
    public double FirstVolts { get; }

    /// <summary>Highest input and output voltage, volts.</summary>
    public double LastVolts { get; }

    /// <summary>Current and its exact derivatives; beyond the table it goes on as a plane along each axis.</summary>
    /// <param name="inputVolts">Input voltage, volts.</param>
    /// <param name="outputVolts">Output voltage, volts.</param>
    /// <returns>Amperes and siemens.</returns>
    public InverterCurrent At(double inputVolts, double outputVolts)
    {
        double amps = _surface.Evaluate(inputVolts, outputVolts, out double perInput, out double perOutput);
        return new InverterCurrent(amps, perInput, perOutput);
    }

    private static void Check(ReadOnlySpan<double> amps, int pointCount, double first, double last)
    {
        var violations = new List<string>();
        if (pointCount < SplineSurface.FewestPoints)
            violations.Add($"{pointCount} points along an axis; at least {SplineSurface.FewestPoints} are needed.");
        else if (amps.Length != (long)pointCount * pointCount)
            violations.Add($"{amps.Length} currents; {pointCount} x {pointCount} are needed.");
        if (!(last > first) || !double.IsFinite(first) || !double.IsFinite(last))
            violations.Add(string.Create(CultureInfo.InvariantCulture, $"The axis runs from {first:R} V to {last:R} V; it must rise."));
        int wrong = Linear.DenseKernels.IndexOfNotFinite(amps);
        if (wrong >= 0) violations.Add(string.Create(CultureInfo.InvariantCulture, $"Current {wrong} is {amps[wrong]:R} A; a current is finite."));
        if (violations.Count > 0) throw new InvalidDesignException("Two-port table", violations);
    }
}
