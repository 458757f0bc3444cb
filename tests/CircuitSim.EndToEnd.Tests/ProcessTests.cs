using System.Diagnostics;
using CircuitSim.Cli;
using CircuitSim.TestSupport;

namespace CircuitSim.EndToEnd.Tests;

/// <summary>The program as a process: what a signal does to it.</summary>
[Trait("Kind", "closed form")]
public sealed class ProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public async Task An_interrupt_ends_with_130_and_leaves_nothing_half_written()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs kill(1) to send an interrupt");
        string output = _folder.File("out");
        using Process program = Start("run", "phax-mnist14", "--output", output, "--verbose");
        // The first epoch is reported when training is under way.
        string? line;
        do line = program.StandardError.ReadLine();
        while (line is not null && !line.Contains("epoch", StringComparison.Ordinal));
        Assert.NotNull(line);
        Task<string> rest = program.StandardError.ReadToEndAsync();

        using (Process kill = Process.Start("kill", ["-INT", program.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])) kill.WaitForExit();

        Assert.True(program.WaitForExit(TimeSpan.FromSeconds(30)), "still running 30 s after the interrupt");
        Assert.Equal(130, program.ExitCode);
        Assert.Contains("error: cancelled", await rest, StringComparison.Ordinal);
        Assert.False(Directory.Exists(output));
    }

    [Fact]
    public void Every_example_that_help_shows_can_be_run_as_it_stands()
    {
        string[] files =
        [
            .. Directory.GetFiles(Path.Combine(Repository.Root, "netlists"), "*", SearchOption.AllDirectories),
            .. Directory.GetFiles(Path.Combine(Repository.Root, "samples"), "*.json"),
            .. Directory.GetFiles(Path.Combine(Repository.Root, "samples"), "*.csv"),
        ];
        foreach (string file in files)
        {
            string copy = _folder.File(Path.GetRelativePath(Repository.Root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        var context = new CliContext { Output = TextWriter.Null, Error = TextWriter.Null };
        string[] examples = [.. CommandLine.Create(context).Subcommands.Cast<Verb>().SelectMany(v => v.Examples)];

        Assert.NotEmpty(examples);
        Assert.All(examples, example =>
        {
            using Process program = Start(example.Split(' '));
            Task<string> error = program.StandardError.ReadToEndAsync();
            program.StandardOutput.ReadToEnd();
            program.WaitForExit();
            Assert.True(program.ExitCode == 0, $"'{example}' ended with {program.ExitCode}: {error.Result}");
        });
    }

    [Theory]
    [InlineData("PublishAot")]
    [InlineData("PublishTrimmed")]
    public void A_native_program_whose_documents_would_be_empty_is_not_built(string property)
    {
        using Process build = Process.Start(new ProcessStartInfo(
            "dotnet", ["msbuild", Path.Combine(Repository.Root, "src/Cli/CircuitSim.Cli.csproj"), "-t:PrepareForBuild", $"-p:{property}=true", "-nologo"])
        {
            RedirectStandardOutput = true,
        })!;
        string output = build.StandardOutput.ReadToEnd();
        build.WaitForExit();

        Assert.Equal(1, build.ExitCode);
        Assert.Contains("its JSON documents would be empty", output, StringComparison.Ordinal);
    }

    private Process Start(params string[] args)
    {
        string program = typeof(CommandLine).Assembly.Location;
        return Process.Start(new ProcessStartInfo("dotnet", [program, .. args])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = _folder.Root,
        })!;
    }
}
