using System.Text;
using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Errors;
using CircuitSim.TestSupport;

namespace CircuitSim.Circuit.Tests.Crossbars;

/// <summary>The crossbar file: what it may hold, and errors that name the place.</summary>
[Trait("Kind", "closed form")]
public sealed class CrossbarFileTests
{
    [Fact]
    public void Parse_reads_every_key()
    {
        CrossbarFile file = Parse("""
            {"conductanceSiemens": [[1e-6, null], [3e-6, 4e-6], [0, 1]], "wordLineVolts": [[0.1, -0.2, 0.3], [1, 2, 3]],
             "wordLineSegmentOhms": 1.5, "bitLineSegmentOhms": 2.5, "sourceOhms": 100, "terminalOhms": 7, "bitLineEnd": "ground", "convention": "C2"}
            """);

        Assert.Equal(new CrossbarSpec(3, 2, [1e-6, 0, 3e-6, 4e-6, 0, 1], 1.5, 2.5, 100, 7, BitLineEnd.Ground, WireConvention.C2), file.Crossbar);
        Assert.Equal(2, file.WordLineVolts.Count);
        Assert.Equal([1.0, 2, 3], file.WordLineVolts[1].ToArray());
    }

    [Fact]
    public void Parse_leaves_out_wires_that_are_not_named()
    {
        CrossbarFile file = Parse("""{"wordLineVolts": [1], "resistanceOhms": [[2000, null]], "bitLineEnd": "open"}""");

        Assert.Equal(new CrossbarSpec(1, 2, [1.0 / 2000, 0], bitLineEnd: BitLineEnd.Open), file.Crossbar);
        Assert.Equal([1.0], Assert.Single(file.WordLineVolts).ToArray());
    }

