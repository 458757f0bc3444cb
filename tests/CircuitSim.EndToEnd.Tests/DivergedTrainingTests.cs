using CircuitSim.Cli;
using CircuitSim.TestSupport;

namespace CircuitSim.EndToEnd.Tests;

/// <summary>A training that diverged is a numerical failure, in every method of an experiment.</summary>
[Trait("Kind", "property")]
public sealed class DivergedTrainingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("train: { epochs: 2, learning_rate: 1e300 }")]
    [InlineData("train: { epochs: 2, learning_rate: 1e307, optimizer: sgd }")]
    [InlineData("train: { method: in-situ, epochs: 2, learning_rate: 1e300 }")]
    [InlineData("train: { method: in-situ, epochs: 2, learning_rate: 1e300, weight_scales: [1, 1] }")]
    public void A_diverged_training_ends_with_exit_code_4(string train)
    {
        string file = _folder.File("mine.yaml"), run = _folder.File("run");
        File.WriteAllText(file, $"name: mine\ndata:    {{ set: iris{(train.Contains("situ", StringComparison.Ordinal) ? ", train: 0.4, validation: 0.3" : "")} }}\nnetwork: {{ layers: [4, 4, 3] }}\n{train}\n");

        CommandResult result = CommandRunner.Run("run", file, "--output", run, "--quiet");

        Assert.True(result.ExitCode == ExitCode.Numerical, $"{result.ExitCode}: {result.Error}{result.Output}");
        Assert.StartsWith("error: Training ", result.Error, StringComparison.Ordinal);
        Assert.Contains("diverged in epoch 1", result.Error, StringComparison.Ordinal);
        Assert.Contains("learning rate is 1E+30", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(run, "model.json")));
        Assert.False(File.Exists(Path.Combine(run, "training.json")));
    }
}
