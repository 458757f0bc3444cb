using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Linear;
using CircuitSim.Circuit.Networks;
using CircuitSim.Circuit.Tests.Crossbars;
using CircuitSim.TestSupport;

namespace CircuitSim.Circuit.Tests.Networks;

public sealed class TransposedLoadTests
{
    [Theory]
    [Trait("Kind", "property")]
    [InlineData(6, 4, 0)]
    [InlineData(20, 10, 2)]
    [InlineData(15, 40, 10)]
    public void Corrections_reach_the_solution_of_dense_elimination(int neurons, int nextNeurons, double ohms)
    {
        var random = new Random(neurons);
        NetworkCircuit circuit = RandomNetworks.Of(random, [neurons, nextNeurons], ohms, ohms, 0, InverterModel.EkvPhax90);
        TransferMatrix transfer = TransferMatrix.Compute(circuit.Layers[0].Crossbar);
        InverterCurrent[] currents = [.. RandomCrossbars.Volts(random, 2 * neurons).Select(v => circuit.Inverter.OutputCurrent(0.2 * v, v, 0.5))];
        double[] a = RandomCrossbars.Volts(random, 2 * neurons, 1), expected = [.. a], actual = [.. a];
        var lu = new DenseLu(2 * neurons);
        for (int i = 0; i < 2 * neurons; i++)
        {
            for (int k = 0; k < 2 * neurons; k++) lu.Matrix[i * 2 * neurons + k] = -transfer.SourceAdmittanceSiemens.Span[i * (2 * neurons + 2) + k];
            lu.Matrix[i * 2 * neurons + i] += currents[i].PerOutputVolt;
            if (i % 2 == 1) lu.Matrix[i * 2 * neurons + i - 1] += currents[i].PerInputVolt;
        }

        lu.Factorize();
        lu.SolveTransposed(expected);
        bool isSolved = new TransposedLoad(LoadCoupling.Of(circuit.Layers[0].Crossbar, transfer), transfer.SourceAdmittanceSiemens).TrySolve(currents, actual);

        Assert.True(isSolved);
        // Both are backward stable; the matrix is well scaled.
        Close.Lists(expected, actual, 1e-11 * expected.Max(Math.Abs));
    }
}
