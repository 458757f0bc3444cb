using System.Globalization;
using System.Text.Json.Serialization;

namespace CircuitSim.Export.Netlists;

/// <summary>A statement of a deck that is not the one that the run writes.</summary>
public sealed record DeckDifference
{
    /// <summary>The element or command, for example <c>rl1_12_34</c>; within a subcircuit <c>inv.bn</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The statement as the run writes it, or null when the run has none of that name.</summary>
    public required string? Expected { get; init; }

    /// <summary>The statement of the deck, or null when the deck lacks it.</summary>
    public required string? Found { get; init; }

    /// <summary>Resistance that the run writes, ohms; null unless the difference is the value of a resistor.</summary>
    public double? ExpectedOhms { get; init; }

    /// <summary>Resistance in the deck, ohms; null unless the difference is the value of a resistor.</summary>
    public double? FoundOhms { get; init; }

    /// <summary>The difference as a sentence without its full stop.</summary>
    [JsonIgnore]
    public string Sentence => (ExpectedOhms, FoundOhms, Expected, Found) switch
    {
        ({ } expected, { } found, _, _) => string.Create(CultureInfo.InvariantCulture,
            $"{Name} is {found:R} ohms in the deck and {expected:R} ohms in the run ({100 * (found - expected) / expected:+0.######;-0.######} %)"),
        (_, _, null, _) => $"{Name} stands in the deck and not in the run: {Found}",
        (_, _, _, null) => $"{Name} is missing in the deck; the run has: {Expected}",
        _ => $"{Name} is '{Found}' in the deck and '{Expected}' in the run",
    };
}
