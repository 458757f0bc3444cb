using CircuitSim.Circuit.Networks;
using CircuitSim.Mapping;
using CircuitSim.Mapping.Devices;

namespace CircuitSim.Samples;

/// <summary>Solves the circuit of an inverter network exactly, with and without its wires.</summary>
public static class SolveNetwork
{
    /// <summary>Prints the outputs of a 4-3-2 network for one sample.</summary>
    /// <param name="output">Receives the text.</param>
    public static void Run(TextWriter output)
    {
        var mapping = new MappingOptions { Inverter = InverterModel.EkvPhax90, WordLineSegmentOhms = 2000, BitLineSegmentOhms = 2000 };
        NetworkCircuit circuit = NetworkMapper.Map(RandomNetwork.Create(4, 3, 2), PublishedCards.Phax, mapping).Circuit;
        double[] inputVolts = [0.2, -0.1, 0.05, -0.25];

        NetworkOperatingPoint wires = NetworkSolver.Create(circuit).Solve(inputVolts);
        NetworkOperatingPoint ideal = NetworkSolver.Create(circuit.WithIdealWires()).Solve(inputVolts);

        for (int j = 0; j < circuit.OutputCount; j++)
        {
            string node = NodeNames.InvertedOutput(circuit.Layers.Count - 1, j);
            output.Write($"v({node}) = {1e3 * wires.OutputInvertedVolts.Span[j]:F3} mV, with ideal wires {1e3 * ideal.OutputInvertedVolts.Span[j]:F3} mV\n");
        }
    }
}
