using System.Globalization;
using CircuitSim.Samples;
using CircuitSim.TestSupport;

namespace CircuitSim.EndToEnd.Tests;

/// <summary>Every sample runs and prints what it promises.</summary>
[Trait("Kind", "golden")]
public sealed class SampleTests
{
    private const int MostLines = 40;

    public static TheoryData<string> Names => [.. Sample.All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_sample_prints_its_text(string name)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            using var output = new StringWriter();

            Sample.All[name](output);

            Golden.Matches($"tests/CircuitSim.EndToEnd.Tests/Golden/sample-{name}.txt", output.ToString());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_sample_is_short()
    {
        string[] files = Directory.GetFiles(Path.Combine(Repository.Root, "samples"), "*.cs");

        Assert.True(files.Length >= Sample.All.Count);
        Assert.All(files, f => Assert.InRange(File.ReadAllLines(f).Length, 1, MostLines));
    }
}
