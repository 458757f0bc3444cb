using System.Text.Json;
using CircuitSim.Circuit.Errors;
using CircuitSim.TestSupport;

namespace CircuitSim.Cli.Tests;

/// <summary>With <c>--json</c> an error of any verb is one document, and the text stays on the error stream.</summary>
[Trait("Kind", "closed form")]
public sealed class ErrorDocumentTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string[], int> Failing => new()
    {
        { ["solve", "nowhere.cir"], 3 },
        { ["solve"], 2 },
        { ["solve", "a.cir", "--limit", "elements=none"], 2 },
        { ["frobnicate"], 2 },
        { ["crossbar", "nowhere.json"], 3 },
        { ["crossbar", "x.json", "--method", "magic"], 2 },
        { ["run", "nowhere.yaml"], 3 },
        { ["train", "nowhere.yaml"], 3 },
        { ["sweep", "nowhere.yaml"], 3 },
        { ["map", "nowhere"], 3 },
        { ["export", "nowhere"], 3 },
        { ["check", "nowhere"], 3 },
        { ["report", "nowhere"], 3 },
        { ["cite", "nowhere.yaml"], 3 },
        { ["characterize", "nowhere.yaml"], 2 },
        { ["devices", "show", "no-such-card"], 3 },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Failing))]
    public async Task Every_verb_prints_one_document(string[] args, int code)
    {
        (int exit, string output, string error) = await Run([.. args, "--json"]);

        Assert.StartsWith("error:", error, StringComparison.Ordinal);
        JsonSchemaCheck.Holds(Path.Combine(Repository.Root, "docs", "schemas", "error-1.schema.json"), output);
        Assert.Equal(code, exit);
        Assert.Equal("", (await Run(args)).Output);
    }

    [Fact]
    public async Task The_place_in_a_deck_stands_beside_what_is_wrong_and_what_to_do()
    {
        string deck = _folder.File("a.cir");
        await File.WriteAllTextAsync(deck, "t\nr1 a 0 1\nr2 a 0 oops\nc1 a 0 -1\n.end\n");

        JsonElement error = JsonDocument.Parse((await Run(["solve", deck, "--json"])).Output).RootElement.GetProperty("error");

        Assert.Equal(deck, error.GetProperty("file").GetString());
        Assert.Equal((3, 8), (error.GetProperty("line").GetInt32(), error.GetProperty("column").GetInt32()));
        Assert.Equal("found 'oops', expected a resistance in ohms. (1 more on the error stream.)", error.GetProperty("what").GetString());
        Assert.Equal(JsonValueKind.Null, error.GetProperty("next").ValueKind);
    }

    [Theory]
    [InlineData("3 V is wrong; choose 2 V.", "3 V is wrong.", "Choose 2 V.")]
    [InlineData("It is wrong. Choose 2 V.", "It is wrong.", "Choose 2 V.")]
    [InlineData("It is wrong.", "It is wrong.", null)]
    public void The_next_step_is_the_last_sentence_or_behind_the_last_semicolon(string message, string what, string? next)
    {
        ErrorOutput.ErrorDocument document = ErrorOutput.Describe(new InputFileException("a.yaml", message, 4), $"a.yaml(4): {message}");

        Assert.Equal(("a.yaml", 4, what, next), (document.File, document.Line, document.What, document.Next));
    }

    [Fact]
    public async Task What_is_left_out_is_in_the_document_of_a_solve_also_when_quiet()
    {
        string deck = _folder.File("b.cir");
        await File.WriteAllTextAsync(deck, "t\nv1 a 0 1\nr1 a 0 2A\n.plot v(a)\n.control\nprint v(a)\n.endc\n.end\n");

        (int exit, string output, string error) = await Run(["solve", deck, "--json", "--quiet"]);

        Assert.Equal((0, ""), (exit, error));
        JsonSchemaCheck.Holds(Path.Combine(Repository.Root, "docs", "schemas", "solve-1.schema.json"), output);
        JsonElement root = JsonDocument.Parse(output).RootElement;
        Assert.Equal([4, 5], root.GetProperty("leftOut").EnumerateArray().Select(r => r.GetProperty("line").GetInt32()));
        // Atto, .plot, .control, and that no analysis is asked for.
        Assert.Equal(4, root.GetProperty("warnings").GetArrayLength());
    }

    private static async Task<(int Exit, string Output, string Error)> Run(string[] args)
    {
        using StringWriter output = new() { NewLine = "\n" }, error = new() { NewLine = "\n" };
        int exit = await CommandLine.RunAsync(args, new CliContext { Output = output, Error = error });
        return (exit, output.ToString(), error.ToString());
    }
}
