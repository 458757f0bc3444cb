using System.Diagnostics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Text.Json;
using CircuitSim.Circuit.Randomness;
using CircuitSim.Cli;
using CircuitSim.TestSupport;

namespace CircuitSim.EndToEnd.Tests;

/// <summary>A sweep as a process: killed, interrupted, and on a disk that is full.</summary>
public sealed class SweepProcessTests : IDisposable
{
    private const string Sweep = "{ chips: 300, grid: { device.spread_percent: [0.5, 2] }, yield: { accuracy_percent: 60 } }";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    [Trait("Kind", "property")]
    public void Killed_at_ten_random_moments_and_resumed_it_leaves_the_same_files()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs kill -9");
        string experiment = SweepFiles.WriteExperiment(_folder.File("q.yaml"), Sweep);
        string expected = _folder.File("expected"), output = _folder.File("killed");
        Assert.Equal(0, CommandRunner.Run("sweep", experiment, "--output", expected).ExitCode);
        long whole = new FileInfo(Path.Combine(expected, "journal.jsonl")).Length;
        var random = new CounterRandom(1, "moments to kill");

        for (int kill = 0; kill < 10; kill++)
        {
            using Process program = Start("", "sweep", experiment, "--output", output);
            // Some chips further than before, so that each life does a random part of the work; at first even before the first chip.
            double share = kill == 0 ? 0 : (kill + random.Uniform((ulong)kill)) / 11;
            WaitForBytes(program, Path.Combine(output, "journal.jsonl"), (long)(share * whole));
            Assert.False(program.HasExited, $"ended by itself before kill {kill + 1}");
            program.Kill();
            program.WaitForExit();
        }

