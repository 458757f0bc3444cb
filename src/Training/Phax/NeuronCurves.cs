using CircuitSim.Circuit.Networks;

namespace CircuitSim.Training.Phax;

/// <summary>Makes the neuron curves of a network, one a layer.</summary>
public static class NeuronCurves
{
    /// <summary>Makes one curve a layer, with or without the load of the next crossbar.</summary>
    /// <param name="kind">Tanh or table.</param>
    /// <param name="inverter">Inverter of every neuron.</param>
    /// <param name="supplyVolts">Supply Vdd, volts.</param>
    /// <param name="layerSizes">Inputs, then neurons of each layer; at least two entries.</param>
    /// <param name="nominalLoad">Conductance to mid-rail that a hidden output sees, or null for unloaded curves.</param>
    /// <returns>Curves from the first layer to the last; the last is always unloaded.</returns>
    /// <exception cref="Circuit.Errors.InvalidDesignException">A value is out of range.</exception>
    /// <exception cref="Circuit.Errors.ConvergenceException">The inverter's curve cannot be tabulated or fitted.</exception>
    public static IReadOnlyList<INeuronCurve> Create(
        NeuronCurveKind kind, InverterModel inverter, double supplyVolts, IReadOnlyList<int> layerSizes, NominalLoad? nominalLoad)
    {
        ArgumentNullException.ThrowIfNull(layerSizes);
        ArgumentOutOfRangeException.ThrowIfLessThan(layerSizes.Count, 2, nameof(layerSizes));
        string name = Name(kind, nominalLoad is not null);
        var made = new Dictionary<double, INeuronCurve>();
        var curves = new INeuronCurve[layerSizes.Count - 1];
        for (int layer = 0; layer < curves.Length; layer++)
        {
            bool isLast = layer == curves.Length - 1;
            double load = isLast || nominalLoad is null ? 0 : nominalLoad.Siemens(layerSizes[layer + 2]);
            if (!made.TryGetValue(load, out INeuronCurve? curve))
            {
                VoltageTransferCurve transfer = VoltageTransferCurve.Characterize(inverter, supplyVolts, load);
                curve = kind == NeuronCurveKind.Tanh ? TanhNeuronCurve.Fit(name, transfer) : new TableNeuronCurve(name, transfer);
                made.Add(load, curve);
            }

            curves[layer] = curve;
        }

        return curves;
    }

    /// <summary>The text by which a trained network records its curve.</summary>
    /// <param name="kind">Tanh or table.</param>
    /// <param name="isLoaded">True with a nominal load.</param>
    /// <returns><c>tanh</c>, <c>table</c>, <c>tanh-loaded</c> or <c>table-loaded</c>.</returns>
    public static string Name(NeuronCurveKind kind, bool isLoaded) =>
        (kind == NeuronCurveKind.Tanh ? "tanh" : "table") + (isLoaded ? "-loaded" : "");
}
