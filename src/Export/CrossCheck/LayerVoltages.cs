using CircuitSim.Export.Reports;

namespace CircuitSim.Export.CrossCheck;

/// <summary>Voltages of one layer's neurons for a batch of samples, as one engine sees them.</summary>
/// <param name="NeuronCount">Neurons of the layer.</param>
/// <param name="GateVolts">Gate at the end of each bit line, volts, row-major [sample, neuron].</param>
/// <param name="InvertedVolts">Output of each first inverter, volts, row-major [sample, neuron].</param>
/// <param name="RestoredVolts">Output of each second inverter, volts, row-major [sample, neuron].</param>
public sealed record LayerVoltages(
    int NeuronCount, ReadOnlyMemory<double> GateVolts, ReadOnlyMemory<double> InvertedVolts, ReadOnlyMemory<double> RestoredVolts)
{
    /// <summary>Voltages of one signal.</summary>
    /// <param name="signal">Which signal.</param>
    /// <returns>Volts, row-major [sample, neuron].</returns>
    public ReadOnlyMemory<double> this[SignalKind signal] => signal switch
    {
        SignalKind.Gate => GateVolts,
        SignalKind.InvertedOutput => InvertedVolts,
        _ => RestoredVolts,
    };
}
