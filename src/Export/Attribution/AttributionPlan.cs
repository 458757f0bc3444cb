using CircuitSim.Circuit.Networks;
using CircuitSim.Training.Phax;

namespace CircuitSim.Export.Attribution;

/// <summary>What a ladder climbs: the effects that a circuit has, and the circuit with any of them.</summary>
public sealed record AttributionPlan
{
    /// <summary>Effects of the circuit, in the order of <see cref="CircuitEffect"/>.</summary>
    public required IReadOnlyList<CircuitEffect> Effects { get; init; }

    /// <summary>Effects that it does not have, and why.</summary>
    public required IReadOnlyList<SkippedEffect> Skipped { get; init; }

    /// <summary>
    /// The circuit with some of its effects: wires, devices and transistors. Device equations and loading are left to the ladder, because they are ways of
    /// solving. Throws <see cref="Circuit.Errors.CircuitSimException"/> where a set makes no circuit, for example verification by levels without levels.
    /// </summary>
    public required Func<IReadOnlySet<CircuitEffect>, NetworkCircuit> CircuitOf { get; init; }

    /// <summary>Neuron curve of each layer that the network was trained with, or null when it is not known; then nothing is solved without device equations.</summary>
    public IReadOnlyList<INeuronCurve>? Curves { get; init; }

    /// <summary>The ladder of a circuit by itself: device equations, loading and wires.</summary>
    /// <param name="circuit">The circuit.</param>
    /// <returns>A plan without chips.</returns>
    public static AttributionPlan Of(NetworkCircuit circuit)
    {
        ArgumentNullException.ThrowIfNull(circuit);
        var skipped = new List<SkippedEffect>();
        if (circuit.Layers.Count == 1) skipped.Add(NoLoading());
        if (HasIdealWires(circuit)) skipped.Add(NoWires());
        skipped.AddRange(new[] { CircuitEffect.Quantisation, CircuitEffect.Programming, CircuitEffect.Faults, CircuitEffect.Transistors }
            .Select(effect => Absent(effect, "The circuit was given as it is, without a chip.")));
        return new AttributionPlan
        {
            Effects = Present(skipped),
            Skipped = skipped,
            CircuitOf = effects => effects.Contains(CircuitEffect.Wires) ? circuit : circuit.WithIdealWires(),
        };
    }

    internal static SkippedEffect Absent(CircuitEffect effect, string reason) => new() { Effect = effect, IsAbsent = true, Reason = reason };

    internal static SkippedEffect NoLoading() => Absent(CircuitEffect.Loading, "The network has one layer, whose inverters drive nothing.");

    internal static SkippedEffect NoWires() => Absent(CircuitEffect.Wires, "Segments and source resistances are 0 ohm, and no line has a fault.");

    internal static CircuitEffect[] Present(IReadOnlyList<SkippedEffect> skipped) =>
        [.. Enum.GetValues<CircuitEffect>().Where(effect => !skipped.Any(s => s.Effect == effect))];

    internal static bool HasIdealWires(NetworkCircuit circuit) =>
        circuit.Layers.All(l => l.Crossbar is { HasIdealWires: true, SourceOhms: 0, Faults.Count: 0 });
}
