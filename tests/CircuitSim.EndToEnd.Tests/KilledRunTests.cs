using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using CircuitSim.Circuit.Randomness;
using CircuitSim.Cli;
using CircuitSim.TestSupport;

namespace CircuitSim.EndToEnd.Tests;

/// <summary>Runs and sweeps that are killed at any moment, or end on a full disk: the same command afterwards leaves the bytes of an undisturbed one.</summary>
public sealed partial class KilledRunTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    // More by the environment: CIRCUITSIM_KILLS=100 dotnet test … --filter KilledRun
    private static readonly int Kills = int.TryParse(Environment.GetEnvironmentVariable("CIRCUITSIM_KILLS"), NumberStyles.None, CultureInfo.InvariantCulture, out int kills) ? kills : 4;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [Trait("Kind", "property")]
    [InlineData("run")]
    [InlineData("in-situ")]
    [InlineData("sweep")]
    [InlineData("shard")]
    public void Killed_at_a_random_moment_the_same_command_leaves_the_same_bytes(string what)
    {
        Skip.If(OperatingSystem.IsWindows(), "needs kill -9");
        string[] command = Command(what);
        var clock = Stopwatch.StartNew();
        Succeed([.. command, "--output", _folder.File("expected")]);
        double whole = clock.Elapsed.TotalSeconds;
        SortedDictionary<string, string> expected = Bytes(_folder.File("expected"));
        var random = new CounterRandom(1, "moments to kill " + what);

        for (int kill = 0; kill < Kills; kill++)
        {
            string output = _folder.File("killed");
            using Process program = Start("", [.. command, "--output", output]);
            // Half of them as soon as the folder is there, up to 50 ms later; the others anywhere.
            if (kill % 2 == 0)
            {
                var waiting = Stopwatch.StartNew();
                while (!Directory.Exists(output) && !program.HasExited && waiting.Elapsed < Patience) Thread.Yield();
                Thread.Sleep((int)(50 * random.Uniform((ulong)kill)) * (kill / 2 % 2));
            }
            else
            {
                Thread.Sleep((int)(1000 * whole * random.Uniform((ulong)kill)));
            }

            program.Kill();
            program.WaitForExit();
            CommandResult after = CommandRunner.Run([.. command, "--output", output]);

            Assert.True(after.ExitCode is 0 or 5, $"after kill {kill + 1}: {after.Error}");
            Assert.Equal(expected, Bytes(output));
            Directory.Delete(output, recursive: true);
        }
    }

    [SkippableTheory]
    [Trait("Kind", "property")]
    [InlineData("run")]
    [InlineData("sweep")]
    public void On_a_disk_that_is_full_at_any_place_the_run_ends_with_3_and_continues_later(string what)
    {
        Skip.If(OperatingSystem.IsWindows(), "needs a shell that limits the size of files");
        string[] command = Command(what);
        Succeed([.. command, "--output", _folder.File("expected")]);
        SortedDictionary<string, string> expected = Bytes(_folder.File("expected"));
        // The sizes of its files, in KiB: a limit below one of them ends the run at the first file that is larger.
        int[] sizes = [.. Directory.EnumerateFiles(_folder.File("expected"), "*", SearchOption.AllDirectories).Select(f => (int)(new FileInfo(f).Length / 1024)).Where(s => s > 0).Distinct().Order()];
        int count = Math.Min(Math.Max(2, Kills / 2), sizes.Length);

        for (int i = 0; i < count; i++)
        {
            string output = _folder.File("full");
            using Process program = Start(FormattableString.Invariant($"trap '' XFSZ; ulimit -f {sizes[i * sizes.Length / count]}; "), [.. command, "--output", output]);
            string error = program.StandardError.ReadToEnd();
            Assert.True(program.WaitForExit(Patience));
            Assert.True(program.ExitCode == 3, $"{program.ExitCode}: {error}");
            CommandResult after = CommandRunner.Run([.. command, "--output", output]);

            Assert.True(after.ExitCode is 0 or 5, after.Error);
            Assert.Equal(expected, Bytes(output));
            Directory.Delete(output, recursive: true);
        }
    }

    [SkippableFact]
    [Trait("Kind", "closed form")]
    public void Two_runs_on_one_folder_do_not_mix()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs bash");
        string experiment = Experiment("epochs: 100000"), output = _folder.File("out");
        using Process first = Start("", "run", experiment, "--output", output, "--seed", "1");
        try
        {
            var clock = Stopwatch.StartNew();
            while (!File.Exists(Path.Combine(output, ".circuitsim.lock"))) Assert.True(clock.Elapsed < Patience && !first.HasExited, "no lock");

            CommandResult second = CommandRunner.Run("run", experiment, "--output", output, "--seed", "2", "--force");

            Assert.Equal(2, second.ExitCode);
            Assert.Contains(FormattableString.Invariant($"process {first.Id} on "), second.Error, StringComparison.Ordinal);
        }
        finally
        {
            first.Kill();
            first.WaitForExit();
        }
    }

    private static void Succeed(string[] args)
    {
        CommandResult result = CommandRunner.Run(args);
        Assert.True(result.ExitCode is 0 or 5, result.Error);
    }

    private string[] Command(string what) => what switch
    {
        "run" => ["run", Experiment("epochs: 20"), "--quiet"],
        "in-situ" => ["run", InSitu(), "--quiet"],
        "sweep" => ["sweep", SweepFiles.WriteExperiment(_folder.File("s.yaml"), "{ chips: 30, grid: { device.spread_percent: [0.5, 2] } }"), "--quiet"],
        _ => ["sweep", SweepFiles.WriteExperiment(_folder.File("s.yaml"), "{ chips: 60 }"), "--quiet", "--shard", "1/2"],
    };

    private string Experiment(string train)
    {
        string path = _folder.File("quick.yaml");
        File.WriteAllText(path, $$"""
            name: quick
            data:    { set: iris }
            network: { layers: [4, 4, 3] }
            train:   { {{train}} }
            circuit: { segment_ohms: 2 }
            check:   { samples: 10, against: [behavioural] }
            export:  { samples: [0, 1, 2] }
            """);
        return path;
    }

    private string InSitu()
    {
        string path = _folder.File("in-situ.yaml");
        File.WriteAllText(path, """
            name: in-situ
            data:    { set: iris, train: 0.4, validation: 0.3 }
            network: { layers: [4, 5, 3] }
            train:   { method: in-situ, mode: multi, epochs: 5, learning_rate: 0.1, weight_scales: [0.528, 1.694] }
            device:  { tables: taox }
            circuit: { segment_ohms: 1, terminal_ohms: 10 }
            check:   { samples: 10, against: [behavioural] }
            export:  { samples: [0, 1, 2] }
            """);
        return path;
    }

    // Results without times; what happened when is a diary, and a journal is in the order in which chips were finished.
    private static SortedDictionary<string, string> Bytes(string folder)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            string name = Path.GetRelativePath(folder, file);
            if (name is "log.jsonl" or "stages.json" or "report.html") continue;
            files[name] = name == "journal.jsonl" ? string.Join('\n', File.ReadAllLines(file).Order(StringComparer.Ordinal))
                : name.EndsWith(".json", StringComparison.Ordinal) ? Seconds().Replace(File.ReadAllText(file), "$1 0")
                : Convert.ToHexString(File.ReadAllBytes(file));
        }

        return files;
    }

    private Process Start(string shellPrefix, params string[] args)
    {
        // Memory that is mapped twice lives in files, which a limit would forbid.
        string line = $"{shellPrefix}exec dotnet {typeof(CommandLine).Assembly.Location} {string.Join(' ', args)}";
        return Process.Start(new ProcessStartInfo("bash", ["-c", line])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = _folder.Root,
            Environment = { ["DOTNET_EnableWriteXorExecute"] = "0", ["DOTNET_EnableDiagnostics"] = "0" },
        })!;
    }

    [GeneratedRegex("(\"[a-z]*seconds\":) [-+.eE0-9]+", RegexOptions.IgnoreCase)]
    private static partial Regex Seconds();
}
