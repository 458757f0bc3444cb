using System.Globalization;
using CircuitSim.Circuit.Networks;
using CircuitSim.Export.Runs;
using CircuitSim.Mapping.Variation;

namespace CircuitSim.Export.Speed;

/// <summary>Capacitances of an experiment: its own, or defaults with their sources.</summary>
internal sealed record CapacitanceValues(NetworkCapacitances Farads, IReadOnlyList<string> Sources)
{
    /// <summary>Of on-chip wires, farads a metre.</summary>
    private const double WireFaradsPerMetre = 0.2e-9;

    /// <summary>Length of a segment where an experiment gives ohms and no geometry, metres.</summary>
    private const double AssumedPitchMetres = 1e-6;

    // Predictive Technology Model, 90 nm bulk: electrical oxide (m) and overlap at source and at drain (F/m), n-channel and p-channel.
    private const double VacuumFaradsPerMetre = 8.8541878128e-12, OxidePermittivity = 3.9;
    private const double NChannelOxideMetres = 2.05e-9, NChannelOverlap = 1.9e-10, PChannelOxideMetres = 2.15e-9, PChannelOverlap = 1.8e-10;

    // PHAX, comp.sp: inverters of size 5 on a length of 100 nm, widths 1.2 and 2 lengths a size.
    private const double LengthMetres = 0.1e-6, NChannelWidthMetres = 0.6e-6, PChannelWidthMetres = 1e-6;

    /// <summary>Input capacitance of the shipped inverters, C = Σ (3.9·ε₀/t·W·L + 2·W·C_overlap), farads.</summary>
    internal static double ShippedGateFarads { get; } =
        Gate(NChannelWidthMetres, NChannelOxideMetres, NChannelOverlap) + Gate(PChannelWidthMetres, PChannelOxideMetres, PChannelOverlap);

    internal static CapacitanceValues Of(SpeedSettings settings, CircuitSettings circuit)
    {
        var sources = new List<string>();
        (double word, double bit) = Segments(settings, circuit, sources);
        double gate = settings.GateFarads ?? ShippedGateFarads;
        sources.Add(settings.GateFarads is not null
            ? "Gates: as the experiment gives them."
            : string.Create(CultureInfo.InvariantCulture,
                $"Gates: {1e15 * gate:F2} fF, oxide and overlap of 0.6 um and 1.0 um wide, 0.1 um long transistors (PHAX, comp.sp, size 5) with the oxides (2.05 and 2.15 nm) and overlaps (0.19 and 0.18 fF/um) of the 90 nm Predictive Technology Model (W. Zhao, Y. Cao, IEEE Trans. Electron Devices 53(11), 2006); junctions at the outputs are left out."));
        return new CapacitanceValues(new NetworkCapacitances { WordLineSegmentFarads = word, BitLineSegmentFarads = bit, GateFarads = gate }, sources);
    }

    private static (double Word, double Bit) Segments(SpeedSettings settings, CircuitSettings circuit, List<string> sources)
    {
        if (settings.SegmentFarads is double given)
        {
            sources.Add("Wire segments: as the experiment gives them.");
            return (given, given);
        }

        const string perMetre = "0.2 fF/um of wire, as NeuroSim counts (P.-Y. Chen, X. Peng, S. Yu, IEEE TCAD 37(12), 2018; Bus.cpp)";
        if (circuit.Geometry is { } geometry)
        {
            WireGeometry wires = geometry.At(circuit.Corner.TemperatureKelvin);
            sources.Add($"Wire segments: {perMetre}, over the pitches of the experiment's geometry.");
            return (WireFaradsPerMetre * wires.WordLinePitchMetres, WireFaradsPerMetre * wires.BitLinePitchMetres);
        }

        sources.Add($"Wire segments: {perMetre}, with 1 um a segment assumed because the experiment gives no geometry.");
        return (WireFaradsPerMetre * AssumedPitchMetres, WireFaradsPerMetre * AssumedPitchMetres);
    }

    private static double Gate(double width, double oxide, double overlap) =>
        OxidePermittivity * VacuumFaradsPerMetre / oxide * width * LengthMetres + 2 * overlap * width;
}
