using CircuitSim.Training.Data;
using CircuitSim.Training.Optimizers;
using CircuitSim.Training.Phax;

namespace CircuitSim.Samples;

/// <summary>Trains an inverter network in the form in which it is built.</summary>
public static class TrainNetwork
{
    /// <summary>Prints whether a 4-6-3 network learnt the irises.</summary>
    /// <param name="output">Receives the text.</param>
    public static void Run(TextWriter output)
    {
        DataSplit split = DataSets.Open("iris").Split(0.8, seed: 3);
        var options = new PhaxTrainingOptions
        {
            LayerSizes = [4, 6, 3],
            Curve = NeuronCurveKind.Table,
            NominalLoadMinimumSiemens = 0.12e-6,
            Schedule = new TrainingSchedule { Epochs = 60, BatchSize = 16 },
        };
        PhaxTrainingResult result = PhaxTrainer.Train(options, split);
        output.Write($"{result.History.Count} epochs on {split.Training.SampleCount} flowers\n");
        output.Write($"more than 90 % of {split.Test.SampleCount} others recognised: {(result.Final.TestAccuracy > 0.9 ? "yes" : "no")}\n");
    }
}
