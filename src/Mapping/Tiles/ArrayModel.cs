using System.Globalization;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Mapping.Tiles;

/// <summary>What arrays of memristors make of a matrix of weights: how training sees them, and how a chip is judged.</summary>
/// <remarks>After Wang, Park and Lu, <i>Device Non-Ideality Effects and Architecture-aware Training in RRAM In-Memory Computing Modules</i>, sections II and III.</remarks>
public sealed record ArrayModel
{
    /// <summary>Bits of a device, 1 to 12: 2ᵇ conductances, equally spaced from off to on; null for any conductance.</summary>
    public int? WeightBits { get; init; }

    /// <summary>Bits of an input, 1 to 12, unsigned; null for any input.</summary>
    public int? InputBits { get; init; }

    /// <summary>Largest over smallest conductance, above 1; infinite for devices that can be off.</summary>
    public double OnOffRatio { get; init; } = double.PositiveInfinity;

    /// <summary>What is done about the smallest conductance.</summary>
    public LevelOffset Offset { get; init; }

    /// <summary>Array size and ADC, or null when each layer is one array that is read exactly.</summary>
    public TileModel? Tiles { get; init; }

    /// <summary>Standard deviation of a programmed conductance, as a share of the range from off to on, at least 0.</summary>
    public double Variation { get; init; }

    /// <summary>Current of a device at its largest conductance, amperes.</summary>
    public double MaximumReadAmps { get; init; } = 3e-6;

    /// <summary>Voltage of the largest input, volts.</summary>
    public double ReadVolts { get; init; } = 0.3;

    /// <summary>Largest conductance, siemens.</summary>
    public double OnSiemens => MaximumReadAmps / ReadVolts;

    /// <summary>Smallest conductance over the largest.</summary>
    public double OffShare => 1 / OnOffRatio;

    /// <summary>Refuses values out of range.</summary>
    /// <exception cref="InvalidDesignException">Values are out of range; all violations are listed.</exception>
    public void Check()
    {
        var problems = new List<string>();
        Bits("device", WeightBits, 1, 12);
        Bits("input", InputBits, 1, 12);
        Bits("ADC", Tiles?.ConverterBits, 2, 16);
        if (!(OnOffRatio > 1)) problems.Add(Line($"the on/off ratio is {OnOffRatio:R}; above 1 is needed."));
        if (!(Variation >= 0) || !double.IsFinite(Variation)) problems.Add(Line($"the variation is {Variation:R}; a share of the range of at least 0 is needed."));
        if (!(MaximumReadAmps > 0) || !double.IsFinite(MaximumReadAmps)) problems.Add(Line($"the largest read current is {MaximumReadAmps:R} A; a positive one is needed."));
        if (!(ReadVolts > 0) || !double.IsFinite(ReadVolts)) problems.Add(Line($"the read voltage is {ReadVolts:R} V; a positive one is needed."));
        if (Tiles is { } t && (t.Inputs < 1 || t.Outputs < 1)) problems.Add($"an array is {t.Inputs} x {t.Outputs}; at least 1 x 1 is needed.");
        if (Tiles is { IsBitSerial: true } && InputBits is null) problems.Add("inputs are applied bit by bit, but have no number of bits; set the input bits.");
        if (problems.Count > 0) throw new InvalidDesignException("Array model", problems);

        void Bits(string what, int? bits, int least, int most)
        {
            if (bits is { } b && (b < least || b > most)) problems.Add($"the {what} has {b} bits; {least} to {most} are allowed.");
        }

        static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The two conductances of a weight, over the largest, before programming errors.</summary>
    /// <param name="weight">Weight over the layer's largest, −1 to 1.</param>
    /// <returns>Conductance of the positive and of the negative device, <see cref="OffShare"/> to 1.</returns>
    public (double Positive, double Negative) Pair(double weight)
    {
        double off = OffShare, size = Math.Min(Math.Abs(weight), 1);
        double on = Offset == LevelOffset.Spread ? off + size * (1 - off) : Math.Max(size, off);
        if (WeightBits is { } bits)
        {
            double top = (1 << bits) - 1, step = (1 - off) / top;
            on = off + step * Math.Round((on - off) / step);
        }

        return weight < 0 ? (off, on) : (on, off);
    }

    /// <summary>What one unit of a pair's difference stands for: 1, or more where levels are spread over less than the whole range.</summary>
    public double DifferenceScale => Offset == LevelOffset.Spread ? 1 / (1 - OffShare) : 1;
}
