using System.Text.Json;
using CircuitSim.Cli;
using CircuitSim.TestSupport;

namespace CircuitSim.EndToEnd.Tests;

/// <summary>The main job as a user runs it, on the network that ngspice can solve whole.</summary>
[Trait("Kind", "peer")]
public sealed class RunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string OutputFolder => _folder.File("iris");

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void Every_node_of_every_checked_iris_sample_agrees_with_ngspice()
    {
        Ngspice.SkipUnlessInstalled();

        CommandResult result = CommandRunner.Run("run", "phax-iris", "--output", OutputFolder, "--json");

        Assert.True(result.ExitCode == 0, result.Error + result.Output);
        using JsonDocument json = JsonDocument.Parse(result.Output);
        JsonElement[] checks = [.. json.RootElement.GetProperty("spiceChecks").EnumerateArray()];
        Assert.Equal(30, checks.Length);
        foreach (JsonElement check in checks)
        {
            Assert.Equal("verified", check.GetProperty("status").GetString());
            Assert.Equal(check.GetProperty("nodeCount").GetInt32(), check.GetProperty("comparedCount").GetInt32());
            // ngspice solves to its tolerance of 1e-12 relative; 1e-9 V is what the project promises.
            Assert.InRange(check.GetProperty("worstVolts").GetDouble(), 0, 1e-9);
        }
    }

    [Fact]
    public void A_run_leaves_its_files_whole_and_the_next_one_keeps_its_stages()
    {
        CommandResult first = RunQuick();
        DateTime modelTime = File.GetLastWriteTimeUtc(Path.Combine(OutputFolder, "model.json"));
        CommandResult second = RunQuick();

        Assert.True(first.ExitCode == 0, first.Error);
        Assert.Equal(0, second.ExitCode);
        string[] expected =
        [
            "devices.csv", "experiment.yaml", "fidelity.json", "figures", "log.jsonl", "mapping.json", "model.json", "model.theta1.npy", "model.theta2.npy",
            "netlist", "report.html", "stages.json", "training.json",
        ];
        Assert.Equal(expected, Directory.GetFileSystemEntries(OutputFolder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(modelTime, File.GetLastWriteTimeUtc(Path.Combine(OutputFolder, "model.json")));
        Assert.Equal(5, second.Error.Split("unchanged, kept").Length - 1);
        Assert.Equal(5, File.ReadAllLines(Path.Combine(OutputFolder, "log.jsonl")).Length);
        JsonSchemaCheck.Holds(Path.Combine(Repository.Root, "docs", "schemas", "fidelity-1.schema.json"), File.ReadAllText(Path.Combine(OutputFolder, "fidelity.json")));
    }

    [Fact]
    public async Task Without_ngspice_the_run_passes_and_says_what_was_not_verified()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var context = new CliContext { Output = output, Error = error, SearchPath = null };

        int code = await CommandLine.RunAsync(["run", WriteQuick(), "--output", OutputFolder], context);

        Assert.True(code == 0, error.ToString());
        Assert.Contains("ngspice was not found on this machine", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("ngspice was not found on this machine", File.ReadAllText(Path.Combine(OutputFolder, "report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void Other_settings_in_the_same_folder_need_force()
    {
        RunQuick();
        string path = WriteQuick(epochs: 3);

        CommandResult refused = CommandRunner.Run("run", path, "--output", OutputFolder);
        CommandResult forced = CommandRunner.Run("run", path, "--output", OutputFolder, "--force");

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("--force", refused.Error, StringComparison.Ordinal);
        Assert.Equal(0, forced.ExitCode);
    }

    [Fact]
    public void A_missed_limit_is_exit_code_5_and_named()
    {
        string path = WriteQuick(limits: "{ worst_node_millivolts: 0.000001 }");

        CommandResult result = CommandRunner.Run("run", path, "--output", OutputFolder);

        Assert.Equal(5, result.ExitCode);
        Assert.Contains("MISS worst_node_millivolts", result.Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_deck_tampered_with_by_one_percent_is_caught_and_named()
    {
        Ngspice.SkipUnlessInstalled();
        RunQuick();
        string deck = Path.Combine(OutputFolder, "netlist", "ngspice", "sample0.cir");
        string[] lines = File.ReadAllLines(deck);
        int device = Array.FindIndex(lines, l => l.StartsWith("rl1_1_1 ", StringComparison.Ordinal));
        string[] parts = lines[device].Split(' ');
        parts[3] = (1.01 * double.Parse(parts[3], System.Globalization.CultureInfo.InvariantCulture)).ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        lines[device] = string.Join(' ', parts);
        File.WriteAllLines(deck, lines);

        CommandResult result = CommandRunner.Run("check", OutputFolder);

        Assert.Equal(5, result.ExitCode);
        Assert.Contains("sample0.cir", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Stages_can_be_run_one_by_one()
    {
        string path = WriteQuick();

        Assert.Equal(0, CommandRunner.Run("train", path, "--output", OutputFolder).ExitCode);
        Assert.Equal(3, CommandRunner.Run("check", OutputFolder).ExitCode);
        foreach (string verb in new[] { "map", "export", "check", "report" })
            Assert.Equal(0, CommandRunner.Run(verb, OutputFolder).ExitCode);
        Assert.True(File.Exists(Path.Combine(OutputFolder, "report.html")));
    }

    private CommandResult RunQuick() => CommandRunner.Run("run", WriteQuick(), "--output", OutputFolder);

    private string WriteQuick(int epochs = 2, string limits = "{ spice_volts: 1e-9 }")
    {
        string path = _folder.File("quick.yaml");
        File.WriteAllText(path, $$"""
            name: quick
            data:    { set: iris }
            network: { layers: [4, 3, 3] }
            train:   { epochs: {{epochs}} }
            circuit: { segment_ohms: 2.5 }
            check:   { samples: 5, limits: {{limits}} }
            export:  { samples: [0, 1] }

            """);
        return path;
    }
}