    [Theory]
    [InlineData("""{"conductanceSiemens": [[1, 2], [3]], "wordLineVolts": [1, 2]}""", "$.conductanceSiemens[1]: 1 devices")]
    [InlineData("""{"conductanceSiemens": [[1, -2]], "wordLineVolts": [1]}""", "$.conductanceSiemens[0][1]: -2 is not allowed")]
    [InlineData("""{"conductanceSiemens": [[1, "2"]], "wordLineVolts": [1]}""", "$.conductanceSiemens[0][1]: \"2\" is not allowed")]
    [InlineData("""{"conductanceSiemens": [[1e999]], "wordLineVolts": [1]}""", "$.conductanceSiemens[0][0]: 1e999 is not allowed")]
    [InlineData("""{"conductanceSiemens": [], "wordLineVolts": [1]}""", "$.conductanceSiemens: no word lines")]
    [InlineData("""{"conductanceSiemens": [[]], "wordLineVolts": [1]}""", "$.conductanceSiemens[0]: no devices")]
    [InlineData("""{"conductanceSiemens": 3, "wordLineVolts": [1]}""", "$.conductanceSiemens: 3 where one list for each word line")]
    [InlineData("""{"resistanceOhms": [[0]], "wordLineVolts": [1]}""", "$.resistanceOhms[0][0]: 0 is not allowed")]
    [InlineData("""{"resistanceOhms": [[1]], "conductanceSiemens": [[1]], "wordLineVolts": [1]}""", "exclude each other")]
    [InlineData("""{"conductanceSiemens": [[1]], "wordLineVolts": [1, 2]}""", "$.wordLineVolts: 2 voltages for 1 word lines")]
    [InlineData("""{"conductanceSiemens": [[1]], "wordLineVolts": [[1], [null]]}""", "$.wordLineVolts[1][0]: null is not allowed")]
    [InlineData("""{"conductanceSiemens": [[1]], "wordLineVolts": [[1], 2]}""", "$.wordLineVolts[1]: 2 where a list of volts")]
    [InlineData("""{"conductanceSiemens": [[1]], "wordLineVolts": []}""", "$.wordLineVolts: 0 voltages for 1 word lines")]
    [InlineData("""{"conductanceSiemens": [[1]]}""", "'wordLineVolts' is missing")]
    [InlineData("""{"wordLineVolts": [1]}""", "'conductanceSiemens' (or 'resistanceOhms') is missing")]
    [InlineData("""{"conductanceSiemens": [[1]], "wordLineVolts": [1], "bitLineEnd": "Ground"}""", "$.bitLineEnd: \"Ground\" is not allowed; choose \"ground\" or \"open\"")]
    [InlineData("""{"conductanceSiemens": [[1]], "wordLineVolts": [1], "sourceOhms": -1}""", "$.sourceOhms: -1 is not allowed")]
    [InlineData("""{"conductanceSiemens": [[1]], "wordLineVolts": [1], "sourceOhm": 1}""", "$.sourceOhm: unknown key; allowed: conductanceSiemens")]
    [InlineData("""{"conductanceSiemens": [[1]], "wordLineVolts": [1], "sourceOhms": 1, "sourceOhms": 2}""", "$.sourceOhms: the key stands twice")]
    [InlineData("""{"conductanceSiemens": [[1]], "wordLineVolts": [1], "terminalOhms": 5, "bitLineEnd": "open"}""", "no terminal resistance")]
    [InlineData("""[1]""", "one JSON object")]
    [InlineData("""{"conductanceSiemens": [[1]], "wordLineVolts": [1]} x""", "not JSON")]
    [InlineData("""{"conductanceSiemens": [[1,]], "wordLineVolts": [1]}""", "not JSON")]
    [InlineData("", "not JSON")]
    [InlineData("""{"conductanceSiemens": [[Infinity]], "wordLineVolts": [1]}""", "$.conductanceSiemens[0][0]: Infinity is not allowed")]
    [InlineData("""{"resistanceOhms": [[-Infinity]], "wordLineVolts": [1]}""", "$.resistanceOhms[0][0]: -Infinity is not allowed")]
    [InlineData("""{"resistanceOhms": [[-1e999]], "wordLineVolts": [1]}""", "$.resistanceOhms[0][0]: -1e999 is not allowed")]
    [InlineData("""{"resistanceOhms": [[1e-320]], "wordLineVolts": [1]}""", "$.resistanceOhms[0][0]: 1e-320 is not allowed")]
    [InlineData("""{"conductanceSiemens": [[1]], "wordLineVolts": [Infinity]}""", "$.wordLineVolts[0]: Infinity is not allowed")]
    [InlineData("""{"conductanceSiemens": [[1]], "wordLineVolts": [1], "sourceOhms": "Infinity"}""", "$.sourceOhms: \"Infinity\" is not allowed; it must be a number of ohms, finite")]
    [InlineData("""{"conductanceSiemens": null, "wordLineVolts": [1]}""", "$.conductanceSiemens: null where one list for each word line")]
    [InlineData("""{"conductanceSiemens": [null], "wordLineVolts": [1]}""", "$.conductanceSiemens[0]: null where a list")]
    [InlineData("""{"conductanceSiemens": [[1]], "wordLineVolts": null}""", "$.wordLineVolts: null where a list of volts")]
    [InlineData("""{"conductanceSiemens": [[1]], "wordLineVolts": [[1], null]}""", "$.wordLineVolts[1]: null where a list of volts")]
    [InlineData("""{"conductanceSiemens": [[1]], "wordLineVolts": [1], "\ud800": 1}""", "$.\\ud800: unknown key")]
    [InlineData("""{"conductanceSiemens": [[1]], "wordLineVolts": [1], "bitLineEnd": "\udfff"}""", "$.bitLineEnd: \"\\udfff\" is not allowed")]
    [InlineData("""{"conductanceSiemens": [[1]], "wordLineVolts": ["\udc00"]}""", "$.wordLineVolts[0]: \"\\udc00\" is not allowed")]
    [InlineData("""{"conductanceSiemens": [[1]], "wordLineVolts": [1], "a\u0000b": 1}""", "$.a\\u0000b: unknown key")]
    public void Parse_refuses_with_the_place(string json, string problem)
    {
        InputFileException error = Assert.Throws<InputFileException>(() => Parse(json));

        Assert.StartsWith("test.json", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Infinity")]
    [InlineData("\"Infinity\"")]
    [InlineData("1e999")]
    [InlineData("null")]
    public void An_infinite_resistance_is_an_absent_device(string absent)
    {
        CrossbarFile file = Parse($$"""
            {"resistanceOhms": [[345, 903, {{absent}}], [652, 401, 508]], "wordLineVolts": [1.5, 2.3], "wordLineSegmentOhms": 0.5, "bitLineSegmentOhms": 0.5}
            """);

        CrossbarOperatingPoint point = CrossbarSolver.Factorize(file.Crossbar).Solve(file.WordLineVolts[0].Span);

        Assert.Equal(0, file.Crossbar[0, 2]);
        // Given to six digits.
        Close.Lists([0.00783265, 0.00734863, 0.00449519], point.BitLineEndAmps.Span, 5.1e-9);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused_with_their_place()
    {
        byte[] json = Encoding.UTF8.GetBytes("{\n\"conductance?\":[[1]],\"wordLineVolts\":[1]}");
        json[Array.IndexOf(json, (byte)'?')] = 0xFF;

        InputFileException error = Assert.Throws<InputFileException>(() => CrossbarFile.Parse(json, "test.json"));
        InputFileException wide = Assert.Throws<InputFileException>(() => CrossbarFile.Parse(Encoding.Unicode.GetPreamble(), "test.json"));
        InputFileException deep = Assert.Throws<InputFileException>(() => Parse("{\"conductanceSiemens\": " + new string('[', 100_000)));

        Assert.Equal((2, 13), (error.Line, error.Column));
        Assert.Contains("byte 0xFF is no UTF-8", error.Message, StringComparison.Ordinal);
        Assert.Contains("save the file as UTF-8", wide.Message, StringComparison.Ordinal);
        Assert.Contains("not JSON", deep.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_lists_all_problems_with_their_lines()
    {
        InputFileException error = Assert.Throws<InputFileException>(() => Parse("{\n\"conductanceSiemens\": [[1],\n[-2]],\n\"wordLineVolts\": [1, 2],\n\"colour\": {\"a\": [1]}\n}"));

        Assert.Equal((3, 2), (error.Line, error.Column));
        Assert.Contains("2 problems:\n  line 3, $.conductanceSiemens[1][0]", error.Message, StringComparison.Ordinal);
        Assert.Contains("\n  line 5, $.colour", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_names_a_missing_file()
    {
        Assert.Contains("no-such-file.json", Assert.Throws<InputFileException>(() => CrossbarFile.Read("no-such-file.json")).Message, StringComparison.Ordinal);
    }

    private static CrossbarFile Parse(string json) => CrossbarFile.Parse(Encoding.UTF8.GetBytes(json), "test.json");
}
