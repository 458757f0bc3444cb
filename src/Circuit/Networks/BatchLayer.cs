using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Linear;

namespace CircuitSim.Circuit.Networks;

/// <summary>One layer prepared for blocks of samples: packed matrices, the coupling of its load, and where Newton starts.</summary>
internal sealed class BatchLayer
{
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
        CouplingFactor = new DensePanel(Coupling.Factor, 2 * Neurons, Coupling.Columns, Coupling.Columns);
        CouplingTransposed = Transposed(Coupling);
        CouplingProducts = Products(Coupling);
        BiasAmps = isLoaded ? AmpsOfBias(circuit, transfers[layer + 1]) : new double[2 * Neurons];
        Start = new StartCurves(circuit, Coupling.Diagonal);
        Inverters = circuit.Layers[layer].Inverters;
        InputShiftVolts = Inverters is null ? new double[2 * Neurons] : InverterShift.Of(Inverters, circuit.Inverter, circuit.SupplyVolts);
    }

    internal int Neurons { get; }

    /// <summary>T.</summary>
    internal DensePanel Response { get; }

    /// <summary>T of the first layer with the two columns of a pair subtracted, for inputs ±x; then the bias pair.</summary>
    internal DensePanel? PairedResponse { get; }

    /// <summary>Y of the crossbar that the layer drives, without the rows of the bias pair; null when nothing loads it.</summary>
    internal DensePanel? Admittance { get; }

    internal LoadCoupling Coupling { get; }

    /// <summary>U of the coupling.</summary>
    internal DensePanel CouplingFactor { get; }

    /// <summary>Uᵀ of the coupling.</summary>
    internal DensePanel CouplingTransposed { get; }

    /// <summary>Products of entries of U with which the inverse of each neuron's 2×2 triangle makes Uᵀ B⁻¹ U, [row and column, three a neuron].</summary>
    internal DensePanel CouplingProducts { get; }

    /// <summary>Current that each output delivers into the bias pair's lines, amperes, with all outputs at 0 V.</summary>
    internal double[] BiasAmps { get; }

    /// <summary>Outputs under load, without the coupling: where Newton begins.</summary>
    internal StartCurves Start { get; }

    /// <summary>Inverters of the layer's own, n and p in turn; null when all are the network's.</summary>
    internal IReadOnlyList<EkvInverter>? Inverters { get; }

    /// <summary>How much further up each inverter switches than the network's, volts.</summary>
    internal double[] InputShiftVolts { get; }

    private static DensePanel Transposed(LoadCoupling coupling)
    {
        int outputs = coupling.Diagonal.Length, r = coupling.Columns;
        var transposed = new double[r * outputs];
        for (int i = 0; i < outputs; i++)
            for (int b = 0; b < r; b++) transposed[b * outputs + i] = coupling.Factor[i * r + b];
        return new DensePanel(transposed, r, outputs, outputs);
    }

    // Entry [b, c] of Uᵀ B⁻¹ U sums n_b·i11·n_c + p_b·i21·n_c + p_b·i22·p_c over the neurons, with n and p the rows of U of its outputs.
    private static DensePanel Products(LoadCoupling coupling)
    {
        int neurons = coupling.Diagonal.Length / 2, r = coupling.Columns;
        var products = new double[r * r * 3 * neurons];
        for (int b = 0; b < r; b++)
            for (int c = 0; c < r; c++)
            {
                Span<double> row = products.AsSpan((b * r + c) * 3 * neurons, 3 * neurons);
                for (int j = 0; j < neurons; j++)
                {
                    ReadOnlySpan<double> n = coupling.Factor.AsSpan(2 * j * r, r), p = coupling.Factor.AsSpan((2 * j + 1) * r, r);
                    (row[3 * j], row[3 * j + 1], row[3 * j + 2]) = (n[b] * n[c], p[b] * n[c], p[b] * p[c]);
                }
            }

        return new DensePanel(products, r * r, 3 * neurons, 3 * neurons);
    }

    private double[] AmpsOfBias(NetworkCircuit circuit, TransferMatrix next)
    {
        int m = next.WordLineCount;
        ReadOnlyMemory<double> y = next.SourceAdmittanceSiemens;
        return [.. Enumerable.Range(0, 2 * Neurons).Select(i => 0.5 * circuit.SupplyVolts * (y.Span[i * m + m - 2] - y.Span[i * m + m - 1]))];
    }

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
}
