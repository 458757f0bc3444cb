using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Networks;
using CircuitSim.Mapping.ExSitu;
using CircuitSim.Training.ExSitu;

namespace CircuitSim.Export.ExSitu;

/// <summary>Arrays of a transferred network cut into tiles along their word lines; each tile is a circuit with every wire, and its currents are added digitally.</summary>
internal sealed class TransferTiles(DenseNetwork network, WeightPairs[] targets, ReadoutWiring wiring, int tileRows)
{
    internal int Count => Enumerable.Range(0, targets.Length).Sum(l => Rows(l).Count());

    /// <summary>Word lines of the tiles of a layer, first and one past the last; the bias is the last word line of the last tile.</summary>
    internal IEnumerable<(int First, int End)> Rows(int layer)
    {
        int words = network.LayerSizes[layer] + 1;
        for (int first = 0; first < words; first += tileRows) yield return (first, Math.Min(words, first + tileRows));
    }

    /// <summary>Bit lines of a layer: a pair a neuron.</summary>
    internal int BitLineCount(int layer) => 2 * network.LayerSizes[layer + 1];

    /// <summary>One tile with the conductances of a chip; all its word lines are inputs.</summary>
    internal ReadoutNetwork Tile(int layer, (int First, int End) rows, double[] siemens)
    {
        int neurons = network.LayerSizes[layer + 1], lines = BitLineCount(layer);
        double perAmp = 1 / (targets[layer].SiemensPerWeight * wiring.ReadVolts);
        (double word, double bit) = (wiring.WordLineSegmentOhms, wiring.BitLineSegmentOhms);
        var crossbar = new CrossbarSpec(
            rows.End - rows.First, lines, siemens.AsSpan(rows.First * lines, (rows.End - rows.First) * lines).ToArray(), word, bit, wiring.SourceOhms, wiring.TerminalOhms, BitLineEnd.Ground);
        return new ReadoutNetwork(wiring.ReadVolts, hasBias: false, [new ReadoutLayer(crossbar, [.. Enumerable.Range(0, neurons).Select(j => (IReadOnlyList<ReadoutTerm>)
            [new ReadoutTerm(2 * j, perAmp), new ReadoutTerm(2 * j + 1, -perAmp)])])]);
    }

    /// <summary>Parameters that a chip reads as, wires included.</summary>
    internal double[] Parameters(double[][] siemens) =>
        [.. Enumerable.Range(0, siemens.Length).SelectMany(l => Rows(l).SelectMany(rows => PosteriorCircuit.Parameters(Tile(l, rows, siemens[l]))))];

    /// <summary>Inputs of a tile.</summary>
    internal static double[] Inputs(int layer, (int First, int End) rows, IReadOnlyList<double[]> layerInputs) =>
        [.. Enumerable.Range(rows.First, rows.End - rows.First).Select(i => i < layerInputs[layer].Length ? layerInputs[layer][i] : 1)];

    /// <summary>Power that the sources of all tiles deliver for one sample, watts.</summary>
    internal static double Watts(IReadOnlyList<(int Layer, (int First, int End) Rows, ReadoutSolver Solver)> solvers, IReadOnlyList<double[]> layerInputs)
    {
        double watts = 0;
        foreach ((int layer, (int First, int End) rows, ReadoutSolver solver) in solvers)
        {
            ReadoutOperatingPoint point = solver.Solve(Inputs(layer, rows, layerInputs))[0];
            for (int w = 0; w < point.SourceVolts.Length; w++) watts += point.SourceVolts.Span[w] * point.Crossbar.WordLineAmps.Span[w];
        }

        return watts;
    }

    internal IReadOnlyList<(int Layer, (int First, int End) Rows, ReadoutSolver Solver)> Solvers(double[][] siemens) =>
        [.. Enumerable.Range(0, siemens.Length).SelectMany(l => Rows(l).Select(rows => (l, rows, ReadoutSolver.Create(Tile(l, rows, siemens[l])))))];
}
