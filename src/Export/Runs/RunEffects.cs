using CircuitSim.Circuit.Networks;
using CircuitSim.Export.Attribution;
using CircuitSim.Export.Devices;
using CircuitSim.Mapping.Devices;
using CircuitSim.Mapping.Networks;
using CircuitSim.Mapping.Variation;
using CircuitSim.Training.Phax;

namespace CircuitSim.Export.Runs;

/// <summary>The effects that part an experiment's chip from its trained network, and the chip with any of them.</summary>
/// <remarks>Draws are keyed by seed, purpose and device, so that an effect is the same whichever others are on.</remarks>
internal static class RunEffects
{
    internal static AttributionPlan Plan(Experiment experiment, TrainedNetwork network, IReadOnlyList<INeuronCurve> curves)
    {
        ChipVariation all = RunDevice.Variation(experiment);
        DeviceCard card = RunDevice.Card(experiment.Device);
        Mapping.MappingOptions mapping = RunDevice.Mapping(experiment);
        ulong seed = RunDevice.Seed(experiment.Seed, experiment.Chip);
        List<SkippedEffect> skipped = Skipped(experiment, card, all);
        return new AttributionPlan
        {
            Effects = AttributionPlan.Present(skipped),
            Skipped = skipped,
            Curves = curves,
            CircuitOf = effects =>
            {
                NetworkCircuit circuit = ChipSampler.Create(network, card, mapping, With(all, effects)).Sample(seed).Circuit;
                // Where there is no resistance to switch off, ideal wires are the circuit's own, faults included.
                bool hasWires = effects.Contains(CircuitEffect.Wires) || skipped.Any(s => s.Effect == CircuitEffect.Wires);
                return hasWires ? circuit : circuit.WithIdealWires();
            },
        };
    }

    private static ChipVariation With(ChipVariation all, IReadOnlySet<CircuitEffect> effects)
    {
        ProgrammingOptions programming = all.Programming;
        if (!effects.Contains(CircuitEffect.Quantisation)) programming = programming with { Rounding = LevelRounding.None, Levels = null };
        if (!effects.Contains(CircuitEffect.Programming))
            programming = programming with { Mode = ProgrammingMode.Ideal, ReadSeconds = null, IncludeReadNoise = false };
        bool hasFaults = effects.Contains(CircuitEffect.Faults), hasTransistors = effects.Contains(CircuitEffect.Transistors);
        return new ChipVariation
        {
            Programming = hasFaults ? programming : programming with { Faults = null },
            LineFaults = hasFaults ? all.LineFaults : null,
            Mismatch = hasTransistors ? all.Mismatch : null,
            Corner = hasTransistors ? all.Corner : new OperatingCorner(),
        };
    }

    private static List<SkippedEffect> Skipped(Experiment experiment, DeviceCard card, ChipVariation all)
    {
        var skipped = new List<SkippedEffect>();
        (double word, double bit) = RunDevice.SegmentOhms(experiment.Circuit);
        if (experiment.Network.Layers.Count == 2) skipped.Add(AttributionPlan.NoLoading());
        if (word == 0 && bit == 0 && experiment.Circuit.SourceOhms == 0) skipped.Add(AttributionPlan.NoWires());
        if (all.Programming.Rounding == LevelRounding.None)
            skipped.Add(AttributionPlan.Absent(CircuitEffect.Quantisation, "Targets are not rounded to levels (device: rounding)." + (card.Levels.Count > 0 ? $" The card states {card.Levels.Count} levels." : "")));
        if (all.Programming is { Mode: ProgrammingMode.Ideal, ReadSeconds: null, IncludeReadNoise: false })
            skipped.Add(AttributionPlan.Absent(CircuitEffect.Programming, "Devices are programmed ideally and read at once, without noise (device: programming)." + UnsolvedStatements.OfProgramming(card)));
        if (all.Programming.Faults is null && all.LineFaults is null)
            skipped.Add(AttributionPlan.Absent(CircuitEffect.Faults, "No device is stuck and every line is whole (device: faults, circuit: line_faults)." + (card.Faults is null ? "" : " The card states a share of stuck devices; this circuit contains none.")));
        if (all.Mismatch is null && all.Corner.IsNominal)
            skipped.Add(AttributionPlan.Absent(CircuitEffect.Transistors, "Transistors are alike, supply and temperature nominal (circuit: mismatch, corner)."));
        skipped.AddRange(UnsolvedStatements.Of(card, all.Programming, all.Corner).Select(s => new SkippedEffect { Effect = null, IsAbsent = true, Reason = s }));
        return skipped;
    }
}
