using System.Security.Cryptography;
using CircuitSim.Circuit.Randomness;
using CircuitSim.Mapping;
using CircuitSim.Mapping.Devices;
using CircuitSim.Mapping.Files;
using CircuitSim.Mapping.Networks;
using CircuitSim.Mapping.Variation;

namespace CircuitSim.Export.Runs;

/// <summary>The chip of an experiment: device card, programming, transistors, wires and seed, from its settings.</summary>
internal static class RunDevice
{
    internal static DeviceCard Card(DeviceSettings device) => device.Generic is { } generic ? GenericDevice.Card(generic) : DeviceCards.Open(device.Card);

    /// <summary>How a network of the experiment is mapped.</summary>
    internal static MappingOptions Mapping(Experiment experiment)
    {
        (double word, double bit) = SegmentOhms(experiment.Circuit);
        return new MappingOptions
        {
            Inverter = RunInverter.Open(experiment.Circuit),
            WordLineSegmentOhms = word,
            BitLineSegmentOhms = bit,
            SourceOhms = experiment.Circuit.SourceOhms,
            Scale = Scale(experiment),
            OutOfRange = experiment.Device.OutOfRange,
        };
    }

    /// <summary>Changes when a card file changes; empty for cards that ship.</summary>
    internal static string CardFingerprint(DeviceSettings device) => device.Card.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
        ? Convert.ToHexStringLower(SHA256.HashData(InputBytes.Read(device.Card)))
        : "";

    /// <summary>The chips of a trained network.</summary>
    internal static ChipSampler Sampler(Experiment experiment, TrainedNetwork network) =>
        ChipSampler.Create(network, Card(experiment.Device), Mapping(experiment), Variation(experiment));

    /// <summary>In what chips of the experiment differ.</summary>
    internal static ChipVariation Variation(Experiment experiment) => new()
    {
        Programming = Programming(experiment.Device),
        Mismatch = experiment.Circuit.Mismatch,
        LineFaults = experiment.Circuit.LineFaults,
        Corner = experiment.Circuit.Corner,
    };

    /// <summary>True when a chip is more than its design.</summary>
    internal static bool IsReal(Experiment experiment)
    {
        DeviceSettings device = experiment.Device;
        return device.Programming != ProgrammingMode.Ideal || device.Rounding != LevelRounding.None || device.ReadSeconds is not null || device.ReadNoise
            || device.Faults is not null || experiment.Circuit is { Mismatch: not null } or { LineFaults: not null } || !experiment.Circuit.Corner.IsNominal;
    }

    /// <summary>Seed of a chip: chips of one experiment are independent, and chip k is the same at every point of a sweep.</summary>
    internal static ulong Seed(ulong experimentSeed, int chip) => new CounterRandom(experimentSeed, "chip").Bits((ulong)chip);

    /// <summary>Segments of word lines and bit lines, ohms.</summary>
    internal static (double WordLine, double BitLine) SegmentOhms(CircuitSettings circuit)
    {
        if (circuit.Geometry is null) return (circuit.SegmentOhms, circuit.SegmentOhms);
        WireGeometry wires = circuit.Geometry.At(circuit.Corner.TemperatureKelvin);
        return (wires.WordLineSegmentOhms, wires.BitLineSegmentOhms);
    }

    private static NeuronScale Scale(Experiment experiment)
    {
        DeviceSettings device = experiment.Device;
        if (device.Scale is NeuronScale chosen) return chosen;
        bool isFree = device.Programming != ProgrammingMode.Ideal && device.Rounding == LevelRounding.None && !experiment.Train.InTheLoop;
        return isFree ? NeuronScale.LeastError : NeuronScale.Lowest;
    }

    private static ProgrammingOptions Programming(DeviceSettings device)
    {
        DeviceCard card = Card(device);
        return new ProgrammingOptions
        {
            Mode = device.Programming,
            AcceptanceSiemens = device.AcceptanceSiemens,
            AcceptanceRelative = device.AcceptancePercent / 100,
            MaximumPulses = device.MaximumPulses,
            Rounding = device.Rounding,
            Levels = Levels(device, card),
            ReadSeconds = device.ReadSeconds,
            IncludeReadNoise = device.ReadNoise,
            Faults = device.Faults is null ? null : device.Faults.Rates ?? card.Faults
                ?? throw new MissingDevicePartException(card, "fault rates", c => c.Faults is not null, "Or give rates: faults: { stuck_low: 0.01, stuck_high: 0.01 }."),
        };
    }

    // From the weight of −∞ to that of +∞, as far as the window goes.
    private static LevelPlan? Levels(DeviceSettings device, DeviceCard card)
    {
        if (device.Levels is not int count) return null;
        double low = ChipSampler.SmallestSiemens(card, device.ConductanceRatio);
        double high = Math.Min(card.MaximumSiemens, low * (1 + device.ConductanceRatio));
        var levels = new double[count];
        for (int i = 0; i < count; i++) levels[i] = i == count - 1 ? high : low + (high - low) * i / (count - 1);
        return LevelPlan.At(levels);
    }
}