        using Process last = Start("", "sweep", experiment, "--output", output);
        Assert.True(last.WaitForExit(Patience));
        Assert.Equal(0, last.ExitCode);
        Assert.Equal(SweepFiles.Results(expected), SweepFiles.Results(output));
        Assert.Equal(600, File.ReadAllLines(Path.Combine(output, "journal.jsonl")).Length);
    }

    [SkippableFact]
    [Trait("Kind", "closed form")]
    public void An_interrupt_ends_with_130_and_the_sweep_goes_on_later()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs kill(1) to send an interrupt");
        string experiment = SweepFiles.WriteExperiment(_folder.File("q.yaml"), Sweep), output = _folder.File("out"), journal = Path.Combine(output, "journal.jsonl");
        using Process program = Start("", "sweep", experiment, "--output", output);
        WaitForBytes(program, journal, 1);

        using (Process kill = Process.Start("kill", ["-INT", program.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])) kill.WaitForExit();

        Assert.True(program.WaitForExit(Patience), "still running after the interrupt");
        Assert.Equal(130, program.ExitCode);
        int done = File.ReadAllLines(journal).Length;
        Assert.InRange(done, 1, 599);
        Assert.False(File.Exists(Path.Combine(output, "chips.csv")));
        CommandResult resumed = CommandRunner.Run("sweep", experiment, "--output", output);
        Assert.True(resumed.ExitCode == 0, resumed.Error);
        Assert.Equal(601, File.ReadAllLines(Path.Combine(output, "chips.csv")).Length);
    }

    [SkippableFact]
    [Trait("Kind", "closed form")]
    public void A_full_disk_is_an_error_that_loses_nothing()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs a shell that limits the size of files");
        string experiment = SweepFiles.WriteExperiment(_folder.File("q.yaml"), Sweep), output = _folder.File("out"), journal = Path.Combine(output, "journal.jsonl");
        // A limit of 32 KiB on every file stands in for a full disk: writing beyond it fails in the middle of a line.
        using Process program = Start("trap '' XFSZ; ulimit -f 32; ", "sweep", experiment, "--output", output);
        string error = program.StandardError.ReadToEnd();
        Assert.True(program.WaitForExit(Patience));

        Assert.Equal(3, program.ExitCode);
        string[] lines = File.ReadAllLines(journal);
        Assert.Contains($"{lines.Length} chips are recorded and kept", error, StringComparison.Ordinal);
        Assert.EndsWith("\n", File.ReadAllText(journal), StringComparison.Ordinal);

        CommandResult resumed = CommandRunner.Run("sweep", experiment, "--output", output);
        Assert.True(resumed.ExitCode == 0, resumed.Error);
        Assert.Equal(601, File.ReadAllLines(Path.Combine(output, "chips.csv")).Length);
        Assert.Equal(lines, File.ReadAllLines(journal)[..lines.Length]);
    }

    [SkippableFact]
    [Trait("Kind", "property")]
    public void Chips_of_narrower_vectors_are_not_mixed_in_unasked_and_differ_by_rounding()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs bash to set the environment of the process");
        Skip.IfNot(Vector256.IsHardwareAccelerated && Fma.IsSupported, "this processor has no wider vectors to switch off");
        string experiment = SweepFiles.WriteExperiment(_folder.File("q.yaml"), "{ chips: 8 }");
        string wide = _folder.File("wide"), narrow = _folder.File("narrow");
        Assert.Equal(0, CommandRunner.Run("sweep", experiment, "--output", wide).ExitCode);

        // The same trained network, so that chips alone are compared.
        Assert.Equal(0, CommandRunner.Run("sweep", experiment, "--output", narrow).ExitCode);
        File.Delete(Path.Combine(narrow, "journal.jsonl"));
        (int code, _, string error) = Narrow("sweep", experiment, "--output", narrow);
        Assert.True(code == 2, error);
        Assert.Contains("--mix-widths", error, StringComparison.Ordinal);
        Assert.Contains(Circuit.Linear.VectorUnits.Name, error, StringComparison.Ordinal);

        (code, string output, error) = Narrow("sweep", experiment, "--output", narrow, "--mix-widths");
        Assert.True(code == 0, error);
        Assert.Contains("vectors of different width", output, StringComparison.Ordinal);
        using JsonDocument summary = JsonDocument.Parse(File.ReadAllText(Path.Combine(narrow, "summary.json")));
        Assert.Equal(2, summary.RootElement.GetProperty("vectorUnits").GetArrayLength());
        Assert.Equal(Circuit.Linear.VectorUnits.Name, summary.RootElement.GetProperty("vectorUnits")[0].GetString());
        double[] first = Outputs(wide), second = Outputs(narrow);
        Assert.Equal(8, second.Length);
        // Node voltages of different widths agree to 1e-11 V, and so do their rms differences, which are in millivolts.
        Assert.All(first.Zip(second), pair => Close.Numbers(pair.First, pair.Second, 1e-8));

        string shard = _folder.File("shard1");
        Assert.Equal(0, CommandRunner.Run("sweep", experiment, "--output", shard, "--shard", "1/2").ExitCode);
        (code, _, error) = Narrow("sweep", experiment, "--output", _folder.File("shard2"), "--shard", "2/2");
        Assert.True(code == 0, error);
        CommandResult merged = CommandRunner.Run("sweep", "merge", shard, _folder.File("shard2"), "--output", _folder.File("merged"));
        Assert.True(merged.ExitCode is 2 or 3, merged.Error);
        Assert.Matches("--mix-widths|vector units round differently", merged.Error);
    }

    private static double[] Outputs(string folder) =>
    [
        .. File.ReadLines(Path.Combine(folder, "chips.jsonl")).Select(l =>
        {
            using JsonDocument row = JsonDocument.Parse(l);
            return row.RootElement.GetProperty("outputRmsMillivolts").GetDouble();
        }),
    ];

    private (int Code, string Output, string Error) Narrow(params string[] args)
    {
        using Process program = Start("export DOTNET_EnableAVX2=0 DOTNET_EnableAVX512=0 DOTNET_EnableAVX512F=0; ", args);
        Task<string> error = program.StandardError.ReadToEndAsync();
        string output = program.StandardOutput.ReadToEnd();
        program.WaitForExit();
        return (program.ExitCode, output, error.Result);
    }

    private static void WaitForBytes(Process program, string path, long bytes)
    {
        var clock = Stopwatch.StartNew();
        while (!program.HasExited && (!File.Exists(path) || new FileInfo(path).Length < bytes))
        {
            Assert.True(clock.Elapsed < Patience, $"{path} has not grown to {bytes} bytes");
            Thread.Sleep(1);
        }
    }

    private Process Start(string shellPrefix, params string[] args)
    {
        // Memory that is mapped twice lives in files, which the limit would forbid.
        string line = $"{shellPrefix}exec dotnet {typeof(CommandLine).Assembly.Location} {string.Join(' ', args)}";
        return Process.Start(new ProcessStartInfo("bash", ["-c", line])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = _folder.Root,
            Environment = { ["DOTNET_EnableWriteXorExecute"] = "0", ["DOTNET_EnableDiagnostics"] = "0" },
        })!;
    }
}
