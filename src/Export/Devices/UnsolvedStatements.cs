using System.Globalization;
using CircuitSim.Mapping.Devices;
using CircuitSim.Mapping.Variation;

namespace CircuitSim.Export.Devices;

/// <summary>What a device card states and a circuit does not contain, so that no reader takes it for solved.</summary>
internal static class UnsolvedStatements
{
    /// <summary>One sentence for each statement of the card that a chip leaves aside although its programming is simulated, and for what no chip has.</summary>
    /// <param name="card">The card.</param>
    /// <param name="programming">How the devices are programmed and read.</param>
    /// <param name="corner">Where the chip is operated.</param>
    internal static IEnumerable<string> Of(DeviceCard card, ProgrammingOptions programming, OperatingCorner corner)
    {
        if (Conduction(card) is { } law) yield return law;
        if (corner.TemperatureKelvin != OperatingCorner.NominalKelvin)
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"The chip is operated at {corner.TemperatureKelvin:R} K; the card states no temperature, and devices keep their conductance.");
        }

        if (programming is { Mode: ProgrammingMode.Ideal, ReadSeconds: null, IncludeReadNoise: false }) yield break;
        if (card.ProgrammingError is not null && programming.Mode == ProgrammingMode.Ideal)
            yield return "The card states a programming error; the devices of this circuit are programmed to their targets exactly (device: programming).";
        if (card.Drift is not null && programming.ReadSeconds is null)
            yield return "The card states drift or relaxation; the devices of this circuit are read as programming left them (device: read_seconds).";
        if (ReadNoise(card) is { } noise && !programming.IncludeReadNoise) yield return noise;
    }

    /// <summary>The card's current against voltage, or null when it states none.</summary>
    internal static string? Conduction(DeviceCard card) => card.Conduction is { } law
        ? $"The card states a nonlinear I-V law ({law.Source}); this circuit contains plain resistors."
        : null;

    /// <summary>The card's read noise, or null when it states none.</summary>
    internal static string? ReadNoise(DeviceCard card) =>
        card.ReadNoise is null ? null : "The card states read noise; the devices of this circuit are read without it (device: read_noise).";

    /// <summary>What the card states of programming and reads, for a sentence that says they are left aside; empty when it states nothing.</summary>
    internal static string OfProgramming(DeviceCard card)
    {
        string[] stated = [.. new[] { (card.ProgrammingError is not null, "a programming error"), (card.Drift is not null, "drift or relaxation"), (card.ReadNoise is not null, "read noise") }
            .Where(s => s.Item1).Select(s => s.Item2)];
        return stated.Length == 0 ? "" : $" The card states {(stated.Length == 1 ? stated[0] : $"{string.Join(", ", stated[..^1])} and {stated[^1]}")}; this circuit contains none of it.";
    }
}
