using System.Globalization;
using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Randomness;

namespace CircuitSim.Mapping.Variation;

/// <summary>Shares of the lines of a crossbar that are broken or touch their neighbour, and of word lines that nothing drives.</summary>
/// <remarks>A broken line has one open segment, a shorted pair touches at one cross-point; where, is drawn uniformly along the line.</remarks>
public sealed record LineFaultRates
{
    /// <summary>Share of word lines with an open segment, 0 to 1.</summary>
    public double OpenWordLines { get; init; }

    /// <summary>Share of bit lines with an open segment, 0 to 1. Behind the last cross-point it leaves the gate afloat: such a chip has no solution.</summary>
    public double OpenBitLines { get; init; }

    /// <summary>Share of neighbouring word lines that touch, 0 to 1.</summary>
    public double ShortedWordLines { get; init; }

    /// <summary>Share of neighbouring bit lines that touch, 0 to 1.</summary>
    public double ShortedBitLines { get; init; }

    /// <summary>Share of word lines whose source or inverter does not drive them, 0 to 1.</summary>
    public double DeadDrivers { get; init; }

    /// <summary>Resistance of a short, ohms, above 0.</summary>
    public double ShortOhms { get; init; } = 100;

    /// <summary>Draws the faults of one crossbar of one chip.</summary>
    /// <param name="layer">Layer index from 0; layers are drawn independently.</param>
    /// <param name="wordLineCount">Word lines.</param>
    /// <param name="bitLineCount">Bit lines.</param>
    /// <param name="seed">Seed of the chip.</param>
    /// <returns>Faults, each once, in the order of kinds and lines.</returns>
    /// <exception cref="InvalidDesignException">A rate is not in 0 to 1, or the resistance is not positive.</exception>
    public IReadOnlyList<LineFault> Draw(int layer, int wordLineCount, int bitLineCount, ulong seed)
    {
        Check();
        var faults = new List<LineFault>();
        Add("open word lines", OpenWordLines, wordLineCount, bitLineCount, LineFault.OpenWordLine);
        Add("open bit lines", OpenBitLines, bitLineCount, wordLineCount, (line, at) => LineFault.OpenBitLine(at, line));
        Add("shorted word lines", ShortedWordLines, wordLineCount - 1, bitLineCount, (line, at) => LineFault.ShortWordLines(line, at, ShortOhms));
        Add("shorted bit lines", ShortedBitLines, bitLineCount - 1, wordLineCount, (line, at) => LineFault.ShortBitLines(at, line, ShortOhms));
        Add("dead drivers", DeadDrivers, wordLineCount, bitLineCount, (line, _) => LineFault.DeadDriver(line));
        // A line may break at its driver and lose the driver too.
        return [.. faults.Distinct()];

        void Add(string purpose, double rate, int lines, int places, Func<int, int, LineFault> make)
        {
            if (rate == 0) return;
            var random = new CounterRandom(seed, string.Create(CultureInfo.InvariantCulture, $"{purpose}, layer {layer + 1}"));
            for (int line = 0; line < lines; line++)
                if (random.Uniform(2 * (ulong)line) < rate) faults.Add(make(line, random.Below(2 * (ulong)line + 1, places)));
        }
    }

    /// <summary>Refuses rates that a crossbar with these wires cannot have.</summary>
    internal void Check(double wordLineSegmentOhms, double bitLineSegmentOhms)
    {
        Check();
        var violations = new List<string>();
        Require(OpenWordLines, wordLineSegmentOhms, "word lines");
        Require(OpenBitLines, bitLineSegmentOhms, "bit lines");
        if (violations.Count > 0) throw new InvalidDesignException("Line faults", violations);

        void Require(double rate, double ohms, string lines)
        {
            if (rate > 0 && ohms == 0) violations.Add($"Open {lines} are asked for, but {lines} have no resistance, hence no segment to break; give them one, or leave these faults out.");
        }
    }

    private void Check()
    {
        var violations = new List<string>();
        foreach ((string what, double rate) in new[]
        {
            ("open word lines", OpenWordLines), ("open bit lines", OpenBitLines), ("shorted word lines", ShortedWordLines),
            ("shorted bit lines", ShortedBitLines), ("dead drivers", DeadDrivers),
        })
        {
            if (!(rate >= 0 && rate <= 1))
                violations.Add(string.Create(CultureInfo.InvariantCulture, $"The rate of {what} is {rate:G6}; it is a share of lines, from 0 to 1 (10 % is 0.1)."));
        }

        if (!(ShortOhms > 0) || !double.IsFinite(ShortOhms))
            violations.Add(string.Create(CultureInfo.InvariantCulture, $"The resistance of a short is {ShortOhms:R} ohm; it must be above 0 and finite."));
        if (violations.Count > 0) throw new InvalidDesignException("Line faults", violations);
    }
}
