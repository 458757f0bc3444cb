using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Networks;
using CircuitSim.Export.Reports;
using CircuitSim.Mapping;
using CircuitSim.Mapping.Devices;

namespace CircuitSim.Export.Runs;

/// <summary>The report stage: pictures of the circuit that are too large for <c>fidelity.json</c>.</summary>
internal static class ReportStage
{
    private const int Sample = 0;

    internal static ReportMatrices Matrices(Experiment experiment, MappedNetwork mapped, RunData data)
    {
        NetworkSolver solver = NetworkSolver.Create(mapped.Circuit);
        NetworkOperatingPoint point = solver.Solve(data.InputVolts(Sample));
        var conductances = new List<ReportMatrix>();
        var voltages = new List<ReportMatrix>();
        for (int layer = 0; layer < mapped.Layers.Count; layer++)
        {
            CrossbarSpec spec = mapped.Circuit.Layers[layer].Crossbar;
            double[] microsiemens = [.. mapped.Layers[layer].ProgrammedSiemens.ToArray().Select(g => 1e6 * g)];
            conductances.Add(new ReportMatrix(
                $"Layer {layer + 1}: device conductance", "Programmed conductance of every memristor.", "µS",
                spec.WordLineCount, spec.BitLineCount, microsiemens));

            CrossbarOperatingPoint crossbar = solver.SolveCrossbar(point, layer, Sample);
            double[] source = solver.WordLineSourceVolts(point, layer, Sample);
            var drop = new double[microsiemens.Length];
            var across = new double[microsiemens.Length];
            for (int k = 0; k < drop.Length; k++)
            {
                double word = crossbar.WordLineNodeVolts.Span[k], bit = crossbar.BitLineNodeVolts.Span[k];
                drop[k] = 1e6 * (source[k / spec.BitLineCount] - word);
                across[k] = 1e3 * (word - bit);
            }

            voltages.Add(new ReportMatrix(
                $"Layer {layer + 1}: IR drop on the word lines", "Source voltage less word-line voltage at each cross-point, first held-out sample.", "µV",
                spec.WordLineCount, spec.BitLineCount, drop));
            voltages.Add(new ReportMatrix(
                $"Layer {layer + 1}: voltage across the devices", "Word-line less bit-line voltage at each cross-point, first held-out sample.", "mV",
                spec.WordLineCount, spec.BitLineCount, across));
        }

        using var text = new StringWriter();
        ExperimentFile.Write(text, experiment);
        return new ReportMatrices { Experiment = text.ToString(), Conductances = conductances, Voltages = voltages, Arrays = RunDevice.IsReal(experiment) ? Arrays(experiment, mapped) : [] };
    }

    private static ReportArray[] Arrays(Experiment experiment, MappedNetwork mapped)
    {
        // Targets that were clipped are programmed to the window's end; what they lost is counted elsewhere.
        DeviceCard card = mapped.Card;
        return [.. mapped.Layers.Select((layer, i) => new ReportArray(
            $"Layer {i + 1}", card, RunDevice.Variation(experiment).Programming,
            layer.TargetSiemens.ToArray().Select(g => Math.Clamp(g, card.MinimumSiemens, card.MaximumSiemens)).ToArray(), layer.ProgrammedSiemens))];
    }
}
