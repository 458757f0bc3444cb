using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Netlists;
using CircuitSim.Circuit.Networks;

namespace CircuitSim.Samples;

/// <summary>Writes the circuit of one PHAX neuron as a SPICE deck.</summary>
public static class WriteDeck
{
    /// <summary>Prints the deck of a neuron with one input.</summary>
    /// <param name="output">Receives the text.</param>
    public static void Run(TextWriter output)
    {
        // Word lines: +x, −x, and the bias pair at plus and minus half the supply.
        var crossbar = new CrossbarSpec(4, 1, [1e-6, 2e-7, 5e-7, 4e-7], wordLineSegmentOhms: 1, bitLineSegmentOhms: 1, bitLineEnd: BitLineEnd.Open);
        var circuit = new NetworkCircuit(supplyVolts: 0.5, InverterModel.EkvSym, [new LayerCircuit(crossbar)]);
        Netlist netlist = Elaborator.Elaborate(circuit, [0.1], new ElaborationOptions { Title = "One neuron" });
        SpiceWriter.Write(netlist, output);
    }
}
