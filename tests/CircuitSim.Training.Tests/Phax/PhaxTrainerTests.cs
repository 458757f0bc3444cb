using CircuitSim.Training.Data;
using CircuitSim.Training.Optimizers;
using CircuitSim.Training.Phax;

namespace CircuitSim.Training.Tests.Phax;

public sealed class PhaxTrainerTests
{
    [Fact]
    [Trait("Kind", "property")]
    public void Training_on_iris_learns_and_repeats_itself_exactly()
    {
        var options = new PhaxTrainingOptions
        {
            LayerSizes = [4, 6, 3],
            Schedule = new TrainingSchedule { Epochs = 60, BatchSize = 16, LearningRate = 0.05 },
        };
        DataSplit split = DataSets.Open("iris").Split(0.8, 3);

        PhaxTrainingResult first = PhaxTrainer.Train(options, split);
        PhaxTrainingResult second = PhaxTrainer.Train(options, split);

        Assert.Equal(60, first.History.Count);
        Assert.True(first.Final.Loss < 0.5 * first.History[0].Loss);
        Assert.True(first.Final.TestAccuracy >= 0.85, $"test accuracy {first.Final.TestAccuracy}");
        Assert.Equal(first.History, second.History);
        Assert.Equal(first.Network.Layers[0].Theta.ToArray(), second.Network.Layers[0].Theta.ToArray());
    }
}
