namespace CircuitSim.Mapping.Devices;

/// <summary>Device cards that ship, each of one published technology.</summary>
public static class PublishedCards
{
    private const string CrossSim = "as coded in CrossSim 3, simulator/devices/custom";

    /// <summary>The memristor of PHAX: 0.12 to 7.9 µS (8.33 MΩ to 126.6 kΩ), write threshold 4 V.</summary>
    /// <remarks>
    /// A Yakopcic model, I = a1·x·sinh(b·V) with a1 = 1.6e-4 A and b = 0.05 /V, so that G = 8.0e-6·x S for x from 0.015 to 0.985.
    /// At 0.25 V the sinh departs from a straight line by 0.0026 %.
    /// </remarks>
    public static DeviceCard Phax { get; } = new(
        "phax", 0.12e-6, 7.9e-6,
        "Ansari et al., PHAX, IEEE TCAD 37(8), 2018, doi 10.1109/TCAD.2017.2764070; device of Lu et al., ASP-DAC 2011")
    {
        Technology = "Yakopcic memristor model of PHAX",
        Validity = "0.12 to 7.9 µS; reads below the write threshold of 4 V",
        Conduction = new YakopcicConduction(0.05) { Source = "Yakopcic model with b = 0.05 /V: memr_generalized.va of the authors' code", MaximumVolts = 4 },
    };

    /// <summary>HfO2 RRAM after incremental gate-voltage programming with verify, 50 to 225 µS.</summary>
    public static DeviceCard HfO2Milo { get; } = new(
        "hfo2-milo", 50e-6, 225e-6, $"Milo et al., IRPS 2021, Fig. 4, {CrossSim}/RRAM_Milo.py")
    {
        Technology = "HfO2 RRAM, 1T1R",
        Validity = "50 to 225 µS; reads up to ±0.5 V",
        ProgrammingError = new GaussianProgrammingError(SpreadPolynomial.OfMicrosiemens(4.782321, -0.009107))
        {
            Source = "Milo et al., IRPS 2021, Fig. 4 (IGVVA-100)",
            IsAfterVerify = true,
        },
        Conduction = new MiloConduction { Source = $"Milo et al., IRPS 2021, {CrossSim}/RRAM_Milo.py", MaximumVolts = 0.5 },
    };

    /// <summary>A technology that is known by its window and a constant spread, as in the study of Wang, Park and Lu: on/off ratio 10, 3 µS at most, spread 1/64 of the range.</summary>
    public static DeviceCard GenericWang { get; } = GenericDevice.Card(new GenericDevice
    {
        Name = "generic-wang",
        MaximumSiemens = 10e-6,
        OnOffRatio = 10,
        LevelCount = 16,
        SpreadShare = 1.0 / 64,
        Source = "Wang, Park, Lu, Device Non-Ideality Effects and Architecture-aware Training in RRAM In-Memory Computing Modules: on/off ratio 10, 4 bits, programming variation 1.56 % (1/64) of the range",
        Assumptions = ["The largest conductance of 10 µS is assumed: the study speaks in shares of the range and of a largest read current of 3 µA (0.3 V on 10 µS)."],
    });

    /// <summary>All cards, in the order to show them.</summary>
    public static IReadOnlyList<DeviceCard> All { get; } = [Phax, HfO2Milo, GenericWang];

    /// <summary>Finds a card by name.</summary>
    /// <param name="name">Name as in <see cref="DeviceCard.Name"/>.</param>
    /// <returns>The card, or null when none of that name ships.</returns>
    public static DeviceCard? Find(string name) => All.FirstOrDefault(c => c.Name == name);
}
