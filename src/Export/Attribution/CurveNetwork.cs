using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Linear;
using CircuitSim.Circuit.Networks;
using CircuitSim.Training.Phax;

namespace CircuitSim.Export.Attribution;

/// <summary>A circuit whose neurons are ideal sources that follow a curve: its crossbars with their wires, without inverters and so without loading.</summary>
internal static class CurveNetwork
{
    /// <summary>Solves samples layer by layer: gates are the crossbar's response to its sources, sources of the next layer the curve of the gates.</summary>
    /// <param name="circuit">Crossbars and supply.</param>
    /// <param name="curves">Neuron curve of each layer.</param>
    /// <param name="inputVolts">Inputs, volts, row-major [sample, input].</param>
    /// <param name="sampleCount">Samples.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    internal static IReadOnlyList<LayerOperatingPoint> Solve(
        NetworkCircuit circuit, IReadOnlyList<INeuronCurve> curves, ReadOnlyMemory<double> inputVolts, int sampleCount, CancellationToken cancellationToken)
    {
        var layers = new LayerOperatingPoint[circuit.Layers.Count];
        for (int l = 0; l < layers.Length; l++)
        {
            CrossbarSpec crossbar = circuit.Layers[l].Crossbar;
            (int m, int n) = (crossbar.WordLineCount, crossbar.BitLineCount);
            var sources = new double[sampleCount * m];
            for (int s = 0; s < sampleCount; s++)
            {
                Span<double> row = sources.AsSpan(s * m, m);
                for (int k = 0; k < m / 2 - 1; k++)
                    (row[2 * k], row[2 * k + 1]) = l == 0 ? Pair(inputVolts.Span[s * (m / 2 - 1) + k]) : Outputs(layers[l - 1], s, k);
                (row[m - 2], row[m - 1]) = Pair(circuit.SupplyVolts / 2);
            }

            TransferMatrix transfer = TransferMatrix.Compute(crossbar, hasSourceAdmittance: false, cancellationToken: cancellationToken);
            var gates = new double[sampleCount * n];
            Gemm.Multiply(
                GemmView.RowMajor<double>(sources, sampleCount, m), GemmView.RowMajor(transfer.GateResponse.Span, n, m).Transposed, gates, n);
            var (inverted, restored, slope) = (new double[gates.Length], new double[gates.Length], new double[gates.Length]);
            curves[l].Evaluate(gates, inverted, slope, restored, slope);
            layers[l] = new LayerOperatingPoint { NeuronCount = n, GateVolts = gates, InvertedVolts = inverted, RestoredVolts = restored };
        }

        return layers;
    }

    private static (double, double) Pair(double volts) => (volts, -volts);

    private static (double, double) Outputs(LayerOperatingPoint layer, int sample, int neuron) =>
        (layer.InvertedVolts.Span[sample * layer.NeuronCount + neuron], layer.RestoredVolts.Span[sample * layer.NeuronCount + neuron]);
}
