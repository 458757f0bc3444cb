using System.Text.Json;
using CircuitSim.Cli;
using CircuitSim.TestSupport;

namespace CircuitSim.EndToEnd.Tests;

/// <summary>Files of strangers: whatever they hold, no command of theirs runs. Each tries to make a file, which must never be there.</summary>
[Trait("Kind", "property")]
public sealed class CanaryTests : IDisposable
{
    private const int Samples = 12;

    private readonly TemporaryFolder _folder = new();

    private string Canary => _folder.File("canary");

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void Solving_sixty_decks_runs_no_command_of_theirs()
    {
        Ngspice.SkipUnlessInstalled();
        string deck = _folder.File("stranger.cir");
        File.WriteAllText(_folder.File(".spiceinit"), $"shell touch {Canary}\n");
        File.WriteAllText(_folder.File("evil.inc"), $".control\nshell touch {Canary}\n.endc\n");
        (string Title, string Body)[] injections = [.. Injections()];

        // As many as the project promises.
        Assert.True(injections.Length >= 60, $"{injections.Length} injections");
        foreach ((string title, string body) in injections)
        {
            File.WriteAllText(deck, $"{title}\nv1 a 0 1\nr1 a 0 1k\n{body}\n.op\n.end\n");

            CommandResult result = CommandRunner.Run("solve", deck, "--engine", "ngspice");

            AssertSafe(result, title + "\n" + body);
        }
    }

    [SkippableFact]
    public void Sixty_changed_decks_of_a_run_are_named_and_run_no_command()
    {
        Ngspice.SkipUnlessInstalled();
        string run = MakeRun();
        string[] originals = [.. Enumerable.Range(0, Samples).Select(i => File.ReadAllText(Deck(run, i)))];
        foreach ((string Title, string Body)[] several in Injections().Chunk(Samples))
        {
            for (int i = 0; i < several.Length; i++)
                File.WriteAllText(Deck(run, i), $"{several[i].Title}\n{originals[i].Split('\n', 2)[1].Replace(".op\n", several[i].Body + "\n.op\n", StringComparison.Ordinal)}");

            CommandResult result = CommandRunner.Run("check", run, "--against", "ngspice");

            AssertSafe(result, string.Join('\n', several.Select(s => s.Title + "\n" + s.Body)));
            Assert.True(result.ExitCode == 5, result.Output + result.Error);
            for (int i = 0; i < several.Length; i++)
            {
                // Comments make no difference to a deck.
                if (!several[i].Body.TrimStart().StartsWith('*'))
                    Assert.Contains($"WRONG netlist/ngspice/sample{i}.cir", result.Output, StringComparison.Ordinal);
            }
        }

        // A deck with another analysis, or its own twice, is wrong by itself; the others are checked.
        for (int i = 0; i < Samples; i++) File.WriteAllText(Deck(run, i), originals[i]);
        File.WriteAllText(Deck(run, 1), originals[1].Replace(".op\n", ".tran 1n 5n\n", StringComparison.Ordinal));
        File.WriteAllText(Deck(run, 2), originals[2].Replace(".op\n", ".op\n.op\n", StringComparison.Ordinal));
        CommandResult analyses = CommandRunner.Run("check", run, "--against", "ngspice");
        Assert.Equal(5, analyses.ExitCode);
        Assert.Contains("WRONG netlist/ngspice/sample1.cir", analyses.Output, StringComparison.Ordinal);
        Assert.Contains("WRONG netlist/ngspice/sample2.cir", analyses.Output, StringComparison.Ordinal);
        Assert.Contains($"{Samples} decks: {Samples - 2} agree", analyses.Output, StringComparison.Ordinal);

        if (!Eecircuit.IsGiven) return;
        File.WriteAllText(Deck(run, 0), originals[0].Replace(".op\n", $".control\nshell touch {Canary}\n.endc\n.op\n", StringComparison.Ordinal));
        AssertSafe(CommandRunner.Run("check", run, "--against", "ngspice-wasm"), "control block in wasm");
    }

