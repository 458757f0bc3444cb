using CircuitSim.Circuit.Networks;
using CircuitSim.Mapping;
using CircuitSim.Mapping.Devices;
using CircuitSim.Training.Data;
using CircuitSim.Training.Optimizers;
using CircuitSim.Training.Phax;

namespace CircuitSim.Samples;

/// <summary>Fine-tunes a trained network through its exact circuit, on wires that ruin it.</summary>
public static class FineTuneNetwork
{
    /// <summary>Prints whether training in the loop lowered the circuit's loss.</summary>
    /// <param name="output">Receives the text.</param>
    public static void Run(TextWriter output)
    {
        DataSplit split = DataSets.Open("iris").Split(0.8, seed: 3);
        var schedule = new TrainingSchedule { Epochs = 60, BatchSize = 16 };
        PhaxTrainingResult trained = PhaxTrainer.Train(new PhaxTrainingOptions { LayerSizes = [4, 4, 3], Schedule = schedule }, split);
        VoltageSet training = trained.Scaling.ToVolts(split.Training, 0.5), test = trained.Scaling.ToVolts(split.Test, 0.5);

        var mapping = new MappingOptions { Inverter = InverterModel.EkvPhax90, WordLineSegmentOhms = 400e3, BitLineSegmentOhms = 400e3 };
        var options = new InTheLoopOptions { Schedule = schedule with { Epochs = 5 } };
        InTheLoopResult result = InTheLoopTrainer.FineTune(trained.Network, PublishedCards.Phax, mapping, options, training, test);

        output.Write($"epochs in the loop: {result.History.Count}\n");
        output.Write($"loss of the circuit at most 70 % of what it was: {(result.History[^1].Loss < 0.7 * result.Before.Loss ? "yes" : "no")}\n");
    }
}
