using System.Text.Json;
using CircuitSim.TestSupport;

namespace CircuitSim.EndToEnd.Tests;

/// <summary>Monte Carlo over chips: results depend on the experiment alone, and wrong input is refused by name.</summary>
public sealed class SweepTests : IDisposable
{
    private const string TwoPoints = "{ chips: 21, grid: { device.spread_percent: [0.5, 2] }, yield: { accuracy_percent: 60 } }";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait("Kind", "property")]
    public void One_and_two_threads_and_seven_shards_in_any_order_leave_the_same_files()
    {
        string experiment = SweepFiles.WriteExperiment(_folder.File("q.yaml"), TwoPoints);
        string one = _folder.File("one"), two = _folder.File("two"), merged = _folder.File("merged");
        string[] shards = [.. Enumerable.Range(1, 7).Select(i => _folder.File($"shard{i}"))];

        Succeed("sweep", experiment, "--output", one, "--threads", "1");
        Succeed("sweep", experiment, "--output", two, "--threads", "2");
        for (int i = 0; i < shards.Length; i++) Succeed("sweep", experiment, "--output", shards[i], "--shard", $"{i + 1}/7");
        Succeed("sweep", "merge", shards[4], shards[0], shards[6], shards[1], shards[2], shards[5], shards[3], "--output", merged);

        SortedDictionary<string, string> expected = SweepFiles.Results(one);
        Assert.Contains("chips.csv", expected.Keys);
        Assert.Contains("netlist/worst/ngspice/sample0.cir", expected.Keys);
        Assert.Equal(43, File.ReadAllLines(Path.Combine(one, "chips.csv")).Length);
        Assert.Equal(expected, SweepFiles.Results(two));
        Assert.Equal(expected, SweepFiles.Results(merged));
    }

    [Fact]
    [Trait("Kind", "property")]
    public void A_stop_rule_ends_at_the_same_chip_with_and_without_shards()
    {
        string experiment = SweepFiles.WriteExperiment(_folder.File("q.yaml"), "{ chips: 60, stop: { half_width_percent: 4, least: 5 } }");
        string whole = _folder.File("whole"), merged = _folder.File("merged");

        Succeed("sweep", experiment, "--output", whole);
        foreach (string i in new[] { "1", "2" }) Succeed("sweep", experiment, "--output", _folder.File(i), "--shard", i + "/2");
        Succeed("sweep", "merge", _folder.File("2"), _folder.File("1"), "--output", merged);

        using JsonDocument summary = JsonDocument.Parse(File.ReadAllText(Path.Combine(whole, "summary.json")));
        JsonElement point = summary.RootElement.GetProperty("points")[0];
        int chips = point.GetProperty("chipCount").GetInt32();
        Assert.InRange(chips, 5, 59);
        Assert.True(point.GetProperty("endedEarly").GetBoolean());
        double half = 1.959963984540054 * point.GetProperty("accuracyPercent").GetProperty("standardDeviation").GetDouble() / Math.Sqrt(chips);
        Assert.InRange(half, 0, 4 + 1e-9);
        Assert.Equal(SweepFiles.Results(whole), SweepFiles.Results(merged));
    }

    [Fact]
    [Trait("Kind", "property")]
    public void A_run_makes_the_chip_that_a_sweep_counts()
    {
        string experiment = SweepFiles.WriteExperiment(_folder.File("q.yaml"), "{ chips: 3 }", more: "chip: 3");
        Succeed("sweep", experiment, "--output", _folder.File("sweep"));
        Succeed("run", experiment, "--output", _folder.File("run"));

        using JsonDocument row = JsonDocument.Parse(File.ReadAllLines(Path.Combine(_folder.File("sweep"), "chips.jsonl"))[2]);
        using JsonDocument fidelity = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder.File("run"), "fidelity.json")));
        JsonElement circuit = fidelity.RootElement.GetProperty("accuracies")[1];
        Assert.Equal(row.RootElement.GetProperty("correctCount").GetInt32(), circuit.GetProperty("correctCount").GetInt32());
        // The circuit is the last rung of the attribution; one and two threads take sums in the same order.
        double rms = fidelity.RootElement.GetProperty("attribution").EnumerateArray().Last().GetProperty("outputRmsMillivolts").GetDouble();
        Close.Numbers(row.RootElement.GetProperty("outputRmsMillivolts").GetDouble(), rms, 1e-9);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Shards_of_different_experiments_are_not_merged()
    {
        string a = SweepFiles.WriteExperiment(_folder.File("a.yaml"), "{ chips: 4 }");
        string b = SweepFiles.WriteExperiment(_folder.File("b.yaml"), "{ chips: 4 }", device: ", conductance_ratio: 5");
        Succeed("sweep", a, "--output", _folder.File("a1"), "--shard", "1/2");
        Succeed("sweep", a, "--output", _folder.File("a2"), "--shard", "2/2");
        Succeed("sweep", b, "--output", _folder.File("b2"), "--shard", "2/2");

        Refuse("only shards of one experiment can be merged", "sweep", "merge", _folder.File("a1"), _folder.File("b2"), "--output", _folder.File("x"));
        Refuse("shard 2 of it is missing", "sweep", "merge", _folder.File("a1"), "--output", _folder.File("x"));
        Refuse("give each shard once", "sweep", "merge", _folder.File("a1"), _folder.File("a1"), "--output", _folder.File("x"));
        Assert.False(Directory.Exists(_folder.File("x")));

        // A shard that is not finished: its journal lacks a line.
        string journal = Path.Combine(_folder.File("a2"), "journal.jsonl");
        File.WriteAllLines(journal, File.ReadAllLines(journal).SkipLast(1));
        Refuse("has 1 of its 2 chips", "sweep", "merge", _folder.File("a1"), _folder.File("a2"), "--output", _folder.File("x"));
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_torn_last_line_is_computed_again_and_a_broken_one_before_it_is_named()
    {
        string experiment = SweepFiles.WriteExperiment(_folder.File("q.yaml"), "{ chips: 5 }"), output = _folder.File("out");
        Succeed("sweep", experiment, "--output", output);
        SortedDictionary<string, string> expected = SweepFiles.Results(output);
        string journal = Path.Combine(output, "journal.jsonl"), text = File.ReadAllText(journal);

        File.WriteAllText(journal, text[..^40]);
        Succeed("sweep", experiment, "--output", output);

        Assert.Equal(expected, SweepFiles.Results(output));
        Assert.Equal(5, File.ReadAllLines(journal).Length);

        string[] lines = File.ReadAllLines(journal);
        lines[1] = lines[1][..30];
        File.WriteAllLines(journal, lines);
        CommandResult broken = CommandRunner.Run("sweep", experiment, "--output", output);
        Assert.Equal(3, broken.ExitCode);
        Assert.Contains("journal.jsonl(2", broken.Error.Replace(", line ", "(", StringComparison.Ordinal).Replace(":2", "(2", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Other_settings_in_the_same_folder_need_force()
    {
        string output = _folder.File("out");
        Succeed("sweep", SweepFiles.WriteExperiment(_folder.File("a.yaml"), "{ chips: 2 }"), "--output", output);
        string other = SweepFiles.WriteExperiment(_folder.File("b.yaml"), "{ chips: 3 }");

        CommandResult refused = CommandRunner.Run("sweep", other, "--output", output);

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("--force", refused.Error, StringComparison.Ordinal);
        Succeed("sweep", other, "--output", output, "--force");
        Assert.Equal(4, File.ReadAllLines(Path.Combine(output, "chips.csv")).Length);
    }

    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData("{ chips: 0 }", "'chips' is '0'; it must be a whole number of at least 1")]
    [InlineData("{ chips: 2, grid: { device.spred: [1] } }", "did you mean 'spread_percent'")]
    [InlineData("{ chips: 2, grid: { device.spread_percent: [1, -1] } }", "grid value 'device.spread_percent: -1'")]
    [InlineData("{ chips: 2, grid: { device.spread_percent: 1 } }", "needs a list of values")]
    [InlineData("{ chips: 2, grid: { sweep.chips: [1] } }", "cannot be varied")]
    [InlineData("{ chips: 2, yield: { } }", "one of them is needed")]
    [InlineData("{ chips: 2, stop: { least: 5 } }", "'half_width_percent' is missing")]
    public void A_wrong_sweep_is_refused_with_its_place(string sweep, string expected) =>
        Refuse(expected, "sweep", SweepFiles.WriteExperiment(_folder.File("q.yaml"), sweep), "--output", _folder.File("x"));

    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData("3/2")]
    [InlineData("0/2")]
    [InlineData("one")]
    public void A_wrong_shard_is_a_usage_error(string shard)
    {
        CommandResult result = CommandRunner.Run("sweep", SweepFiles.WriteExperiment(_folder.File("q.yaml"), "{ chips: 2 }"), "--shard", shard);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("write i/n", result.Error, StringComparison.Ordinal);
    }

    private static void Succeed(params string[] args)
    {
        CommandResult result = CommandRunner.Run(args);
        Assert.True(result.ExitCode == 0, $"{string.Join(' ', args)}: {result.Error}");
    }

    private static void Refuse(string expected, params string[] args)
    {
        CommandResult result = CommandRunner.Run(args);
        Assert.Equal(3, result.ExitCode);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
    }
}
