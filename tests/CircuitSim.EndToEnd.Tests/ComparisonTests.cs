using System.Text.Json;
using CircuitSim.Cli;
using CircuitSim.TestSupport;

namespace CircuitSim.EndToEnd.Tests;

/// <summary>Two runs side by side.</summary>
[Trait("Kind", "property")]
public sealed class ComparisonTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Runs_with_other_wires_are_paired_sample_by_sample_and_node_by_node()
    {
        (string ideal, string wired) = (Run("ideal", "0"), Run("wired", "400"));

        CommandResult result = CommandRunner.Run("report", "--compare", ideal, wired, "--output", _folder.File("both"), "--json");

        Assert.True(result.ExitCode == ExitCode.Done, result.Error);
        using JsonDocument json = JsonDocument.Parse(result.Output);
        JsonElement root = json.RootElement;
        Assert.Equal(result.Output, File.ReadAllText(_folder.File("both/comparison.json")) + "\n");
        Assert.Equal(["name", "circuit.segment_ohms"], root.GetProperty("settings").EnumerateArray().Select(s => s.GetProperty("key").GetString()));
        JsonElement[] accuracies = [.. root.GetProperty("accuracies").EnumerateArray()];
        foreach (JsonElement pair in accuracies.Take(2)) PairFits(pair);
        // Both train the same network on the same samples: only the circuit differs.
        Assert.Equal(15, accuracies[0].GetProperty("paired").GetProperty("agreeingCount").GetInt32());
        JsonElement[] voltages = [.. root.GetProperty("voltages").EnumerateArray()];
        Assert.Equal(6, voltages.Length);
        Assert.All(voltages, v =>
        {
            Assert.Equal(15 * 3, v.GetProperty("pairCount").GetInt32());
            double first = v.GetProperty("firstRmsMillivolts").GetDouble(), second = v.GetProperty("secondRmsMillivolts").GetDouble();
            // Every node is recorded here, so that the triangle inequality of rms differences holds, up to rounding.
            Assert.InRange(v.GetProperty("circuitsRmsMillivolts").GetDouble(), Math.Abs(first - second) - 1e-9, first + second + 1e-9);
        });
        string page = File.ReadAllText(_folder.File("both/report.html"));
        Assert.StartsWith("<!DOCTYPE html>", page, StringComparison.Ordinal);
        Assert.Contains("circuit.segment_ohms", page, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder.File("both/figures/attribution.csv")));
    }

    [Fact]
    public void A_run_equals_itself_and_other_seeds_are_not_paired()
    {
        (string one, string other) = (Run("one", "1"), Run("other", "1", seed: 2));

        CommandResult same = CommandRunner.Run("report", "--compare", one, one, "--output", _folder.File("same"));
        CommandResult unlike = CommandRunner.Run("report", "--compare", one, other, "--output", _folder.File("unlike"), "--json");

        Assert.Contains("The experiments are the same", same.Output, StringComparison.Ordinal);
        Assert.Contains("settings that differ\n  none\n", same.Output, StringComparison.Ordinal);
        Assert.Contains("McNemar's p 1\n", same.Output, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(unlike.Output);
        Assert.Contains("the seed decides", json.RootElement.GetProperty("pairing").GetString(), StringComparison.Ordinal);
        Assert.All(json.RootElement.GetProperty("accuracies").EnumerateArray(), a => Assert.Equal(JsonValueKind.Null, a.GetProperty("paired").ValueKind));
        Assert.All(json.RootElement.GetProperty("voltages").EnumerateArray(), v => Assert.Equal(0, v.GetProperty("pairCount").GetInt32()));
    }

    [Fact]
    public void What_cannot_be_compared_is_said()
    {
        string run = Run("run", "1");
        Directory.CreateDirectory(_folder.File("photos"));
        File.WriteAllText(_folder.File("photos/holiday.txt"), "x");

        Assert.Equal((ExitCode.Usage, "error: give RUN, or --compare with two runs, not both.\n"), Result("report", run, "--compare", run, run));
        Assert.Equal(ExitCode.Usage, Result("report").Code);
        Assert.Equal(ExitCode.Usage, Result("report", "--compare", run).Code);
        (int code, string error) = Result("report", "--compare", run, _folder.File("photos"));
        Assert.Equal(ExitCode.BadInput, code);
        Assert.Contains("not a run folder", error, StringComparison.Ordinal);
        (code, error) = Result("report", "--compare", run, run, "--output", _folder.File("photos"));
        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("--force", error, StringComparison.Ordinal);
        Assert.Equal(["holiday.txt"], Directory.GetFileSystemEntries(_folder.File("photos")).Select(Path.GetFileName));
    }

    private static void PairFits(JsonElement pair)
    {
        JsonElement test = pair.GetProperty("paired").GetProperty("mcNemar");
        int both = test.GetProperty("bothCorrectCount").GetInt32(), first = test.GetProperty("onlyTrainedCorrectCount").GetInt32(), second = test.GetProperty("onlyOtherCorrectCount").GetInt32();
        Assert.Equal(pair.GetProperty("first").GetProperty("correctCount").GetInt32(), both + first);
        Assert.Equal(pair.GetProperty("second").GetProperty("correctCount").GetInt32(), both + second);
    }

    private static (int Code, string Error) Result(params string[] args)
    {
        CommandResult result = CommandRunner.Run(args);
        return (result.ExitCode, result.Error);
    }

    private string Run(string name, string ohms, int seed = 1)
    {
        string file = _folder.File(name + ".yaml"), run = _folder.File(name);
        File.WriteAllText(file, $$"""
            name: {{name}}
            seed: {{seed}}
            data:    { set: iris }
            network: { layers: [4, 3, 3] }
            train:   { epochs: 30 }
            circuit: { segment_ohms: {{ohms}} }
            check:   { samples: 15, against: [behavioural] }
            export:  { samples: [0] }

            """);
        CommandResult result = CommandRunner.Run("run", file, "--output", run, "--quiet");
        Assert.True(result.ExitCode == ExitCode.Done, result.Error);
        return run;
    }
}
