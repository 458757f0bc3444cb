using System.Diagnostics;
using System.Globalization;
using System.Text;
using CircuitSim.Cli;
using CircuitSim.TestSupport;

namespace CircuitSim.EndToEnd.Tests;

/// <summary>The program as a process that is told to stop, or that nobody listens to any more.</summary>
[Trait("Kind", "closed form")]
public sealed class StopTests : IDisposable
{
    // Two seconds are promised; the other tests share the processors.
    private static readonly TimeSpan Promise = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableTheory]
    [InlineData("op")]
    [InlineData("dc")]
    [InlineData("tran")]
    [InlineData("ac")]
    [InlineData("parse")]
    [InlineData("text")]
    [InlineData("json")]
    [InlineData("blocked")]
    public void A_termination_ends_solving_reading_and_writing(string phase)
    {
        Skip.If(OperatingSystem.IsWindows(), "needs kill(1) to send a termination");
        const string Sine = "v1 a 0 sin(0 1 1k)\nr1 a b 1k\nc1 b 0 1n\n";
        string deck = _folder.File("long.cir");
        File.WriteAllText(deck, "t\n" + phase switch
        {
            "op" => Grid(400) + ".op\n",
            "dc" => "v1 a 0 1\nr1 a b 1k\nd1 b 0 dx\n.model dx d\n.dc v1 0 1 0.2u\n",
            "tran" => Sine + "d1 b 0 dx\n.model dx d\n.tran 1n 9m\n",
            "ac" => Sine + "r2 b 0 1k\n.ac lin 5000000 1 1meg\n",
            "parse" => string.Concat(Enumerable.Range(0, 1_500_000).Select(i => $"r{i} n{i} n{i + 1} {{1+{i}*2}}\n")),
            _ => Sine + ".tran 1n 2m\n",
        });
        string[] args = phase == "json" ? ["--json"] : [];
        bool isWriting = phase is "text" or "json" or "blocked";
        using Process program = Start(["solve", deck, .. args]);
        Task? reading = isWriting ? null : program.StandardOutput.ReadToEndAsync();

        if (isWriting) Assert.True(program.StandardOutput.Read() >= 0, "nothing was written");
        // A second of its own time is well past the start of the runtime.
        else WaitUntil(program, () => program.TotalProcessorTime > TimeSpan.FromSeconds(1), "start to work");
        // A reader that stands still must not hold up the end.
        if (phase is "text" or "json") reading = program.StandardOutput.ReadToEndAsync();
        string error = Terminate(program);

        Assert.Contains("error: cancelled", error, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("train", "train:")]
    [InlineData("run", "export:")]
    public void A_termination_leaves_a_folder_that_the_same_command_continues(string verb, string line)
    {
        Skip.If(OperatingSystem.IsWindows(), "needs kill(1) to send a termination");
        string output = _folder.File("out");
        using Process program = Start([verb, "phax-iris", "--output", output, "--verbose"]);
        string? said;
        do said = program.StandardError.ReadLine();
        while (said is not null && !said.Contains(line, StringComparison.Ordinal));
        Assert.NotNull(said);
        Task<string> reading = program.StandardOutput.ReadToEndAsync();

        Terminate(program);

        CommandResult again = CommandRunner.Run(verb, "phax-iris", "--output", output);
        Assert.True(again.ExitCode == 0, again.Error);
    }

    [SkippableFact]
    public void A_termination_ends_a_check_and_a_sweep()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs kill(1) to send a termination");
        string experiment = SweepFiles.WriteExperiment(_folder.File("q.yaml"), "{ chips: 300, grid: { device.spread_percent: [0.5, 2] }, yield: { accuracy_percent: 60 } }");
        string sweep = _folder.File("sweep"), run = _folder.File("run");
        using (Process program = Start(["sweep", experiment, "--output", sweep]))
        {
            Task<string> reading = program.StandardOutput.ReadToEndAsync();
            string journal = Path.Combine(sweep, "journal.jsonl");
            WaitUntil(program, () => File.Exists(journal) && new FileInfo(journal).Length > 0, "finish a chip");
            Terminate(program);
        }

        Assert.Equal(0, CommandRunner.Run("run", "phax-iris", "--output", run).ExitCode);
        File.Delete(Path.Combine(run, "fidelity.json"));
        using (Process program = Start(["check", run, "--verbose"]))
        {
            Task<string> reading = program.StandardOutput.ReadToEndAsync();
            string? said;
            do said = program.StandardError.ReadLine();
            while (said is not null && !said.Contains("check:", StringComparison.Ordinal));
            Assert.NotNull(said);
            Terminate(program);
        }

        Assert.Equal(0, CommandRunner.Run("sweep", experiment, "--output", sweep).ExitCode);
        Assert.Equal(0, CommandRunner.Run("check", run).ExitCode);
    }

    [SkippableFact]
    public void A_reader_that_has_gone_ends_the_program_without_a_word()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs a shell with pipes");
        string deck = _folder.File("long.cir");
        File.WriteAllText(deck, "t\nv1 a 0 sin(0 1 1k)\nr1 a b 1k\nc1 b 0 1n\n.tran 10n 1m\n");
        foreach (string option in new[] { "", "--json" })
        {
            (int code, string output, string error) = Shell($"{Program} solve {deck} {option} | head -1; exit ${{PIPESTATUS[0]}}");

            Assert.Equal((141, 1, ""), (code, output.Count(c => c == '\n'), error));
        }

        Assert.Equal((141, "", ""), Shell($"{Program} info >&-"));
        Assert.Equal(141, Shell($"{Program} info >&- 2>&-").Code);
    }

    [SkippableFact]
    public void A_full_disk_for_results_is_an_error()
    {
        Skip.IfNot(File.Exists("/dev/full"), "needs /dev/full");

        (int code, _, string error) = Shell($"{Program} info > /dev/full");

        Assert.Equal(3, code);
        Assert.StartsWith("error: ", error, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("2>&-")]
    [InlineData("2>/dev/full")]
    public void What_cannot_be_said_is_dropped(string redirection)
    {
        Skip.IfNot(File.Exists("/dev/full"), "needs /dev/full");

        Assert.Equal(0, Shell($"{Program} train phax-iris --output {_folder.File("out")} --verbose {redirection} > {_folder.File("text")}").Code);
        Assert.Equal(3, Shell($"{Program} solve missing.cir {redirection}").Code);
        Assert.Equal(2, Shell($"{Program} solve {redirection}").Code);
    }

    private static string Program => $"dotnet {typeof(CommandLine).Assembly.Location}";

    /// <summary>A square of resistors, whose elimination takes long.</summary>
    private static string Grid(int side)
    {
        var text = new StringBuilder("v1 n0_0 0 1\n");
        for (int i = 0; i < side; i++)
        {
            for (int j = 0; j < side; j++)
                text.Append(CultureInfo.InvariantCulture, $"ra{i}_{j} n{i}_{j} n{i + 1}_{j} 1\nrb{i}_{j} n{i}_{j} n{i}_{j + 1} 1\n");
        }

        return text.Append(CultureInfo.InvariantCulture, $"rl n{side - 1}_{side} 0 1\n").ToString();
    }

    private static void WaitUntil(Process program, Func<bool> isReached, string what)
    {
        var clock = Stopwatch.StartNew();
        while (!program.HasExited && !isReached())
        {
            Assert.True(clock.Elapsed < Patience, $"it did not {what}");
            Thread.Sleep(1);
        }

        Assert.False(program.HasExited, $"it ended before it could {what}");
    }

    private static string Terminate(Process program)
    {
        Task<string> error = program.StandardError.ReadToEndAsync();
        var clock = Stopwatch.StartNew();
        using (Process kill = Process.Start("kill", ["-TERM", program.Id.ToString(CultureInfo.InvariantCulture)])) kill.WaitForExit();
        Assert.True(program.WaitForExit(Patience), "still running after the termination");
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Promise);
        Assert.Equal(130, program.ExitCode);
        return error.Result;
    }

    private (int Code, string Output, string Error) Shell(string line)
    {
        using Process shell = Run(line);
        Task<string> error = shell.StandardError.ReadToEndAsync();
        string output = shell.StandardOutput.ReadToEnd();
        Assert.True(shell.WaitForExit(Patience));
        return (shell.ExitCode, output, error.Result);
    }

    private Process Start(string[] args) => Run($"exec {Program} {string.Join(' ', args)}");

    private Process Run(string line) => Process.Start(new ProcessStartInfo("bash", ["-c", line])
    {
        RedirectStandardError = true,
        RedirectStandardOutput = true,
        WorkingDirectory = _folder.Root,
    })!;
}
