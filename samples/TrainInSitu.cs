using CircuitSim.Circuit.Networks;
using CircuitSim.Training.Data;
using CircuitSim.Training.InSitu;
using CircuitSim.Training.InSitu.Cores;
using CircuitSim.Training.InSitu.Tables;

namespace CircuitSim.Samples;

/// <summary>Trains a network inside arrays of measured devices and reads it as a circuit with wires.</summary>
public static class TrainInSitu
{
    /// <summary>Prints how the network fares, and one of its sums on paper and in the circuit.</summary>
    /// <param name="output">Receives the text.</param>
    public static void Run(TextWriter output)
    {
        ThreeWaySplit split = ThreeWaySplit.Create(DataSets.Open("wdbc"), 0.4, 0.3, seed: 1);
        var options = new InSituTrainingOptions
        {
            LayerSizes = [30, 16, 2],
            WeightScales = [0.528, 1.694],
            Epochs = 20,
            Core = new CoreOptions { Mode = UpdateMode.Multi },
        };
        InSituResult result = InSituTrainer.Train(options, InSituDevices.Open("dwmtj-sot-300k"), split);
        output.Write($"more than 95 % of {split.Test.SampleCount} samples recognised: {(result.Final.TestAccuracy > 0.95 ? "yes" : "no")}\n");

        ReadoutNetwork circuit = InSituMapper.Map(result.Network, new InSituWiring { SegmentOhms = 1, TerminalOhms = 10 });
        double[] x = FeatureStandardization.Fit(split.Training).Apply(split.Test, hasBias: false)[..30];
        double paper = result.Network.Evaluate(x)[^1].Sums[0], wired = ReadoutSolver.Create(circuit).Solve(x)[^1].Sums.Span[0];
        output.Write($"wires make its first sum smaller: {(Math.Abs(wired) < Math.Abs(paper) ? "yes" : "no")}\n");
    }
}
