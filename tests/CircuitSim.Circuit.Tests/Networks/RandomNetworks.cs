using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Devices;
using CircuitSim.Circuit.Networks;
using CircuitSim.Circuit.Tests.Crossbars;

namespace CircuitSim.Circuit.Tests.Networks;

/// <summary>Small inverter networks drawn from a seed.</summary>
internal static class RandomNetworks
{
    internal static NetworkCircuit Any(Random random, int mostNeurons = 4)
    {
        int[] sizes = [.. Enumerable.Range(0, random.Next(2, 5)).Select(_ => random.Next(1, mostNeurons + 1))];
        return Of(random, sizes, Ohms(random, 5), Ohms(random, 5), Ohms(random, 1000),
            random.Next(2) == 0 ? InverterModel.EkvSym : InverterModel.EkvPhax90, random.Next(2) == 0 ? WireConvention.C1 : WireConvention.C2);
    }

    internal static NetworkCircuit Of(
        Random random, int[] sizes, double wordOhms, double bitOhms, double sourceOhms, InverterModel inverter, WireConvention convention = WireConvention.C1)
    {
        var layers = new List<LayerCircuit>();
        for (int i = 1; i < sizes.Length; i++)
        {
            int m = 2 * sizes[i - 1] + 2;
            double[] g = RandomCrossbars.Conductances(random, m * sizes[i], 0.12e-6, 7.9e-6);
            layers.Add(new LayerCircuit(new CrossbarSpec(m, sizes[i], g, wordOhms, bitOhms, sourceOhms, bitLineEnd: BitLineEnd.Open, convention: convention)));
        }

        return new NetworkCircuit(0.5, inverter, layers);
    }

    /// <summary>The same network with transistors that differ from inverter to inverter: thresholds by 12 mV, currents by 8 %, as deviations.</summary>
    internal static NetworkCircuit Mismatched(Random random, NetworkCircuit circuit) => new(circuit.SupplyVolts, circuit.Inverter,
    [
        .. circuit.Layers.Select(layer => layer with
        {
            Inverters = [.. Enumerable.Range(0, 2 * layer.NeuronCount).Select(_ => Deviating(random, (EkvInverter)circuit.Inverter))],
        }),
    ]);

    private static EkvInverter Deviating(Random random, EkvInverter nominal)
    {
        return nominal with { NChannel = Transistor(nominal.NChannel), PChannel = Transistor(nominal.PChannel) };

        EkvParameters Transistor(EkvParameters of) => of with
        {
            ThresholdVolts = of.ThresholdVolts + 0.012 * Normal(),
            SpecificCurrentAmps = of.SpecificCurrentAmps * Math.Exp(0.08 * Normal()),
            ThermalVolts = 0.0310,
        };

        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }

    private static double Ohms(Random random, double typical) => random.Next(2) == 0 ? 0 : typical * (0.1 + random.NextDouble());
}
