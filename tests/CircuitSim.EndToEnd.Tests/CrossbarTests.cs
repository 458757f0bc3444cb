using System.Globalization;
using System.Text.Json;
using CircuitSim.TestSupport;

namespace CircuitSim.EndToEnd.Tests;

/// <summary><c>circuitsim crossbar</c> and its document, whose keys other tools rely on.</summary>
public sealed class CrossbarTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CultureInfo _culture = CultureInfo.CurrentCulture;

    public void Dispose()
    {
        CultureInfo.CurrentCulture = _culture;
        _folder.Dispose();
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_grounded_crossbar_prints_currents_and_all_nodes()
    {
        string file = Write("""{"conductanceSiemens": [[1e-3, null], [2e-3, 4e-3]], "wordLineVolts": [[1, 2], [0, 1]]}""");

        JsonElement root = Solve(file, "--nodes");

        Assert.Equal(
            ["schemaVersion", "method", "iterations", "seconds", "errorEstimateVolts", "bitLineAmps", "wordLineNodeVolts", "bitLineNodeVolts"],
            root.EnumerateObject().Select(p => p.Name));
        Assert.Equal(1, root.GetProperty("schemaVersion").GetInt32());
        Assert.Equal("direct", root.GetProperty("method").GetString());
        // Ideal wires: two products and a sum a bit line, a few roundings.
        Close.Lists([5e-3, 8e-3], Numbers(root.GetProperty("bitLineAmps")[0]), 0, 1e-15);
        Close.Lists([2e-3, 4e-3], Numbers(root.GetProperty("bitLineAmps")[1]), 0, 1e-15);
        Assert.Equal([2.0, 2.0], Numbers(root.GetProperty("wordLineNodeVolts")[0][1]));
        Assert.Equal([0.0, 0.0], Numbers(root.GetProperty("bitLineNodeVolts")[0][1]));
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void An_open_crossbar_prints_volts_and_no_nodes_unless_asked()
    {
        string file = Write("""{"resistanceOhms": [[1000], [3000]], "wordLineVolts": [1, 0], "bitLineEnd": "open", "bitLineSegmentOhms": 10}""");

        JsonElement root = Solve(file);

        Assert.False(root.TryGetProperty("bitLineAmps", out _));
        Assert.False(root.TryGetProperty("wordLineNodeVolts", out _));
        // No current reaches the open end: a divider of 1 kohm against 3 kohm and the segment between, to the solver's 1e-12 V.
        Close.Lists([3000.0 / 4010], Numbers(root.GetProperty("bitLineVolts")[0]), 1e-12);
    }

    [Fact]
    [Trait("Kind", "peer")]
    public void The_badcrossbar_example_has_its_exact_numbers()
    {
        using JsonDocument fixture = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(Repository.Root, "tests/CircuitSim.Circuit.Tests/Crossbars/Data/readme_3x5_exact.json")));
        string ohms = fixture.RootElement.GetProperty("resistance_ohm").GetRawText();
        JsonElement[] cases = [.. fixture.RootElement.GetProperty("cases").EnumerateArray().Take(4)];
        string vectors = string.Join(",", cases.Select(c => c.GetProperty("applied_v").GetRawText()));
        string file = Write($$"""{"resistanceOhms": {{ohms}}, "wordLineVolts": [{{vectors}}], "wordLineSegmentOhms": 0.5, "bitLineSegmentOhms": 0.5}""");

        JsonElement amps = Solve(file).GetProperty("bitLineAmps");

        Assert.Equal(4, amps.GetArrayLength());
        // The fixture is correctly rounded; ours has the solver's 1e-12 V over devices of 1e-2 S in total.
        for (int k = 0; k < 4; k++) Close.Lists(Numbers(cases[k].GetProperty("output_a")), Numbers(amps[k]), 1e-14, 1e-12);
    }

    [Theory]
    [Trait("Kind", "golden")]
    [InlineData("")]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    public void Text_is_the_same_in_every_culture(string culture)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        string file = Write("""{"conductanceSiemens": [[0.5, 0.25]], "wordLineVolts": [[0.5], [1]]}""");

        CommandResult result = CommandRunner.Run("crossbar", file, "--nodes");

        Assert.Equal(0, result.ExitCode);
        string[] lines = result.Output.Split('\n');
        Assert.StartsWith("crossbar 1 x 2: direct, at most 0 iterations, estimated error 0 V, ", lines[0], StringComparison.Ordinal);
        Assert.Equal(
            ["bit line\ti1 (A)\ti2 (A)", "1\t0.25\t0.5", "2\t0.125\t0.25", "word line\tbit line\tw1 (V)\tb1 (V)\tw2 (V)\tb2 (V)", "1\t1\t0.5\t0\t1\t0", "1\t2\t0.5\t0\t1\t0", ""],
            lines[1..]);
    }

    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData("""{"conductanceSiemens": [[1, x]], "wordLineVolts": [1]}""", "(1,29): not JSON: 'x' is an invalid start of a value.")]
    [InlineData("""{"conductanceSiemens": [[0]], "wordLineVolts": [1], "bitLineEnd": "open"}""", "float")]
    public void Bad_files_are_exit_code_3_and_say_where(string json, string place)
    {
        CommandResult result = CommandRunner.Run("crossbar", Write(json), "--json");

        Assert.Equal(3, result.ExitCode);
        OnlyAnError(result);
        Assert.Contains(place, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void What_is_no_text_or_leaves_the_range_of_a_double_is_refused()
    {
        string file = Write("");
        File.WriteAllBytes(file, [.. "{\"conductance"u8, 0xFF, .. "\":[[1]],\"wordLineVolts\":[1]}"u8]);
        CommandResult bytes = CommandRunner.Run("crossbar", file);
        string huge = Write("""{"conductanceSiemens": [[1, 1e308]], "wordLineVolts": [1e10]}""");
        CommandResult[] overflows = [CommandRunner.Run("crossbar", huge, "--json"), CommandRunner.Run("crossbar", huge, "--json", "--method", "transfer")];

        Assert.Equal(3, bytes.ExitCode);
        Assert.Contains("(1,14): $: byte 0xFF is no UTF-8", bytes.Error, StringComparison.Ordinal);
        foreach (CommandResult overflow in overflows)
        {
            Assert.Equal(4, overflow.ExitCode);
            OnlyAnError(overflow);
        }

        Assert.Contains("word line 1, bit line 2 has 1E+308 S", overflows[0].Error, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void The_stated_error_is_a_bound_next_to_wires_of_megohms()
    {
        // One word line, one device of 0.9 S between wires of a megohm: 2 megohm and 1.1 ohm take 0.8 V.
        string file = Write("""{"conductanceSiemens": [[0.9]], "wordLineVolts": [-0.8], "wordLineSegmentOhms": 1e6, "bitLineSegmentOhms": 1e6}""");

        JsonElement root = Solve(file, "--nodes");

        double amps = -0.8 / (2e6 + 1 / 0.9), error = root.GetProperty("errorEstimateVolts").GetDouble();
        // A few roundings of a division.
        Close.Lists([amps], Numbers(root.GetProperty("bitLineAmps")[0]), 0, 1e-15);
        Close.Lists([1e6 * amps], Numbers(root.GetProperty("bitLineNodeVolts")[0][0]), error);
        Assert.InRange(error, 1e-17, 1e-15);
    }

    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData("crossbar", "samples/crossbar-2x3.json", "--method", "transfer")]
    [InlineData("crossbar", "samples/crossbar-2x3.json", "--nodes", "--json")]
    public void The_examples_of_the_help_run(params string[] args)
    {
        args[1] = Path.Combine(Repository.Root, args[1]);

        Assert.Equal(0, CommandRunner.Run(args).ExitCode);
    }

    [Theory]
    [Trait("Kind", "property")]
    [InlineData("open")]
    [InlineData("ground")]
    public void Every_method_gives_the_same_ends(string end)
    {
        string file = Write($$"""
            {"conductanceSiemens": [[1e-6, 2e-6, 4e-6], [3e-6, null, 5e-7]], "wordLineVolts": [[0.2, -0.1], [0.0, 0.25]],
             "wordLineSegmentOhms": 50, "bitLineSegmentOhms": 30, "sourceOhms": 100, "bitLineEnd": "{{end}}"}
            """);
        string key = end == "open" ? "bitLineVolts" : "bitLineAmps";
        JsonElement expected = Solve(file);

        foreach ((string method, string name) in new[] { ("auto", "lineConjugateGradients"), ("cg", "lineConjugateGradients"), ("cholesky", "cholesky"), ("transfer", "transferMatrix") })
        {
            JsonElement actual = Solve(file, "--method", method);

            Assert.Equal(name, actual.GetProperty("method").GetString());
            // The solver's 1e-12 V, over devices of 1e-5 S in total for currents.
            for (int k = 0; k < 2; k++) Close.Lists(Numbers(expected.GetProperty(key)[k]), Numbers(actual.GetProperty(key)[k]), end == "open" ? 2e-12 : 2e-17);
        }
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_dash_reads_standard_input()
    {
        CommandResult result = CommandRunner.RunWithInput("""{"conductanceSiemens": [[0.5, 0.25]], "wordLineVolts": [1]}""", "crossbar", "-", "--json", "--method", "cg");
        CommandResult bad = CommandRunner.RunWithInput("{", "crossbar", "-");

        Assert.Equal([0.5, 0.25], Numbers(JsonDocument.Parse(result.Output).RootElement.GetProperty("bitLineAmps")[0]));
        Assert.Equal(3, bad.ExitCode);
        Assert.Contains("standard input", bad.Error, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData("--method", "transfer", "--nodes")]
    [InlineData("--method", "lu")]
    public void What_a_method_cannot_do_is_a_usage_error(params string[] options)
    {
        CommandResult result = CommandRunner.Run(["crossbar", Path.Combine(Repository.Root, "samples/crossbar-2x3.json"), .. options]);

        Assert.Equal(2, result.ExitCode);
        Assert.Equal("", result.Output);
        Assert.Contains(options[1], result.Error, StringComparison.Ordinal);
    }

    private static void OnlyAnError(CommandResult result)
    {
        using JsonDocument document = JsonDocument.Parse(result.Output);
        Assert.Equal(["schemaVersion", "error"], document.RootElement.EnumerateObject().Select(p => p.Name));
    }

    private string Write(string json)
    {
        string path = _folder.File("crossbar.json");
        File.WriteAllText(path, json);
        return path;
    }

    private static JsonElement Solve(string file, params string[] options)
    {
        CommandResult result = CommandRunner.Run(["crossbar", file, "--json", .. options]);
        Assert.True(result.ExitCode == 0, result.Error);
        return JsonDocument.Parse(result.Output).RootElement;
    }

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(v => v.GetDouble())];
}