    [SkippableFact]
    public void Characterising_a_stranger_s_inverter_runs_no_command()
    {
        Ngspice.SkipUnlessInstalled();
        string deck = _folder.File("inverter.cir");
        foreach ((string title, string body) in Injections().Where((_, i) => i % 4 == 0))
        {
            File.WriteAllText(deck, $"{title}\n.subckt inv in out vp vn\nbn out vn i=1e-5*tanh(v(in,vn))\nbp vp out i=1e-5*tanh(v(vp,in))\n{body}\n.ends\n{body}\n.end\n");

            CommandResult result = CommandRunner.Run(
                "characterize", deck, "--subcircuit", "inv", "--input", "in", "--output", "out", "--positive", "vp", "--negative", "vn", "--supply", "0.5", "--points", "17", "--engine", "ngspice");

            AssertSafe(result, title + "\n" + body);
        }
    }

    [Fact]
    public void An_inverter_file_that_holds_commands_is_refused_with_its_lines()
    {
        CommandResult made = CommandRunner.Run(
            "characterize", Path.Combine(Repository.Root, "netlists", "inverters", "vtc-phax90.cir"), "--subcircuit", "inv", "--input", "in", "--output", "out", "--output-file", _folder.File("inv.json"));
        Assert.True(made.ExitCode == 0, made.Error + made.Output);
        string original = File.ReadAllText(_folder.File("inv.json"));
        foreach (string line in new[] { ".control", "*# shell touch x", "r1 `touch x` 0 1", ".csh", "a1 a b x\\n.control", "shell touch x", ".model x d_process(process_file=y)" })
        {
            File.WriteAllText(_folder.File("inv.json"), original.Replace("\"lines\":[", $"\"lines\":[\"{line}\",", StringComparison.Ordinal).Replace("\"lines\": [", $"\"lines\": [\"{line}\",", StringComparison.Ordinal));
            File.WriteAllText(_folder.File("experiment.yaml"), $"name: x\ndata: {{ set: iris }}\nnetwork: {{ layers: [4, 3, 3] }}\ntrain: {{ epochs: 1 }}\ncircuit: {{ inverter: '{_folder.File("inv.json")}' }}\n");

            CommandResult result = CommandRunner.Run("run", _folder.File("experiment.yaml"), "--output", _folder.File("out"));

            // "shell ..." is an element whose name begins with s: harmless text for a simulator that is given no commands.
            if (!line.StartsWith("shell", StringComparison.Ordinal)) Assert.True(result.ExitCode == 3, line + result.Output + result.Error);
            if (result.ExitCode == 3) Assert.Contains("Line 1", result.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_module_in_the_working_folder_is_never_taken()
    {
        string module = _folder.File("node_modules/eecircuit-engine/dist");
        Directory.CreateDirectory(module);
        File.WriteAllText(Path.Combine(module, "eecircuit-engine.mjs"), $"import {{ writeFileSync }} from 'node:fs'; writeFileSync({JsonSerializer.Serialize(Canary)}, '');");
        Assert.Null(NodePackages.Find("eecircuit-engine", Path.Combine(_folder.Root, "program")));
        Assert.NotNull(NodePackages.Find("eecircuit-engine", _folder.Root));
        using var output = new StringWriter();
        using var error = new StringWriter();
        var context = new CliContext { Output = output, Error = error, SearchPath = Environment.GetEnvironmentVariable("PATH"), EecircuitFolder = null };

        int code = await CommandLine.RunAsync(["check", MakeRun(), "--against", "ngspice-wasm"], context);

        Assert.Equal(4, code);
        Assert.False(File.Exists(Canary));
    }

    [SkippableFact]
    public void A_control_block_that_the_user_allows_runs_and_reaches_nothing()
    {
        Ngspice.SkipUnlessInstalled();
        string deck = _folder.File("mine.cir");
        File.WriteAllText(deck, "mine\nv1 a 0 1\nr1 a b 1k\nr2 b 0 1k\n.control\nalter v1 = 4\nop\nprint v(b)\nquit\n.endc\n.end\n");

        CommandResult allowed = CommandRunner.Run("solve", deck, "--engine", "ngspice", "--allow-control");

        Assert.True(allowed.ExitCode == 0, allowed.Error);
        Assert.Contains("v(b) = 2 V", allowed.Output, StringComparison.Ordinal);
        Assert.Contains(".control block was run", allowed.Error, StringComparison.Ordinal);
        foreach (string command in new[]
        {
            $"shell touch {Canary}", $"!touch {Canary}", $"op ; shell touch {Canary}", $"echo x > {Canary}", $"print v(b) >> {Canary}", $"write {Canary}", $"wrdata {Canary} v(b)", "source x", "cd /",
            $"echo `touch {Canary}`", "load x", "codemodel x.cm", "osdi x.osdi", "set f=x\nwrite $f", "alias op shell", "mc_source", "edit", "use x", "setcs x", "rspice x", "aspice x",
        })
        {
            File.WriteAllText(deck, $"mine\nv1 a 0 1\nr1 a b 1k\nr2 b 0 1k\n.control\nop\n{command}\n.endc\n.end\n");

            CommandResult result = CommandRunner.Run("solve", deck, "--engine", "ngspice", "--allow-control");

            AssertSafe(result, command);
            Assert.True(result.ExitCode == 3, $"{command}: exit code {result.ExitCode}\n{result.Output}{result.Error}");
        }
    }

    [SkippableFact]
    public void Files_outside_the_deck_s_folder_need_trust()
    {
        Ngspice.SkipUnlessInstalled();
        Directory.CreateDirectory(_folder.File("kit"));
        Directory.CreateDirectory(_folder.File("work"));
        File.WriteAllText(_folder.File("kit/models.lib"), ".lib tt\n.param r=3k\n.endl\n");
        string deck = _folder.File("work/mine.cir");
        File.WriteAllText(deck, "mine\nv1 a 0 4\nr1 a b 1k\nr2 b 0 {r}\n.lib ../kit/models.lib tt\n.noise v(b) v1 dec 1 1 10\n.op\n.end\n");
        if (!OperatingSystem.IsWindows()) File.CreateSymbolicLink(_folder.File("work/link.lib"), _folder.File("kit/models.lib"));

        CommandResult refused = CommandRunner.Run("solve", deck, "--engine", "ngspice");
        File.WriteAllText(deck, File.ReadAllText(deck).Replace(".noise v(b) v1 dec 1 1 10\n", "", StringComparison.Ordinal));
        CommandResult trusted = CommandRunner.Run("solve", deck, "--engine", "ngspice", "--trust", _folder.File("kit"));
        File.WriteAllText(deck, File.ReadAllText(deck).Replace("../kit/models.lib", "link.lib", StringComparison.Ordinal));
        CommandResult link = CommandRunner.Run("solve", deck, "--engine", "ngspice");
        CommandResult missing = CommandRunner.Run("solve", deck, "--engine", "ngspice", "--trust", _folder.File("nowhere"));

        Assert.Equal(3, refused.ExitCode);
        Assert.Contains("--trust", refused.Error, StringComparison.Ordinal);
        Assert.True(trusted.ExitCode == 0, trusted.Error);
        Assert.Contains("v(b) = 3 V", trusted.Output, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows()) Assert.Equal(3, link.ExitCode);
        Assert.Equal(2, missing.ExitCode);
    }

    private void AssertSafe(CommandResult result, string what)
    {
        Assert.False(File.Exists(Canary), "a command ran: " + what);
        Assert.False(File.Exists(Path.Combine(Environment.CurrentDirectory, "canary")), "a command ran: " + what);
        Assert.True(result.ExitCode is not (1 or 134), $"exit code {result.ExitCode} of\n{what}\n{result.Output}{result.Error}");
    }

    private static string Deck(string run, int sample) => Path.Combine(run, "netlist", "ngspice", $"sample{sample}.cir");

    private string MakeRun()
    {
        string run = _folder.File("run");
        File.WriteAllText(_folder.File("network.yaml"), $$"""
            name: small
            data:    { set: iris }
            network: { layers: [4, 3, 3] }
            train:   { epochs: 1 }
            circuit: { segment_ohms: 2.5 }
            check:   { samples: {{Samples}}, against: [behavioural] }
            export:  { dialects: [ngspice], samples: all }

            """);
        CommandResult made = CommandRunner.Run("run", _folder.File("network.yaml"), "--output", run);
        Assert.True(made.ExitCode == 0, made.Error + made.Output);
        return run;
    }

    // Titles that ngspice takes for orders, commands in and beside blocks, in names, values, options, models, comments and included files.
    private IEnumerable<(string Title, string Body)> Injections()
    {
        string touch = $"touch {Canary}", shell = $"shell {touch}";
        foreach (string title in new[] { "*ng_script", "*ng_script_with_params", "*NG_SCRIPT", " *ng_script", $"`{touch}`", $"*# {shell}", $"$({touch})", $".control", $"t ; {shell}", $"!{touch}" })
        {
            yield return (title, shell);
            yield return (title, $"*# {shell}");
        }

        string[] bodies =
        [
            $".control\n{shell}\n.endc", $".CONTROL\n{shell}\n.ENDC", $" .control\n{shell}\n.endc", $"\t.control\n{shell}\n.endc", $".control {shell}\n.endc",
            $".control\n!{touch}\n.endc", $".control\nop ; {shell}\n.endc", $".control\necho `{touch}`\n.endc", $".control\nset x=`{touch}`\n.endc", $".control\nsource evil.inc\n.endc",
            $".control\n{shell}", $".endc\n.control\n{shell}\n.endc", $".cont\n+rol\n{shell}\n.endc", $".noise v(a) v1 dec 1 1 10\n.control\n{shell}\n.endc",
            $".controls\n{shell}\n.endc", $".controlx\n{shell}\n.endc",
            $"*#{shell}", $"*# {shell}", $" *# {shell}", $"*#alias op {shell}", $"* `{touch}`", $"; `{touch}`", $"$ `{touch}`",
            $"r2 `{touch}` 0 1", $"r`{touch}` a 0 1", $"r2 a 0 1 ; `{touch}`", $"r2 a 0 1 $ `{touch}`", $"r2 a 0 {{`{touch}`}}", $"b1 b 0 v='`{touch}`'",
            $".param x=`{touch}`", $".csparam x='`{touch}`'", $".csparam x={{`{touch}`}}", $".options x=`{touch}`", $".options rawfile={Canary}", $".save `{touch}`", $".print op `{touch}`",
            $".plot op v(a) `{touch}`", $".meas op x param='`{touch}`'", $".ic v(a)=`{touch}`", $".title `{touch}`", $".title *ng_script\n{shell}",
            $".include `{touch}`", ".include evil.inc", ".inc evil.inc", ".lib evil.inc", ".lib evil.inc tt", ".include .spiceinit", ".include ../../../../etc/passwd", "../evil",
            $"a1 [a] [b] null pipe\n.model pipe d_process(process_file=\"/bin/touch\" process_params=[\"{Canary}\"])", $"a1 [a] [b] null c\n.model c d_cosim(simulation=\"{Canary}\")",
            $"a1 %vd [a 0] src\n.model src filesource(file=\"{Canary}\")", $".model m d_source(input_file=\"{Canary}\")", $"shell {touch}", $"!{touch}", $"@{shell}", $"r2 a 0 1 \\\\\n{shell}",
            $"r2 a 0 1\r.control\r{shell}\r.endc", $"r2 a 0 1\u0000\n{shell}", $".if (1)\n.control\n{shell}\n.endc\n.endif", $".subckt s a\n.control\n{shell}\n.endc\n.ends", $".codemodel {Canary}", $".pre_osdi {Canary}",
        ];
        foreach (string body in bodies) yield return ("t", body);
    }
}
