using System.Globalization;

namespace CircuitSim.Training.InSitu.Cores;

/// <summary>A converter: values beyond its range are cut to it, values within are rounded to 2ᵇ − 1 levels, of which one is exactly zero when the range is symmetric.</summary>
/// <param name="Low">Lower end of the range, in units of the algorithm.</param>
/// <param name="High">Upper end, above the lower one.</param>
/// <param name="Bits">Bits including the sign, 2 to 30.</param>
public sealed record Quantizer(double Low, double High, int Bits)
{
    /// <summary>Number of levels, 2ᵇ − 1.</summary>
    public int LevelCount => (1 << Bits) - 1;

    /// <summary>Converts one value.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The nearest level.</returns>
    public double Convert(double value)
    {
        double perStep = (LevelCount - 1) / (High - Low);
        return Math.Round((Math.Clamp(value, Low, High) - Low) * perStep) / perStep + Low;
    }

    internal void Convert(Span<double> values)
    {
        for (int i = 0; i < values.Length; i++) values[i] = Convert(values[i]);
    }

    internal void AddViolations(string name, List<string> violations)
    {
        if (!(High > Low) || !double.IsFinite(High - Low))
            violations.Add(string.Create(CultureInfo.InvariantCulture, $"The range of converter '{name}' is {Low:R} to {High:R}; it must rise and be finite."));
        if (Bits is < 2 or > 30) violations.Add($"Converter '{name}' has {Bits} bits; 2 to 30 are possible.");
    }
}
