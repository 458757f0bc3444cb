using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Networks;
using CircuitSim.Circuit.Randomness;

namespace CircuitSim.Export.Tests.Attribution;

/// <summary>A network of three inputs, four neurons and two outputs with random devices.</summary>
internal static class SmallNetworks
{
    internal static NetworkCircuit WithWires(double segmentOhms)
    {
        var random = new CounterRandom(2, "devices of a test");
        ulong drawn = 0;
        return new NetworkCircuit(0.5, InverterModel.EkvPhax90, [.. new[] { (8, 4), (10, 2) }.Select(size =>
        {
            double[] g = [.. Enumerable.Range(0, size.Item1 * size.Item2).Select(_ => random.Uniform(drawn++, 0.12e-6, 7.9e-6))];
            return new LayerCircuit(new CrossbarSpec(size.Item1, size.Item2, g, segmentOhms, segmentOhms, bitLineEnd: BitLineEnd.Open));
        })]);
    }

    internal static NetworkCircuit WithDevice(NetworkCircuit circuit, int layer, int wordLine, int bitLine, double factor)
    {
        CrossbarSpec crossbar = circuit.Layers[layer].Crossbar;
        double[] g = crossbar.ConductanceSiemens.ToArray();
        g[wordLine * crossbar.BitLineCount + bitLine] *= factor;
        return new NetworkCircuit(circuit.SupplyVolts, circuit.Inverter,
            [.. circuit.Layers.Select((l, i) => i == layer ? l with { Crossbar = crossbar.WithConductances(g) } : l)]);
    }
}
