using System.Text.Json;
using CircuitSim.Circuit.Crossbars;
using CircuitSim.TestSupport;

namespace CircuitSim.Circuit.Tests.Crossbars;

/// <summary>Numbers that other simulators gave; each file names its source and licence.</summary>
public sealed class CrossbarFixtureTests
{
    [Fact]
    [Trait("Kind", "peer")]
    public void The_3x5_example_of_badcrossbar_matches_exact_rational_arithmetic()
    {
        using JsonDocument file = Read(Path.Combine(Repository.Root, "tests/CircuitSim.Circuit.Tests/Crossbars/Data/readme_3x5_exact.json"));
        JsonElement resistance = file.RootElement.GetProperty("resistance_ohm");

        int compared = 0;
        foreach (JsonElement item in file.RootElement.GetProperty("cases").EnumerateArray())
        {
            CrossbarOperatingPoint point = Solve(resistance, item, "r_word_line_ohm", "r_bit_line_ohm");
            // The file is correctly rounded; ours has the solver's 1e-12 V over devices of 1e-2 S in total.
            Close.Lists(Flat(item.GetProperty("output_a")), point.BitLineEndAmps.Span, 1e-14, 1e-12, "output");
            Close.Lists(Flat(item.GetProperty("word_line_v")), point.WordLineNodeVolts.Span, 2e-12, 0, "word line");
            Close.Lists(Flat(item.GetProperty("bit_line_v")), point.BitLineNodeVolts.Span, 2e-12, 0, "bit line");
            compared++;
        }

        Assert.Equal(12, compared);
    }

    [SkippableFact]
    [Trait("Kind", "peer")]
    public void Crossbars_of_badcrossbar_match_Qucs()
    {
        using JsonDocument file = Read(Repository.SharedFile("fixtures/badcrossbar_qucs.json"));

        int compared = 0;
        foreach (JsonElement item in file.RootElement.GetProperty("cases").EnumerateArray())
        {
            CrossbarOperatingPoint point = Solve(item.GetProperty("resistance_ohm"), item, "r_word_line_ohm", "r_bit_line_ohm");
            JsonElement expected = item.GetProperty("expected");
            string id = item.GetProperty("id").GetString()!;
            // The file's own note: an independent solution reproduces every value to 1e-14; it recommends 1e-12. Devices are 10 ohm,
            // so that the solver's 1e-12 V is 1e-13 A a device.
            const double Absolute = 2e-12;
            Close.Lists(Flat(expected.GetProperty("output_a")), point.BitLineEndAmps.Span, Absolute, 0, id);
            Close.Lists(Flat(expected.GetProperty("word_line_v")), point.WordLineNodeVolts.Span, Absolute, 0, id);
            Close.Lists(Flat(expected.GetProperty("bit_line_v")), point.BitLineNodeVolts.Span, Absolute, 0, id);
            compared++;
        }

        Assert.Equal(33, compared);
    }

    private static CrossbarOperatingPoint Solve(JsonElement resistance, JsonElement item, string wordOhms, string bitOhms)
    {
        double[] g = [.. resistance.EnumerateArray().SelectMany(row => row.EnumerateArray())
            .Select(r => r.ValueKind == JsonValueKind.Null ? 0 : 1 / r.GetDouble())];
        int m = resistance.GetArrayLength();
        var spec = new CrossbarSpec(m, g.Length / m, g, item.GetProperty(wordOhms).GetDouble(), item.GetProperty(bitOhms).GetDouble());
        return CrossbarSolver.Factorize(spec).Solve(Flat(item.GetProperty("applied_v")), hasNodeVolts: true);
    }

    private static double[] Flat(JsonElement element) => element.ValueKind == JsonValueKind.Array
        ? [.. element.EnumerateArray().SelectMany(Flat)]
        : [element.GetDouble()];

    private static JsonDocument Read(string path) => JsonDocument.Parse(File.ReadAllText(path));
}
