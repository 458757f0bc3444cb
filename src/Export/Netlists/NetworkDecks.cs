using System.Globalization;
using CircuitSim.Circuit.Netlists;
using CircuitSim.Circuit.Networks;
using CircuitSim.Export.Reports;
using CircuitSim.Export.Speed;
using CircuitSim.Training.Data;

namespace CircuitSim.Export.Netlists;

/// <summary>The decks of a network of inverters: for each sample the circuit as designed and, where that is too large, what stands in for it.</summary>
internal static class NetworkDecks
{
    private const string Nodes =
        "Nodes: l<layer>_w<word line>_<bit line> and l<layer>_b.. at cross-points, l<layer>_g<neuron> gates, _n and _p inverter outputs; all count from 1";

    /// <summary>Drafts the decks one by one.</summary>
    /// <param name="name">Name of the run, for titles.</param>
    /// <param name="circuit">The circuit as designed.</param>
    /// <param name="data">Held-out samples.</param>
    /// <param name="samples">Samples to write, indices from 0 into <paramref name="data"/>.</param>
    /// <param name="sequence">A transient through samples to write too, with its settings, or null.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    internal static IEnumerable<DeckDraft> Draft(
        string name, NetworkCircuit circuit, VoltageSet data, IReadOnlyList<int> samples,
        (SampleSequence Samples, SpeedSettings Settings)? sequence, CancellationToken cancellationToken)
    {
        NetlistEffort size = NetlistEffort.Of(circuit);
        string? refusal = DeckExporter.Refusal(size);
        var solver = NetworkSolver.Create(circuit, cancellationToken: cancellationToken);
        NetworkCircuit ideal = circuit.WithIdealWires();
        NetworkSolver? idealSolver = refusal is null ? null : NetworkSolver.Create(ideal, cancellationToken: cancellationToken);
        string wires = circuit.Layers.All(l => l.Crossbar.HasIdealWires) ? "ideal wires, as designed" : "every wire segment";
        foreach (int sample in samples)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double[] volts = data.InputVolts.Span.Slice(sample * data.InputCount, data.InputCount).ToArray();
            NetworkOperatingPoint point = solver.Solve(volts);
            yield return Whole($"sample{sample}", $"whole network, held-out sample {sample}, {wires}", DeckWires.AsDesigned, circuit, size, refusal, point);
            if (idealSolver is null) continue;

            yield return Whole($"sample{sample}-ideal-wires", $"whole network, held-out sample {sample}, ideal wires", DeckWires.Ideal,
                ideal, NetlistEffort.Of(ideal), null, idealSolver.Solve(volts));
            for (int layer = 0; layer < circuit.Layers.Count; layer++) yield return Excerpt(sample, layer, point);

            DeckDraft Whole(string file, string description, DeckWires kind, NetworkCircuit of, NetlistEffort effort, string? refusedBecause, NetworkOperatingPoint solved) => new()
            {
                Name = file,
                Description = description,
                Sample = sample,
                Wires = kind,
                Size = effort,
                RefusedBecause = refusedBecause,
                Netlist = Deck(Elaborator.Elaborate(of, volts), description, Expected(solved.Layers[^1], of.Layers.Count - 1)),
            };
        }

        if (sequence is { } transient) yield return Sequence(transient.Samples, transient.Settings);

        DeckDraft Excerpt(int sample, int layer, NetworkOperatingPoint point)
        {
            NetworkExcerpt excerpt = DeckExporter.Excerpt(solver, point, 0, layer);
            string description = $"excerpt of layer {layer + 1} ({excerpt.Circuit.Layers[0].Crossbar.WordLineCount} word lines x {excerpt.Circuit.OutputCount} bit lines), held-out sample {sample}, every wire segment";
            NetworkOperatingPoint solved = NetworkSolver.Create(excerpt.Circuit, cancellationToken: cancellationToken).SolveDriven(excerpt.SourceVolts.Span);
            return new DeckDraft
            {
                Name = $"sample{sample}-layer{layer + 1}-excerpt",
                Description = description,
                Sample = sample,
                Wires = DeckWires.Excerpt,
                ExcerptLayer = layer,
                Size = NetlistEffort.Of(excerpt.Circuit),
                RefusedBecause = null,
                Netlist = Deck(excerpt.Elaborate(), description, Expected(solved.Layers[0], layer)),
            };
        }

        DeckDraft Sequence(SampleSequence course, SpeedSettings settings)
        {
            string description = string.Create(CultureInfo.InvariantCulture,
                $"whole network, transient through held-out samples 0 to {course.Count - 1}, {settings.HoldSeconds:R} s each, {wires}, capacitances of wires and gates");
            double[] final = solver.SolveBatch(data.InputVolts[..(course.Count * data.InputCount)], course.Count, cancellationToken: cancellationToken)
                .Layers[^1].InvertedVolts.ToArray();
            Netlist netlist = course.Netlist(settings.HoldSeconds);
            return new DeckDraft
            {
                Name = "sequence",
                Description = description,
                Sample = null,
                Wires = DeckWires.AsDesigned,
                Size = new NetlistEffort(size.NodeCount, netlist.Elements.Count + size.ElementCount - course.StaticElementCount, size.NgspiceSeconds),
                RefusedBecause = refusal,
                Netlist = Deck(netlist with { Measures = course.Measures(settings.HoldSeconds, final) }, description, course.Expected(final)) with { Options = DeckExporter.TransientOptions },
            };
        }

        Netlist Deck(Netlist netlist, string description, IReadOnlyList<string> expected) => netlist with
        {
            Title = $"{name}: {description}",
            Options = DeckExporter.TightOptions,
            HeaderComments = [.. netlist.HeaderComments, Nodes, .. expected],
        };
    }

    /// <summary>What the last layer should come to, one line a neuron.</summary>
    private static string[] Expected(LayerOperatingPoint layer, int index) =>
    [
        .. Enumerable.Range(0, layer.NeuronCount).Select(j => string.Create(CultureInfo.InvariantCulture,
            $"Expected, volts: {NodeNames.Gate(index, j)} {layer.GateVolts.Span[j]:R}, {NodeNames.InvertedOutput(index, j)} {layer.InvertedVolts.Span[j]:R}, {NodeNames.RestoredOutput(index, j)} {layer.RestoredVolts.Span[j]:R}")),
    ];
}
