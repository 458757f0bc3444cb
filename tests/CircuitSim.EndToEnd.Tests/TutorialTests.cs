using System.Diagnostics;
using System.Text.RegularExpressions;
using CircuitSim.Cli;
using CircuitSim.TestSupport;

namespace CircuitSim.EndToEnd.Tests;

/// <summary>The tutorial, as a reader follows it: every command, in order, in one shell.</summary>
[Trait("Kind", "peer")]
public sealed partial class TutorialTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public void Every_command_of_the_tutorial_runs_and_does_what_it_says()
    {
        Skip.If(OperatingSystem.IsWindows(), "needs a POSIX shell");
        Ngspice.SkipUnlessInstalled();
        string text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "tutorial.md")).ReplaceLineEndings("\n");
        string[] blocks = [.. Commands().Matches(text).Select(m => m.Groups[1].Value)];
        Assert.Equal(text.Split("```sh\n").Length - 1, blocks.Length);
        string data = _folder.File("src/Training/Data");
        Directory.CreateDirectory(data);
        File.Copy(Path.Combine(Repository.Root, "src", "Training", "Data", "wine.csv"), Path.Combine(data, "wine.csv"));
        File.WriteAllText(_folder.File("tutorial.sh"), $"set -euo pipefail\ncircuitsim() {{ dotnet '{typeof(CommandLine).Assembly.Location}' \"$@\"; }}\n{string.Concat(blocks)}");

        using Process shell = Process.Start(new ProcessStartInfo("bash", "tutorial.sh") { WorkingDirectory = _folder.Root, RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = shell.StandardError.ReadToEndAsync();
        string output = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();

        Assert.True(shell.ExitCode == 0, $"exit code {shell.ExitCode}\n{output}\n{errors.Result}");
        Assert.Contains("wines: PASSED. The circuit classifies 98.0 % of 50 held-out samples", output, StringComparison.Ordinal);
        Assert.Contains("exit code 5\n", output, StringComparison.Ordinal);
        Assert.Contains("MISS worst_node_millivolts: 473", output, StringComparison.Ordinal);
        Assert.Contains("circuit.segment_ohms: 2.5 | 1000\n", output, StringComparison.Ordinal);
        Assert.Contains("3 agree with ngspice", output, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder.File("runs/wines-and-wines-thin/report.html")));
    }

    [Fact]
    public void Documents_link_to_files_that_are_there()
    {
        foreach (string name in new[] { "README.md", "docs/tutorial.md", "docs/how-to-choose.md" })
        {
            string folder = Path.GetDirectoryName(Path.Combine(Repository.Root, name))!;
            foreach (Match link in Links().Matches(File.ReadAllText(Path.Combine(Repository.Root, name))))
            {
                string target = link.Groups[1].Value.Split('#')[0];
                Assert.True(Path.Exists(Path.Combine(folder, target)), $"{name} links to '{target}', which is not there.");
            }
        }
    }

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Commands();

    [GeneratedRegex(@"\]\((?!https?:|#)([^)\s]+)\)")]
    private static partial Regex Links();
}
