using System.CommandLine;
using CircuitSim.TestSupport;

namespace CircuitSim.Cli.Tests;

[Trait("Kind", "golden")]
public class HelpTests
{
    private static readonly CliContext Silent = new() { Output = TextWriter.Null, Error = TextWriter.Null };

    public static TheoryData<string> Verbs => [.. CommandLine.Create(Silent).Subcommands.Select(c => c.Name)];

    [Fact]
    public async Task The_program_says_what_it_does() => Golden.Matches("tests/CircuitSim.Cli.Tests/Golden/help.txt", await Help());

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task A_verb_says_what_it_does(string verb) =>
        Golden.Matches($"tests/CircuitSim.Cli.Tests/Golden/help-{verb}.txt", await Help(verb));

    [Theory]
    [MemberData(nameof(Verbs))]
    public void A_verb_shows_two_examples_that_parse(string verb)
    {
        Command root = CommandLine.Create(Silent);
        IReadOnlyList<string> examples = ((Verb)root.Subcommands.Single(c => c.Name == verb)).Examples;

        Assert.True(examples.Count >= 2, $"{verb} shows {examples.Count} examples");
        Assert.All(examples, e => Assert.Empty(root.Parse(e).Errors));
    }

    private static async Task<string> Help(params string[] verb)
    {
        using var output = new StringWriter { NewLine = "\n" };
        int code = await CommandLine.RunAsync([.. verb, "--help"], Silent with { Output = output });
        Assert.Equal(0, code);
        return string.Join('\n', output.ToString().ReplaceLineEndings("\n").Split('\n').Select(l => l.TrimEnd()));
    }
}
