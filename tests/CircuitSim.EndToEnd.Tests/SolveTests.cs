using System.Text.Json;
using CircuitSim.TestSupport;

namespace CircuitSim.EndToEnd.Tests;

/// <summary><c>circuitsim solve</c> and its document, whose keys other tools rely on.</summary>
public sealed class SolveTests : IDisposable
{
    private const string Deck = """
        a divider with a capacitor
        v1 in 0 dc 1 ac 1
        r1 in out 1k
        r2 out 0 1k
        c1 out 0 1n
        .op
        .dc v1 0 2 1
        .ac lin 2 1 1000
        .tran 1u 4u
        .end

        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait("Kind", "closed form")]
    public void Every_analysis_has_its_entry_in_the_order_of_the_deck()
    {
        using JsonDocument json = JsonDocument.Parse(Solve("native"));

        JsonElement root = json.RootElement;
        Assert.Equal(1, root.GetProperty("schemaVersion").GetInt32());
        Assert.Equal("native", root.GetProperty("engine").GetString());
        JsonElement[] analyses = [.. root.GetProperty("analyses").EnumerateArray()];
        Assert.Equal(["op", "dc", "ac", "tran"], analyses.Select(a => a.GetProperty("analysis").GetString()));
        // A divider of two equal resistors, to SPICE's gmin of 1e-12 S in 1 kohm.
        Close.Numbers(0.5, analyses[0].GetProperty("nodeVolts").GetProperty("out").GetDouble(), 1e-9);
        Close.Numbers(-0.5e-3, analyses[0].GetProperty("branchAmps").GetProperty("v1").GetDouble(), 1e-9);
        Assert.Equal(("v1", "volts"), Axis(analyses[1]));
        Close.Lists([0, 0.5, 1], Numbers(analyses[1].GetProperty("nodeVolts").GetProperty("out")), 1e-9);
        Assert.Equal(("frequency", "hertz"), Axis(analyses[2]));
        JsonElement phasor = analyses[2].GetProperty("nodeVolts").GetProperty("out");
        Assert.Equal(2, phasor.GetProperty("re").GetArrayLength());
        Assert.Equal(2, phasor.GetProperty("im").GetArrayLength());
        Assert.Equal(("time", "seconds"), Axis(analyses[3]));
    }

    [SkippableFact]
    [Trait("Kind", "peer")]
    public void Ngspice_prints_the_same_document()
    {
        Ngspice.SkipUnlessInstalled();

        using JsonDocument native = JsonDocument.Parse(Solve("native")), ngspice = JsonDocument.Parse(Solve("ngspice"));

        Assert.Equal(Shape(native.RootElement), Shape(ngspice.RootElement));
    }

#if SPICESHARP
    [Fact]
    [Trait("Kind", "peer")]
    public void Spicesharp_prints_the_same_document_and_is_listed()
    {
        using JsonDocument native = JsonDocument.Parse(Solve("native")), spicesharp = JsonDocument.Parse(Solve("spicesharp"));
        using JsonDocument info = JsonDocument.Parse(CommandRunner.Run("info", "--json").Output);

        Assert.Equal(Shape(native.RootElement), Shape(spicesharp.RootElement));
        Assert.Equal("spicesharp", spicesharp.RootElement.GetProperty("engine").GetString());
        Assert.Contains(info.RootElement.GetProperty("engines").EnumerateArray(), e => e.GetProperty("name").GetString() == "spicesharp" && e.GetProperty("available").GetBoolean());
    }

#endif
    [Fact]
    [Trait("Kind", "closed form")]
    public void A_sweep_that_loses_points_prints_the_others_and_ends_with_a_numerical_failure()
    {
        string deck = _folder.File("lost.cir");
        // From 1.2 to 1.7 V the source steps over the only balance.
        File.WriteAllText(deck, "t\nv1 a 0 0\nr1 a b 1k\nb1 b 0 i=v(a)>1.2 ? (v(a)<1.7 ? (v(b)>0.5 ? 1 : -1) : 1m) : 1m*v(b)\n.dc v1 0 3 0.5\n.end\n");

        CommandResult result = CommandRunner.Run("solve", deck, "--json");

        Assert.Equal(4, result.ExitCode);
        Assert.Contains("error: the dc sweep has no point at 1.5: ", result.Error, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(result.Output);
        JsonElement sweep = json.RootElement.GetProperty("analyses")[0];
        Close.Lists([0, 0.5, 1, 2, 2.5, 3], Numbers(sweep.GetProperty("axis").GetProperty("values")), 1e-12);
        JsonElement lost = Assert.Single(sweep.GetProperty("lostPoints").EnumerateArray());
        Close.Numbers(1.5, lost.GetProperty("level").GetDouble(), 1e-12);
        Assert.Equal(JsonValueKind.Null, lost.GetProperty("outerLevel").ValueKind);
        Assert.Contains("'b'", lost.GetProperty("problem").GetString(), StringComparison.Ordinal);
    }

    private static (string? Name, string? Unit) Axis(JsonElement analysis) =>
        (analysis.GetProperty("axis").GetProperty("name").GetString(), analysis.GetProperty("axis").GetProperty("unit").GetString());

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(v => v.GetDouble())];

    // Keys only, in the order of their names: engines may choose other times, and list nodes in another order.
    private static string Shape(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "{" + string.Join(",", element.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => p.Name + Shape(p.Value))) + "}",
        JsonValueKind.Array when element.GetArrayLength() > 0 && element[0].ValueKind == JsonValueKind.Object => "[" + string.Join(",", element.EnumerateArray().Select(Shape)) + "]",
        _ => "",
    };

    private string Solve(string engine)
    {
        string deck = _folder.File("deck.cir");
        File.WriteAllText(deck, Deck);
        CommandResult result = CommandRunner.Run("solve", deck, "--engine", engine, "--json");
        Assert.True(result.ExitCode == 0, result.Error);
        return result.Output;
    }
}
