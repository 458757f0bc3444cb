using System.CommandLine;
using System.CommandLine.Parsing;
using CircuitSim.TestSupport;

namespace CircuitSim.Cli.Tests;

[Trait("Kind", "golden")]
public class DocumentedCommandsTests
{
    [Theory]
    [InlineData("docs/netlists.md")]
    public void Every_command_of_a_page_is_understood(string page)
    {
        Command root = CommandLine.Create(new CliContext { Output = TextWriter.Null, Error = TextWriter.Null });
        string[] commands = [.. File.ReadLines(Path.Combine(Repository.Root, page))
            .Where(l => l.StartsWith("circuitsim ", StringComparison.Ordinal)).Select(l => l["circuitsim ".Length..])];

        Assert.NotEmpty(commands);
        Assert.All(commands, c => Assert.Empty(root.Parse(CommandLineParser.SplitCommandLine(c).ToArray()).Errors));
    }
}
