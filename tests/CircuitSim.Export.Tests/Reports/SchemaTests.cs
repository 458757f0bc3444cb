using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using CircuitSim.Export.InSitu;
using CircuitSim.Export.Reports;
using CircuitSim.TestSupport;
using Xunit.Sdk;

namespace CircuitSim.Export.Tests.Reports;

/// <summary>The published schemas say what is written, and what is written keeps them.</summary>
public sealed class SchemaTests
{
    private static readonly string Fidelity = Path.Combine(Repository.Root, "docs", "schemas", "fidelity-1.schema.json");

    [Fact]
    [Trait("Kind", "golden")]
    public void Every_key_that_is_written_is_described()
    {
        Golden.Matches("docs/schemas/fidelity-1.schema.json", PublishedSchema.Of(typeof(FidelityDocument), "fidelity:1", "How far a memristor-crossbar circuit departs from the network it was made from"));
        Golden.Matches("docs/schemas/in-situ-1.schema.json", PublishedSchema.Of(typeof(InSituDocument), "in-situ:1", "A network trained in situ, and how far its circuit departs from it"));
        Assert.Equal(1, FidelityDocument.CurrentSchemaVersion);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void No_description_is_empty()
    {
        foreach (string file in Directory.GetFiles(Path.GetDirectoryName(Fidelity)!, "*.json"))
            Assert.DoesNotMatch("\"description\": \"\"", File.ReadAllText(file));
    }

    [Fact]
    [Trait("Kind", "property")]
    public void A_full_document_keeps_the_schema() => JsonSchemaCheck.Holds(Fidelity, Text());

    [Theory]
    [InlineData("\"seed\": 1,", "\"seed\": 1.5,", "$.seed")]
    [InlineData("\"seed\": 1,", "", "lacks seed")]
    [InlineData("\"seed\": 1,", "\"seed\": 1, \"seeds\": 2,", "seeds is not in the schema")]
    [InlineData("\"schemaVersion\": 1,", "\"schemaVersion\": 2,", "$.schemaVersion")]
    [InlineData("\"signal\": \"gate\"", "\"signal\": \"Gate\"", ".signal")]
    [InlineData("\"sneakRmsMicrovolts\": 4,", "\"sneakRmsMicrovolts\": \"4\",", "$.sneakPaths[0].bitLines[0].sneakRmsMicrovolts")]
    [InlineData("\"gateFarads\": 6E-17,", "\"gateFarads\": null,", "$.speed")]
    [Trait("Kind", "property")]
    public void A_document_that_breaks_the_schema_is_caught(string from, string to, string where)
    {
        string text = Text();
        Assert.Contains(from, text, StringComparison.Ordinal);

        var error = Assert.Throws<XunitException>(() => JsonSchemaCheck.Holds(Fidelity, new Regex(Regex.Escape(from)).Replace(text, to, 1)));

        Assert.Contains(where, error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    [Trait("Kind", "peer")]
    public void Python_jsonschema_agrees()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("document.json"), Text());
        const string check = "import json,sys; from jsonschema import Draft202012Validator as V; s=json.load(open(sys.argv[1])); V.check_schema(s); V(s).validate(json.load(open(sys.argv[2])))";
        Skip.IfNot(Python("import jsonschema") == 0, "needs Python with jsonschema (Debian: apt-get install python3-jsonschema)");

        Assert.Equal(0, Python(check, Fidelity, folder.File("document.json")));
        foreach (string file in Directory.GetFiles(Path.GetDirectoryName(Fidelity)!, "*.json"))
            Assert.Equal(0, Python("import json,sys; from jsonschema import Draft202012Validator as V; V.check_schema(json.load(open(sys.argv[1])))", file));
    }

    private static int Python(string code, params string[] arguments)
    {
        try
        {
            using Process python = Process.Start(new ProcessStartInfo("python3", ["-c", code, .. arguments]) { RedirectStandardError = true })!;
            python.StandardError.ReadToEnd();
            python.WaitForExit();
            return python.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return -1;
        }
    }

    private static string Text()
    {
        using var stream = new MemoryStream();
        FidelityJson.Write(SyntheticFidelity.Document(), stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
