using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Linear;

namespace CircuitSim.Circuit.Networks;

/// <summary>One layer prepared for blocks of samples: packed matrices, the coupling of its load, and where Newton starts.</summary>
internal sealed class BatchLayer
{
    private const int StartPoints = 256;

    internal BatchLayer(NetworkCircuit circuit, TransferMatrix[] transfers, int layer, bool ignoresLoading)
    {
        TransferMatrix own = transfers[layer];
        Neurons = own.BitLineCount;
        Response = new DensePanel(own.GateResponse.Span, Neurons, own.WordLineCount, own.WordLineCount);
        PairedResponse = layer == 0 ? FoldPairs(own) : null;
        bool isLoaded = layer + 1 < transfers.Length && !ignoresLoading;
        if (isLoaded)
        {
            TransferMatrix next = transfers[layer + 1];
            Admittance = new DensePanel(next.SourceAdmittanceSiemens.Span, 2 * Neurons, next.WordLineCount, next.WordLineCount);
        }

        Coupling = isLoaded ? LoadCoupling.Of(circuit.Layers[layer + 1].Crossbar, transfers[layer + 1]) : LoadCoupling.None(2 * Neurons);
        (StartInverted, StartRestored) = StartCurves(circuit);
        Inverters = circuit.Layers[layer].Inverters;
        InputShiftVolts = Inverters is null ? null : InverterShift.Of(Inverters, circuit.Inverter, circuit.SupplyVolts);
    }

    internal int Neurons { get; }

    /// <summary>T.</summary>
    internal DensePanel Response { get; }

    /// <summary>T of the first layer with the two columns of a pair subtracted, for inputs ±x; then the bias pair.</summary>
    internal DensePanel? PairedResponse { get; }

    /// <summary>Y of the crossbar that the layer drives, without the rows of the bias pair; null when nothing loads it.</summary>
    internal DensePanel? Admittance { get; }

    internal LoadCoupling Coupling { get; }

    /// <summary>First inverter's output under an average load over the gate voltage from rail to rail.</summary>
    internal double[] StartInverted { get; }

    /// <summary>Second inverter's output, likewise.</summary>
    internal double[] StartRestored { get; }

    /// <summary>Inverters of the layer's own, n and p in turn; null when all are the network's.</summary>
    internal IReadOnlyList<EkvInverter>? Inverters { get; }

    /// <summary>How much further up each of these inverters switches than the network's, volts; null when all are the network's.</summary>
    internal double[]? InputShiftVolts { get; }

    private static DensePanel FoldPairs(TransferMatrix transfer)
    {
        int m = transfer.WordLineCount, pairs = m / 2 - 1;
        var folded = new double[transfer.BitLineCount * (pairs + 2)];
        ReadOnlySpan<double> t = transfer.GateResponse.Span;
        for (int j = 0; j < transfer.BitLineCount; j++)
        {
            for (int k = 0; k < pairs; k++) folded[j * (pairs + 2) + k] = t[j * m + 2 * k] - t[j * m + 2 * k + 1];
            folded[j * (pairs + 2) + pairs] = t[j * m + m - 2];
            folded[j * (pairs + 2) + pairs + 1] = t[j * m + m - 1];
        }

        return new DensePanel(folded, transfer.BitLineCount, pairs + 2, pairs + 2);
    }

    private (double[] Inverted, double[] Restored) StartCurves(NetworkCircuit circuit)
    {
        double load = Coupling.Diagonal.Average();
        var inverted = new double[StartPoints + 1];
        var restored = new double[StartPoints + 1];
        for (int k = 0; k <= StartPoints; k++)
        {
            double gate = circuit.SupplyVolts * ((double)k / StartPoints - 0.5);
            inverted[k] = UnloadedInverter.OutputVolts(circuit.Inverter, gate, circuit.SupplyVolts, load);
            restored[k] = UnloadedInverter.OutputVolts(circuit.Inverter, inverted[k], circuit.SupplyVolts, load);
        }

        return (inverted, restored);
    }
}
