using System.Globalization;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Mapping.Networks;

/// <summary>A trained inverter network as plain data: unconstrained weights θ per device, and the curve it was trained with.</summary>
public sealed record TrainedNetwork
{
    /// <summary>Creates a network and checks that its layers fit each other.</summary>
    /// <param name="supplyVolts">Supply Vdd, volts, positive.</param>
    /// <param name="conductanceRatio">K/σ_min: the trainable range of conductance over its minimum, positive.</param>
    /// <param name="neuronCurve">What the neurons were trained as; plain text for the record, for example <c>tanh</c>.</param>
    /// <param name="layers">Layers from input to output, at least one.</param>
    /// <exception cref="InvalidDesignException">A value is out of range or layers do not fit; all violations are listed.</exception>
    public TrainedNetwork(double supplyVolts, double conductanceRatio, string neuronCurve, IReadOnlyList<TrainedLayer> layers)
    {
        SupplyVolts = supplyVolts;
        ConductanceRatio = conductanceRatio;
        NeuronCurve = neuronCurve;
        Layers = [.. layers];
        Check();
    }

    /// <summary>Supply Vdd, volts; inputs and bias pair lie within plus and minus half of it.</summary>
    public double SupplyVolts { get; }

    /// <summary>K/σ_min, dimensionless: σ/σ_min = 1 + ratio·sigmoid(θ).</summary>
    public double ConductanceRatio { get; }

    /// <summary>What the neurons were trained as.</summary>
    public string NeuronCurve { get; }

    /// <summary>Layers from input to output.</summary>
    public IReadOnlyList<TrainedLayer> Layers { get; }

    private void Check()
    {
        var violations = new List<string>();
        if (!(SupplyVolts > 0) || !double.IsFinite(SupplyVolts))
            violations.Add(string.Create(CultureInfo.InvariantCulture, $"Supply is {SupplyVolts:R} V; it must be positive."));
        if (!(ConductanceRatio > 0) || !double.IsFinite(ConductanceRatio))
            violations.Add(string.Create(CultureInfo.InvariantCulture, $"Conductance ratio is {ConductanceRatio:R}; it must be positive."));
        if (Layers.Count == 0) violations.Add("No layers; at least one is needed.");
        for (int i = 1; i < Layers.Count; i++)
        {
            if (Layers[i].InputCount != Layers[i - 1].OutputCount)
                violations.Add($"Layer {i + 1} takes {Layers[i].InputCount} inputs, but layer {i} has {Layers[i - 1].OutputCount} outputs.");
        }

        if (violations.Count > 0) throw new InvalidDesignException("Trained network", violations);
    }
}
