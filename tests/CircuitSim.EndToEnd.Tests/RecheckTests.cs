using System.Globalization;
using System.Text.Json;
using CircuitSim.TestSupport;

namespace CircuitSim.EndToEnd.Tests;

/// <summary>Exported decks, re-run as a colleague would who has only the run's folder, whole and tampered with.</summary>
[Trait("Kind", "peer")]
public sealed class RecheckTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Run => _folder.File("run");

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void Decks_agree_with_ngspice_and_any_resistor_off_by_one_percent_is_named()
    {
        Ngspice.SkipUnlessInstalled();
        RunNetwork("ngspice");

        CommandResult whole = CommandRunner.Run("check", Run, "--against", "ngspice", "--json");

        Assert.True(whole.ExitCode == 0, whole.Error + whole.Output);
        using (JsonDocument json = JsonDocument.Parse(whole.Output))
        {
            JsonElement[] decks = [.. json.RootElement.GetProperty("decks").EnumerateArray()];
            Assert.Equal(["sample0.cir", "sample1.cir", "sequence.cir"], decks.Select(d => Path.GetFileName(d.GetProperty("file").GetString())));
            Assert.All(decks, d => Assert.Equal("verified", d.GetProperty("status").GetString()));
            // ngspice solves to its tolerance of 1e-12 relative; 1e-9 V is what the project promises.
            Assert.All(decks[..2], d => Assert.InRange(d.GetProperty("worstVolts").GetDouble(), 0, 1e-9));
            Assert.InRange(decks[2].GetProperty("delayDifferencePercent").GetDouble(), 0, 1);
        }

        // A device, a word-line segment that carries next to nothing, and a bit-line segment; the transient too.
        foreach ((string deck, string resistor, double factor) in new[] { ("sample0", "rl1_1_1", 1.01), ("sample1", "rwl1_8_3", 0.99), ("sample1", "rbl2_1_1", 1.01), ("sequence", "rl2_3_2", 0.99) })
        {
            string original = Tamper($"{deck}.cir", resistor, factor);

            CommandResult result = CommandRunner.Run("check", Run, "--against", "ngspice");

            Assert.True(result.ExitCode == 5, $"{resistor}: exit code {result.ExitCode}\n{result.Output}{result.Error}");
            Assert.Contains($"WRONG netlist/ngspice/{deck}.cir: 1 statement is not the run's", result.Output, StringComparison.Ordinal);
            Assert.Contains($"{resistor} is ", result.Output, StringComparison.Ordinal);
            Assert.Contains(factor > 1 ? "(+1 %)" : "(-1 %)", result.Output, StringComparison.Ordinal);
            Assert.Contains("is farthest from the run's solution, by ", result.Output, StringComparison.Ordinal);
            Assert.Contains("1 are wrong", result.Output, StringComparison.Ordinal);
            File.WriteAllText(Deck($"{deck}.cir"), original);
        }
    }

    [SkippableFact]
    public void A_resistor_taken_out_and_one_put_in_are_named()
    {
        Ngspice.SkipUnlessInstalled();
        RunNetwork("ngspice");
        string text = File.ReadAllText(Deck("sample0.cir"));
        string line = text.Split('\n').Single(l => l.StartsWith("rl1_2_1 ", StringComparison.Ordinal));
        File.WriteAllText(Deck("sample0.cir"), text.Replace(line, "rextra l1_g1 0 1e9", StringComparison.Ordinal));

        CommandResult result = CommandRunner.Run("check", Run, "--against", "ngspice");

        Assert.Equal(5, result.ExitCode);
        Assert.Contains($"rl1_2_1 is missing in the deck; the run has: {line}", result.Output, StringComparison.Ordinal);
        Assert.Contains("rextra stands in the deck and not in the run", result.Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void Decks_of_a_network_trained_in_situ_are_rechecked_too()
    {
        Ngspice.SkipUnlessInstalled();
        File.WriteAllText(_folder.File("in-situ.yaml"), """
            name: small-in-situ
            data:    { set: iris, train: 0.5, validation: 0.2 }
            network: { layers: [4, 3, 3] }
            train:   { method: in-situ, mode: numeric, epochs: 2 }
            circuit: { read_volts: 0.1, segment_ohms: 1, terminal_ohms: 10 }
            export:  { dialects: [ngspice, hspice], samples: [0] }

            """);
        CommandResult made = CommandRunner.Run("run", _folder.File("in-situ.yaml"), "--output", Run);
        Assert.True(made.ExitCode == 0, made.Error + made.Output);

        Assert.Equal(0, CommandRunner.Run("check", Run, "--against", "ngspice").ExitCode);
        Tamper("sample0.cir", "rtl1_2", 1.01);
        CommandResult result = CommandRunner.Run("check", Run, "--against", "ngspice");

        Assert.Equal(5, result.ExitCode);
        Assert.Contains("rtl1_2 is 10.1 ohms in the deck and 10 ohms in the run (+1 %)", result.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Run, "netlist", "hspice", "sample0.sp")));
    }

    [SkippableFact]
    public void A_chip_with_faults_and_mismatch_is_found_again_from_its_folder()
    {
        Ngspice.SkipUnlessInstalled();
        CommandResult made = CommandRunner.Run("run", "phax-iris-yield", "--output", Run);
        Assert.True(made.ExitCode == 0, made.Error + made.Output);

        CommandResult result = CommandRunner.Run("check", Run, "--against", "ngspice");

        Assert.True(result.ExitCode == 0, result.Error + result.Output);
        Assert.Contains("30 decks: 30 agree with ngspice", result.Output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_second_version_of_ngspice_agrees_where_its_package_is_given()
    {
        Eecircuit.SkipUnlessGiven();
        RunNetwork("ngspice");

        CommandResult result = CommandRunner.Run("check", Run, "--against", "ngspice-wasm");

        Assert.True(result.ExitCode == 0, result.Error + result.Output);
        Assert.Contains("3 agree with ngspice-45", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_its_package_the_second_version_says_how_to_get_it()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        File.WriteAllText(_folder.File("node"), "");
        var context = new Cli.CliContext { Output = output, Error = error, SearchPath = _folder.Root };

        int missing = await Cli.CommandLine.RunAsync(["check", Run, "--against", "ngspice-wasm"], context);
        int noNode = await Cli.CommandLine.RunAsync(["check", Run, "--against", "ngspice-wasm"], context with { SearchPath = null });

        Assert.Equal(4, missing);
        Assert.Equal(4, noNode);
        Assert.Contains("npm install eecircuit-engine", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("Node.js was not found on the PATH", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Decks_are_written_for_the_simulators_that_export_names()
    {
        RunNetwork("ngspice");

        CommandResult result = CommandRunner.Run("export", Run, "--dialects", "spectre,xyce");
        CommandResult unknown = CommandRunner.Run("export", Run, "--dialects", "pspice");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(["decks.json", "spectre", "xyce"], Directory.GetFileSystemEntries(Path.Combine(Run, "netlist")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Contains("Run: spectre sample0.scs", File.ReadAllText(Path.Combine(Run, "netlist", "spectre", "sample0.scs")), StringComparison.Ordinal);
        Assert.Contains("not run in Xyce", File.ReadAllText(Path.Combine(Run, "netlist", "xyce", "sequence.cir")), StringComparison.Ordinal);
        Assert.Equal(2, unknown.ExitCode);
        Assert.Contains("no 'pspice'; choose from ngspice, xyce", unknown.Error, StringComparison.Ordinal);
    }

    private void RunNetwork(string dialects)
    {
        string path = _folder.File("network.yaml");
        File.WriteAllText(path, $$"""
            name: small
            data:    { set: iris }
            network: { layers: [4, 3, 3] }
            train:   { epochs: 2 }
            circuit: { segment_ohms: 2.5 }
            check:   { samples: 2, against: [behavioural] }
            export:  { dialects: [{{dialects}}], samples: [0, 1] }
            speed:   { samples: 2, hold_seconds: 1e-7 }

            """);
        CommandResult made = CommandRunner.Run("run", path, "--output", Run);
        Assert.True(made.ExitCode == 0, made.Error + made.Output);
    }

    private string Deck(string name) => Path.Combine(Run, "netlist", "ngspice", name);

    /// <summary>Multiplies a resistance in a deck, as one would by hand; gives back the text before.</summary>
    private string Tamper(string deck, string resistor, double factor)
    {
        string original = File.ReadAllText(Deck(deck));
        string line = original.Split('\n').Single(l => l.StartsWith(resistor + " ", StringComparison.Ordinal));
        string[] words = line.Split(' ');
        words[3] = (factor * double.Parse(words[3], CultureInfo.InvariantCulture)).ToString("R", CultureInfo.InvariantCulture);
        File.WriteAllText(Deck(deck), original.Replace(line, string.Join(' ', words), StringComparison.Ordinal));
        return original;
    }
}
