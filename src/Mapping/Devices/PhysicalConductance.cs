using System.Globalization;

namespace CircuitSim.Mapping.Devices;

/// <summary>What a resistive device can conduct at most, so that tables and cards in another unit are noticed before they become a circuit.</summary>
public static class PhysicalConductance
{
    /// <summary>Largest conductance of a resistive device, siemens: 1 S is 1 Ω.</summary>
    /// <remarks>
    /// Resistive memories, magnetic ones included, stay below about 1 mS, and the most conducting resistive switches, those of radio-frequency circuits, are near 1 Ω.
    /// A device beyond it would conduct better than the wires and contacts of its own array.
    /// </remarks>
    public const double LargestSiemens = 1;

    /// <summary>What is wrong with a conductance, or null.</summary>
    /// <param name="siemens">Conductance, siemens.</param>
    /// <returns>The value, the bound and what the unit may be; null when a device can have it.</returns>
    public static string? Problem(double siemens) => siemens <= LargestSiemens ? null : string.Create(CultureInfo.InvariantCulture,
        $"{siemens:G6} S, but no resistive device conducts more than {LargestSiemens:R} S: this looks like {(siemens >= 1000 ? "ohms (take 1/R), nanosiemens or microsiemens" : "microsiemens, kiloohms or a unit of its own")}");
}
