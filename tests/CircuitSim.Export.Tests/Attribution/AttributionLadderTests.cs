using System.Globalization;
using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Engines.Ngspice;
using CircuitSim.Circuit.Expressions;
using CircuitSim.Circuit.Netlists;
using CircuitSim.Circuit.Networks;
using CircuitSim.Circuit.Randomness;
using CircuitSim.Export.Attribution;
using CircuitSim.Export.Runs;
using CircuitSim.Mapping.Networks;
using CircuitSim.TestSupport;
using CircuitSim.Training.Phax;

namespace CircuitSim.Export.Tests.Attribution;

public sealed class AttributionLadderTests
{
    private const int Samples = 2;

    // Every effect at once, each large enough to be seen.
    private const string EveryEffect = """
        name: every-effect
        chip: 3
        data:    { set: iris }
        network: { layers: [4, 4, 3] }
        train:   { curve: tanh }
        device:  { card: generic, spread_percent: 2, levels: 12, rounding: nearest, programming: one_shot, faults: { stuck_low: 0.05, stuck_high: 0.05 } }
        circuit: { segment_ohms: 300, source_ohms: 2000, mismatch: { threshold_mv_um: 1, current_factor_percent_um: 1 }, corner: { temperature_kelvin: 320, supply_percent: 98 }, line_faults: { shorted_bit_lines: 0.3, shorted_word_lines: 0.1, dead_drivers: 0.1, short_ohms: 5000 } }
        """;

    private static readonly double[] Inputs = [0.2, -0.1, 0.05, -0.2, -0.15, 0.2, 0.1, 0.03];

    private static readonly TrainedNetwork Network = RandomNetwork();

