using CircuitSim.Circuit.Crossbars;

namespace CircuitSim.Circuit.Networks;

/// <summary>One layer of an inverter network: a crossbar with open bit-line ends, each of which drives a neuron of two inverters in series.</summary>
/// <remarks>
/// For a layer with N inputs the crossbar has 2N + 2 word lines. Word line 2k is driven by +x of input k (first layer) or by the
/// first inverter, <c>n</c>, of neuron k of the layer before; word line 2k + 1 by −x, or by the second inverter, <c>p</c>.
/// The last two word lines are the bias pair at +Vdd/2 and −Vdd/2.
/// </remarks>
/// <param name="Crossbar">Devices and wires of the layer; bit lines end open, in gates.</param>
public sealed record LayerCircuit(CrossbarSpec Crossbar)
{
    /// <summary>Inputs of the layer, without the bias pair.</summary>
    public int InputCount => Crossbar.WordLineCount / 2 - 1;

    /// <summary>Neurons of the layer: one a bit line.</summary>
    public int NeuronCount => Crossbar.BitLineCount;

    /// <summary>
    /// Inverters that differ from one another: first and second inverter of every neuron in turn, two a neuron; null when every one
    /// is the network's.
    /// </summary>
    public IReadOnlyList<EkvInverter>? Inverters { get; init; }
}
