using System.Text.Json;
using CircuitSim.TestSupport;

namespace CircuitSim.EndToEnd.Tests;

/// <summary>A run that fine-tunes through its circuit says what that won, everywhere that results are read.</summary>
[Trait("Kind", "property")]
public sealed class InTheLoopTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_run_in_the_loop_reports_the_circuit_before_and_after()
    {
        string output = _folder.File("loop");

        CommandResult result = CommandRunner.Run("run", Write("in_the_loop: true, in_the_loop_epochs: 2", segmentOhms: 400e3), "--output", output);

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("circuit, before fine-tuning", result.Output, StringComparison.Ordinal);
        Assert.Contains("before fine-tuning", result.Output.Split('\n')[0], StringComparison.Ordinal);
        Assert.Contains("in_the_loop: true, in_the_loop_epochs: 2, in_the_loop_learning_rate: 0.01 }", File.ReadAllText(Path.Combine(output, "experiment.yaml")), StringComparison.Ordinal);
        Assert.Contains("fine-tuned through its exact circuit", File.ReadAllText(Path.Combine(output, "report.html")), StringComparison.Ordinal);
        using JsonDocument fidelity = JsonDocument.Parse(File.ReadAllText(Path.Combine(output, "fidelity.json")));
        JsonElement loop = fidelity.RootElement.GetProperty("training").GetProperty("inTheLoop");
        Assert.Equal([0, 1, 2], loop.GetProperty("history").EnumerateArray().Select(e => e.GetProperty("epoch").GetInt32()));
        JsonElement[] accuracies = [.. fidelity.RootElement.GetProperty("accuracies").EnumerateArray()];
        double Percent(string name) => accuracies.Single(a => a.GetProperty("name").GetString() == name).GetProperty("percent").GetDouble();
        // The same samples through the same solver: what training saw is what the check finds.
        Assert.Equal(loop.GetProperty("history")[2].GetProperty("testAccuracyPercent").GetDouble(), Percent("circuit, every wire"), 1e-9);
        Assert.Equal(loop.GetProperty("history")[0].GetProperty("testAccuracyPercent").GetDouble(), Percent("circuit, before fine-tuning"), 1e-9);
        Assert.Equal(loop.GetProperty("behaviouralTestAccuracyPercent").GetDouble(), Percent("behavioural, before fine-tuning"), 1e-9);
    }

    [Fact]
    public void Other_wires_train_again_only_in_the_loop()
    {
        string loop = _folder.File("loop"), plain = _folder.File("plain");
        CommandRunner.Run("train", Write("in_the_loop: true, in_the_loop_epochs: 1", 10), "--output", loop);
        CommandRunner.Run("train", Write("in_the_loop: false", 10), "--output", plain);

        CommandResult again = CommandRunner.Run("run", Write("in_the_loop: true, in_the_loop_epochs: 1", 20), "--output", loop, "--force");
        CommandResult kept = CommandRunner.Run("run", Write("in_the_loop: false", 20), "--output", plain, "--force");

        Assert.DoesNotContain("unchanged, kept", again.Error, StringComparison.Ordinal);
        Assert.Contains("unchanged, kept", kept.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("in_the_loop: yes", "'in_the_loop' is 'yes'; it must be true or false.")]
    [InlineData("in_the_loop_epochs: 3", "'in_the_loop_epochs' goes with 'in_the_loop: true'")]
    [InlineData("in_the_loop: true, in_the_loop_epochs: 0", "at least 1")]
    [InlineData("in_the_loop: true, in_the_loop_rate: 1", "unknown key 'in_the_loop_rate' in train; ")]
    public void Wrong_settings_are_refused_with_their_place(string settings, string problem)
    {
        CommandResult result = CommandRunner.Run("train", Write(settings, 1), "--output", _folder.File("out"));

        Assert.Equal(3, result.ExitCode);
        Assert.Contains(problem, result.Error, StringComparison.Ordinal);
    }

    private string Write(string settings, double segmentOhms)
    {
        string path = _folder.File("loop.yaml");
        File.WriteAllText(path, FormattableString.Invariant($$"""
            name: loop
            data:    { set: iris }
            network: { layers: [4, 3, 3] }
            train:   { epochs: 5, {{settings}} }
            circuit: { segment_ohms: {{segmentOhms}} }
            check:   { against: [behavioural], samples: 30 }
            export:  { samples: [0] }

            """));
        return path;
    }
}