    [SkippableFact]
    [Trait("Kind", "peer")]
    public void Each_rung_is_the_circuit_that_ngspice_solves_with_that_effect_switched()
    {
        Ngspice.SkipUnlessInstalled();
        NgspiceEngine ngspice = NgspiceEngine.TryFind(Environment.GetEnvironmentVariable("PATH"))!;
        AttributionPlan plan = Plan(EveryEffect);
        CircuitEffect[] all = [.. plan.Effects];
        Assert.Equal(Enum.GetValues<CircuitEffect>(), all);
        HashSet<CircuitEffect>[] sets =
        [
            .. Enumerable.Range(1, all.Length).Select(count => all.Take(count).ToHashSet()),
            .. all.Skip(1).Select(without => all.Where(e => e != without).ToHashSet()),
            [.. all.Where(e => e is not (CircuitEffect.DeviceEquations or CircuitEffect.Loading))],
        ];

        foreach (HashSet<CircuitEffect> effects in sets)
        {
            IReadOnlyList<LayerOperatingPoint> ours = AttributionLadder.Solve(plan, effects, Inputs, Samples, default);
            for (int sample = 0; sample < Samples; sample++)
            {
                Netlist deck = Deck(plan, effects, sample);
                var theirs = (OperatingPoint)ngspice.Solve(deck, EngineOptions.Tight).Analyses[0];
                for (int layer = 0; layer < ours.Count; layer++)
                    for (int j = 0; j < ours[layer].NeuronCount; j++)
                    {
                        string what = $"{string.Join("+", effects)}, layer {layer + 1}, neuron {j + 1}";
                        int at = sample * ours[layer].NeuronCount + j;
                        // Newton in ngspice stops at 1e-12 of a voltage; inverters in series have a gain of about 100.
                        const double bound = 1e-10;
                        Close.Numbers(theirs.NodeVolts[NodeNames.Gate(layer, j)], ours[layer].GateVolts.Span[at], bound, what: what + ", gate");
                        Close.Numbers(theirs.NodeVolts[NodeNames.InvertedOutput(layer, j)], ours[layer].InvertedVolts.Span[at], bound, what: what + ", n");
                        Close.Numbers(theirs.NodeVolts[NodeNames.RestoredOutput(layer, j)], ours[layer].RestoredVolts.Span[at], bound, what: what + ", p");
                    }
            }
        }
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Every_effect_moves_the_outputs_and_the_last_rung_is_the_chip()
    {
        (AttributionPlan plan, Experiment experiment) = (Plan(EveryEffect), ExperimentFile.Parse(EveryEffect, "test"));
        NetworkCircuit chip = RunDevice.Sampler(experiment, Network).Sample(RunDevice.Seed(experiment.Seed, experiment.Chip)).Circuit;

        AttributionResult result = AttributionLadder.Climb(plan, Behavioural(experiment), Inputs, [0, 1]);

        Assert.Equal(plan.Effects.Count + 1, result.Steps.Count);
        Assert.All(result.Steps.Skip(1), step => Assert.True(step.WorstChangeMillivolts > 1e-3, step.Name));
        // One sample at a time goes another way through the solver than a batch: both stop at 1e-12 V.
        for (int sample = 0; sample < Samples; sample++)
        {
            NetworkOperatingPoint alone = NetworkSolver.Create(chip).Solve(Inputs.AsSpan(4 * sample, 4));
            for (int layer = 0; layer < alone.Layers.Count; layer++)
            {
                int n = alone.Layers[layer].NeuronCount;
                Close.Lists(alone.Layers[layer].InvertedVolts.Span, result.LastRung[layer].InvertedVolts.Span.Slice(sample * n, n), 1e-12);
                Close.Lists(alone.Layers[layer].RestoredVolts.Span, result.LastRung[layer].RestoredVolts.Span.Slice(sample * n, n), 1e-12);
            }
        }
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Shares_add_up_and_effects_that_do_nothing_are_named()
    {
        Experiment experiment = ExperimentFile.Parse(EveryEffect, "test");
        AttributionResult result = AttributionLadder.Climb(Plan(EveryEffect), Behavioural(experiment), Inputs, [0, 1]);
        AttributionPlan plain = Plan("""
            name: plain
            data:    { set: iris }
            network: { layers: [4, 4, 3] }
            circuit: { segment_ohms: 0 }
            """);

        // A telescoping sum of seven terms of up to some hundred percent.
        Close.Numbers(100, result.Steps.Skip(1).Sum(s => s.SharePercent!.Value), 1e-9);
        Assert.Equal([CircuitEffect.DeviceEquations, CircuitEffect.Loading], plain.Effects);
        // The last is the card's nonlinear law, which no circuit has.
        Assert.Equal(
            [CircuitEffect.Wires, CircuitEffect.Quantisation, CircuitEffect.Programming, CircuitEffect.Faults, CircuitEffect.Transistors, null],
            plain.Skipped.Select(s => s.Effect));
    }

    [Fact]
    [Trait("Kind", "property")]
    public void The_effect_switched_on_last_does_the_same_in_both_ladders()
    {
        AttributionResult result = AttributionLadder.Climb(Plan(EveryEffect), Behavioural(ExperimentFile.Parse(EveryEffect, "test")), Inputs, [0, 1]);

        RemovedEffect last = result.Removed[^1], wires = result.Removed.Single(r => r.Effect == CircuitEffect.Wires);
        Assert.Equal(result.Steps[^1].RmsChangeMillivolts, last.RmsChangeMillivolts);
        Assert.Equal(0, last.InteractionRmsMillivolts);
        // What wires do depends on the devices that the ladder changes after them.
        Assert.True(wires.InteractionRmsMillivolts > 1e-3);
        Assert.Equal(result.Steps.Single(s => s.Effect == CircuitEffect.Wires).RmsChangeMillivolts, wires.LadderRmsMillivolts);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Curves_in_ideal_wires_are_the_trained_network()
    {
        Experiment experiment = ExperimentFile.Parse(EveryEffect, "test");
        IReadOnlyList<LayerOperatingPoint> behavioural = Behavioural(experiment);

        IReadOnlyList<LayerOperatingPoint> solved = AttributionLadder.Solve(Plan(EveryEffect), new HashSet<CircuitEffect>(), Inputs, Samples, default);

        // Both are weighted means of ten voltages, through a curve with a gain of about 50.
        for (int layer = 0; layer < 2; layer++) Close.Lists(behavioural[layer].RestoredVolts.Span, solved[layer].RestoredVolts.Span, 1e-13);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void An_effect_that_others_stand_on_is_not_removed_and_the_reason_is_given()
    {
        const string byBins = """
            name: verified
            data:    { set: iris }
            network: { layers: [4, 4, 3] }
            train:   { curve: tanh }
            device:  { card: generic, spread_percent: 2, levels: 12, rounding: nearest, programming: verify }
            """;

        AttributionResult result = AttributionLadder.Climb(Plan(byBins), Behavioural(ExperimentFile.Parse(byBins, "test")), Inputs, [0, 1]);

        SkippedEffect levels = result.Skipped.Single(s => s.Effect == CircuitEffect.Quantisation);
        Assert.False(levels.IsAbsent);
        Assert.Contains("acceptance window", levels.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(result.Removed, r => r.Effect == CircuitEffect.Quantisation);
    }

    private static AttributionPlan Plan(string yaml)
    {
        Experiment experiment = ExperimentFile.Parse(yaml, "test");
        return RunEffects.Plan(experiment, Network, TrainStage.Curves(experiment));
    }

    private static IReadOnlyList<LayerOperatingPoint> Behavioural(Experiment experiment) => TrainStage.Evaluate(experiment, Network, Inputs, Samples);

    // The deck that every run exports, with ideal followers in place of loading and sources that follow the curve in place of inverters.
    private static Netlist Deck(AttributionPlan plan, HashSet<CircuitEffect> effects, int sample)
    {
        Netlist deck = Elaborator.Elaborate(plan.CircuitOf(effects), Inputs.AsSpan(4 * sample, 4));
        if (!effects.Contains(CircuitEffect.DeviceEquations))
            return deck with { Elements = [.. deck.Elements.Select(e => e is SubcircuitCall call ? Curve(call, plan) : e)] };
        if (effects.Contains(CircuitEffect.Loading)) return deck;

        return deck with { Elements = [.. deck.Elements.SelectMany(e => e is SubcircuitCall call ? Followed(call) : [e])] };
    }

    // Ports are in, out, vp, vn.
    private static IEnumerable<Element> Followed(SubcircuitCall call)
    {
        string output = call.Nodes[1], free = output + "_free";
        yield return new SubcircuitCall(call.Name, [call.Nodes[0], free, .. call.Nodes.Skip(2)], call.Subcircuit);
        yield return new VoltageControlledVoltageSource("e" + call.Name, output, Netlist.Ground, free, Netlist.Ground, 1);
    }

    private static BehaviouralSource Curve(SubcircuitCall call, AttributionPlan plan)
    {
        // xl1_n3 is the first inverter of neuron 3 of layer 1.
        string[] parts = call.Name[2..].Split('_');
        var curve = (TanhNeuronCurve)plan.Curves![int.Parse(parts[0], CultureInfo.InvariantCulture) - 1];
        bool isFirst = parts[1][0] == 'n';
        string gate = $"l{parts[0]}_g{parts[1][1..]}";
        string value = string.Create(CultureInfo.InvariantCulture,
            $"{(isFirst ? -1 : 1) * curve.SupplyVolts / 2:R}*tanh({(isFirst ? curve.InvertedGainPerVolt : curve.RestoredGainPerVolt):R}*(v({gate})-({(isFirst ? curve.InvertedCentreVolts : curve.RestoredCentreVolts):R})))");
        return new BehaviouralSource("b" + call.Name, call.Nodes[1], Netlist.Ground, IsVoltage: true, Expression.Parse(value));
    }

    private static TrainedNetwork RandomNetwork()
    {
        var random = new CounterRandom(5, "weights of a test");
        ulong drawn = 0;
        return new TrainedNetwork(0.5, 7.33, "tanh",
        [
            .. new[] { (4, 4), (4, 3) }.Select(size => new TrainedLayer(
                size.Item1, size.Item2, [.. Enumerable.Range(0, (2 * size.Item1 + 2) * size.Item2).Select(_ => random.Uniform(drawn++, -3, 3))])),
        ]);
    }
}
