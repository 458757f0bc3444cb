using System.Text.Json;
using CircuitSim.Cli;
using CircuitSim.TestSupport;

namespace CircuitSim.EndToEnd.Tests;

/// <summary>Training in situ as a user runs it.</summary>
public sealed class InSituTests : IDisposable
{
    private const string Experiment = """
        name: small
        data:    { set: iris, train: 0.4, validation: 0.3 }
        network: { layers: [4, 6, 3] }
        train:   { method: in-situ, epochs: 20, learning_rate: 0.1 }
        device:  { tables: enode }
        check:   { samples: 20, limits: { spice_volts: 1e-9 } }
        matrix:  { devices: [enode, taox], modes: [numeric, multi], seeds: 2 }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    [Trait("Kind", "peer")]
    public void Every_node_of_ten_wdbc_circuits_trained_in_situ_agrees_with_ngspice()
    {
        Ngspice.SkipUnlessInstalled();

        CommandResult result = CommandRunner.Run("run", "wdbc-in-situ", "--output", _folder.File("wdbc"), "--json", "--quiet");

        Assert.True(result.ExitCode == ExitCode.Done, result.Error + result.Output);
        using JsonDocument json = JsonDocument.Parse(result.Output);
        JsonElement[] checks = [.. json.RootElement.GetProperty("spiceChecks").EnumerateArray()];
        Assert.Equal(10, checks.Length);
        JsonSchemaCheck.Holds(Path.Combine(Repository.Root, "docs", "schemas", "in-situ-1.schema.json"), File.ReadAllText(_folder.File("wdbc/fidelity.json")));
        foreach (JsonElement check in checks)
        {
            Assert.Equal("verified", check.GetProperty("status").GetString());
            Assert.Equal(check.GetProperty("nodeCount").GetInt32(), check.GetProperty("comparedCount").GetInt32());
            // What the project promises.
            Assert.InRange(check.GetProperty("worstVolts").GetDouble(), 0, 1e-9);
        }
    }

    [SkippableFact]
    [Trait("Kind", "peer")]
    public void The_other_data_set_of_the_documentation_runs_and_passes_its_limits()
    {
        Ngspice.SkipUnlessInstalled();
        string file = _folder.File("documented.yaml"), run = _folder.File("documented"), text = Documented();
        File.WriteAllText(file, text);

        CommandResult result = CommandRunner.Run("run", file, "--output", run, "--json", "--quiet");

        Assert.True(result.ExitCode == ExitCode.Done, result.Error + result.Output);
        double[] siemens = [.. File.ReadLines(Path.Combine(run, "devices.csv")).Skip(1).Select(l => double.Parse(l.Split(',')[4], System.Globalization.CultureInfo.InvariantCulture))];
        // Two arrays of 5 x 8 and of 9 x 3 pairs, in the range of the nine devices times 0.45 mS.
        Assert.Equal(2 * (5 * 8 + 9 * 3), siemens.Length);
        Assert.All(siemens, g => Assert.InRange(g, 4.5e-4 * 1.79, 4.5e-4 * 2.2));
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Tables_in_a_unit_of_their_own_are_refused_until_the_unit_is_given()
    {
        string file = _folder.File("documented.yaml"), run = _folder.File("documented");
        File.WriteAllText(file, Documented().Replace(", unit_siemens: 4.5e-4", "", StringComparison.Ordinal));

        CommandResult result = CommandRunner.Run("run", file, "--output", run, "--quiet");

        Assert.Equal(ExitCode.BadInput, result.ExitCode);
        Assert.Contains("2.19419 S", result.Error, StringComparison.Ordinal);
        Assert.Contains("unit_siemens", result.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(run));
    }

    // The last block of the page, as a reader copies it.
    private static string Documented()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "in-situ.md")), section = page[page.IndexOf("## Another data set", StringComparison.Ordinal)..];
        const string fence = "```yaml\n";
        int start = section.IndexOf(fence, StringComparison.Ordinal) + fence.Length;
        return section[start..section.IndexOf("```", start, StringComparison.Ordinal)];
    }

    [Fact]
    [Trait("Kind", "property")]
    public void A_matrix_is_printed_and_kept()
    {
        string file = _folder.File("small.yaml");
        File.WriteAllText(file, Experiment);

        CommandResult first = CommandRunner.Run("run", file, "--matrix", "--output", _folder.File("matrix"), "--quiet");
        CommandResult second = CommandRunner.Run("run", file, "--matrix", "--output", _folder.File("matrix"), "--quiet", "--json", "--threads", "1");

        Assert.Equal((ExitCode.Done, ""), (first.ExitCode, first.Error));
        Assert.Contains("10 trainings in", first.Output, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(second.Output);
        Assert.Equal(0, json.RootElement.GetProperty("trained").GetInt32());
        Assert.Equal(5, json.RootElement.GetProperty("configurations").GetArrayLength());
        Assert.True(File.Exists(_folder.File("matrix/figures/taox-multi-updates.svg")));
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Stages_work_one_by_one_and_print_what_they_did()
    {
        string file = _folder.File("small.yaml"), run = _folder.File("run");
        File.WriteAllText(file, Experiment);

        foreach (string[] args in new string[][] { ["train", file, "--output", run], ["map", run], ["export", run], ["check", run], ["report", run] })
        {
            CommandResult result = CommandRunner.Run([.. args, "--quiet"]);
            Assert.True(result.ExitCode == ExitCode.Done, result.Error + result.Output);
            if (args[0] == "check") Assert.Contains("attribution, sums of the last layer", result.Output, StringComparison.Ordinal);
        }

        Assert.True(File.Exists(Path.Combine(run, "report.html")));
    }

    [Fact]
    [Trait("Kind", "property")]
    public void A_matrix_of_an_inverter_network_is_a_usage_error()
    {
        CommandResult result = CommandRunner.Run("run", "phax-iris", "--matrix");

        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Contains("--matrix trains in situ", result.Error, StringComparison.Ordinal);
    }
}
