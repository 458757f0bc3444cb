namespace CircuitSim.Mapping.Devices;

/// <summary>Device cards that ship, each of one published technology.</summary>
public static class PublishedCards
{
    /// <summary>The memristor of PHAX: 0.12 to 7.9 µS (8.33 MΩ to 126.6 kΩ), write threshold 4 V.</summary>
    /// <remarks>
    /// A Yakopcic model, I = a1·x·sinh(b·V) with a1 = 1.6e-4 A and b = 0.05 /V, so that G = 8.0e-6·x S for x from 0.015 to 0.985.
    /// At 0.25 V the sinh departs from a straight line by 0.0026 %.
    /// </remarks>
    public static DeviceCard Phax { get; } = new(
        "phax", 0.12e-6, 7.9e-6,
        "Ansari et al., PHAX, IEEE TCAD 37(8), 2018, doi 10.1109/TCAD.2017.2764070; device of Lu et al., ASP-DAC 2011");

    /// <summary>All cards, in the order to show them.</summary>
    public static IReadOnlyList<DeviceCard> All { get; } = [Phax];

    /// <summary>Finds a card by name.</summary>
    /// <param name="name">Name as in <see cref="DeviceCard.Name"/>.</param>
    /// <returns>The card, or null when none of that name ships.</returns>
    public static DeviceCard? Find(string name) => All.FirstOrDefault(c => c.Name == name);
}
