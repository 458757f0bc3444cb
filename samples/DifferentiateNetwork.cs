using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Networks;
using CircuitSim.Mapping;
using CircuitSim.Mapping.Devices;

namespace CircuitSim.Samples;

/// <summary>Exact derivatives of an output to every memristor and wire of a network.</summary>
public static class DifferentiateNetwork
{
    /// <summary>Prints which memristor of the first layer moves the first output most.</summary>
    /// <param name="output">Receives the text.</param>
    public static void Run(TextWriter output)
    {
        var mapping = new MappingOptions { Inverter = InverterModel.EkvPhax90, WordLineSegmentOhms = 2000, BitLineSegmentOhms = 2000 };
        NetworkCircuit circuit = NetworkMapper.Map(RandomNetwork.Create(4, 3, 2), PublishedCards.Phax, mapping).Circuit;
        NetworkSolver solver = NetworkSolver.Create(circuit);
        NetworkOperatingPoint point = solver.Solve([0.2, -0.1, 0.05, -0.25]);

        // Loss = first output in volts, so that its derivative to the outputs is (1, 0).
        NetworkGradient gradient = NetworkAdjoint.Create(solver).Gradient(point, new double[] { 1, 0 });

        CrossbarGradient first = gradient.Layers[0];
        double[] perSiemens = first.PerSiemens.ToArray();
        int strongest = Array.IndexOf(perSiemens, perSiemens.MaxBy(Math.Abs));
        string name = NodeNames.Device(0, strongest / 3, strongest % 3);
        output.Write($"{name}: {1e-3 * perSiemens[strongest]:F4} mV/µS\n");
        output.Write($"word-line segments of layer 1: {1e6 * first.PerWordLineSegmentOhm:F4} mV/kΩ\n");
    }
}
