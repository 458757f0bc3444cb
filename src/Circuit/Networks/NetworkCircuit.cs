using System.Globalization;
using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Circuit.Networks;

/// <summary>An inverter network as a circuit: crossbars in series, each bit line feeding two inverters that drive the next crossbar.</summary>
public sealed record NetworkCircuit
{
    /// <summary>Creates a network and checks that its layers fit each other.</summary>
    /// <param name="supplyVolts">Supply Vdd, volts, positive; rails and bias pair are at ±Vdd/2.</param>
    /// <param name="inverter">The inverter used for every neuron.</param>
    /// <param name="layers">Layers from input to output, at least one.</param>
    /// <exception cref="InvalidDesignException">The supply is not positive, or layers do not fit; all violations are listed.</exception>
    public NetworkCircuit(double supplyVolts, InverterModel inverter, IReadOnlyList<LayerCircuit> layers)
    {
        SupplyVolts = supplyVolts;
        Inverter = inverter;
        Layers = [.. layers];
        Check();
    }

    /// <summary>Supply Vdd, volts; rails and bias pair are at plus and minus half of it.</summary>
    public double SupplyVolts { get; }

    /// <summary>The inverter used for every neuron.</summary>
    public InverterModel Inverter { get; }

    /// <summary>Layers from input to output.</summary>
    public IReadOnlyList<LayerCircuit> Layers { get; }

    /// <summary>Number of inputs; each drives two word lines of the first crossbar.</summary>
    public int InputCount => Layers[0].InputCount;

    /// <summary>Number of neurons of the last layer.</summary>
    public int OutputCount => Layers[^1].NeuronCount;

    /// <summary>The same network with ideal wires: segments, and resistances between sources and word lines, are zero.</summary>
    /// <returns>A network with the same devices and inverters.</returns>
    public NetworkCircuit WithIdealWires() =>
        new(SupplyVolts, Inverter, [.. Layers.Select(layer => layer with { Crossbar = layer.Crossbar.WithIdealWires() })]);

    /// <summary>The inverter behind one output: that of the layer's own list, or else the network's.</summary>
    /// <param name="layer">Layer index from 0.</param>
    /// <param name="output">2·neuron for its first inverter, 2·neuron + 1 for its second.</param>
    internal InverterModel InverterAt(int layer, int output) => Layers[layer].Inverters is { } own ? own[output] : Inverter;

    private void Check()
    {
        var violations = new List<string>();
        if (!(SupplyVolts > 0) || !double.IsFinite(SupplyVolts))
            violations.Add(string.Create(CultureInfo.InvariantCulture, $"Supply is {SupplyVolts:R} V; it must be positive."));
        else if (Inverter.SupplyViolation(SupplyVolts) is string mismatch)
            violations.Add(mismatch);
        if (Layers.Count == 0) violations.Add("No layers; at least one is needed.");
        for (int i = 0; i < Layers.Count; i++)
        {
            CrossbarSpec crossbar = Layers[i].Crossbar;
            if (crossbar.BitLineEnd != BitLineEnd.Open)
                violations.Add($"Bit lines of layer {i + 1} end in ground; an inverter layer needs open ends.");
            if (crossbar.WordLineCount < 4 || crossbar.WordLineCount % 2 != 0)
                violations.Add($"Layer {i + 1} has {crossbar.WordLineCount} word lines; two an input and two for the bias are needed.");
            else if (i > 0 && Layers[i].InputCount != Layers[i - 1].NeuronCount)
                violations.Add($"Layer {i + 1} takes {Layers[i].InputCount} inputs, but layer {i} has {Layers[i - 1].NeuronCount} neurons.");
            if (Layers[i].Inverters is { } own && own.Count != 2 * Layers[i].NeuronCount)
                violations.Add($"Layer {i + 1} has {own.Count} inverters of its own; two a neuron, {2 * Layers[i].NeuronCount}, are needed.");
        }

        if (violations.Count > 0) throw new InvalidDesignException("Network circuit", violations);
    }
}
