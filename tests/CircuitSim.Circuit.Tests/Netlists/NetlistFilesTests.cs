using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Engines.Native;
using CircuitSim.Circuit.Engines.Ngspice;
using CircuitSim.Circuit.Netlists;
using CircuitSim.Circuit.Tests.Engines;
using CircuitSim.TestSupport;

namespace CircuitSim.Circuit.Tests.Netlists;

public sealed class NetlistFilesTests
{
    // ngspice meets the decks' reltol of 1e-10; where exponentials multiply its error the limit is two nanovolts.
    private const double Bound = 2e-9;

    public static TheoryData<string> Decks => [.. Files];

    private static string[] Files => [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "netlists"), "*.cir", SearchOption.AllDirectories)
        .Select(f => Path.GetRelativePath(Repository.Root, f).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    [Fact]
    [Trait("Kind", "golden")]
    public void There_are_enough_decks_of_every_kind()
    {
        string[] folders = [.. Files.Select(d => d.Split('/')[1]).Distinct().Order(StringComparer.Ordinal)];

        Assert.InRange(Files.Length, 25, 1000);
        Assert.Equal(["crossbars", "inverters", "memristors", "neurons", "small-signal", "transients"], folders);
    }

    [Theory]
    [Trait("Kind", "golden")]
    [MemberData(nameof(Decks))]
    public void The_native_engine_gives_what_the_deck_expects(string deck)
    {
        string path = Path.Combine(Repository.Root, deck), expectedPath = Path.ChangeExtension(path, ".expected");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            NgspiceEngine engine = NgspiceEngine.TryFind(Environment.GetEnvironmentVariable("PATH"))!;
            EngineResult made = engine.SolveDeckFile(path, EngineOptions.Default);
            File.WriteAllText(expectedPath, ExpectedResults.Write(made.Analyses,
                $"Made by UPDATE_GOLDEN=1 dotnet test with {engine.Version}: ngspice -b -r result.raw {Path.GetFileName(deck)}; volts, amperes, seconds, hertz"));
        }

        IReadOnlyList<AnalysisResult> expected = ExpectedResults.Read(File.ReadAllText(expectedPath));
        IReadOnlyList<AnalysisResult> actual = new NativeEngine().Solve(SpiceParser.ParseFile(path).Netlist, EngineOptions.Default).Analyses;

        Compare(expected, actual);
    }

    [SkippableTheory]
    [Trait("Kind", "peer")]
    [MemberData(nameof(Decks))]
    public void The_deck_runs_unchanged_in_ngspice(string deck)
    {
        Ngspice.SkipUnlessInstalled();
        string path = Path.Combine(Repository.Root, deck);
        NgspiceEngine engine = NgspiceEngine.TryFind(Environment.GetEnvironmentVariable("PATH"))!;

        IReadOnlyList<AnalysisResult> theirs = engine.SolveDeckFile(path, EngineOptions.Default with { Timeout = TimeSpan.FromMinutes(1) }).Analyses;
        IReadOnlyList<AnalysisResult> ours = new NativeEngine().Solve(SpiceParser.ParseFile(path).Netlist, EngineOptions.Default).Analyses;

        Compare(theirs, ours);
    }

    [Theory]
    [Trait("Kind", "property")]
    [MemberData(nameof(Decks))]
    public void Reading_writing_and_reading_again_changes_nothing(string deck)
    {
        Netlist first = SpiceParser.ParseFile(Path.Combine(Repository.Root, deck)).Netlist;
        string text = SpiceWriter.ToText(first);

        Netlist second = SpiceParser.Parse(text, deck).Netlist;

        Assert.Equal(text, SpiceWriter.ToText(second));
        Assert.Equal(first.Elements.Select(Described), second.Elements.Select(Described));
        Assert.Equal(first.Subcircuits.SelectMany(s => s.Elements).Select(Described), second.Subcircuits.SelectMany(s => s.Elements).Select(Described));
        Assert.Equal(first.Analyses, second.Analyses);
    }

    private static void Compare(IReadOnlyList<AnalysisResult> theirs, IReadOnlyList<AnalysisResult> ours)
    {
        // ngspice runs the analyses of a deck in an order of its own, by kind.
        AnalysisResult[] left = [.. theirs.OrderBy(r => r.GetType().Name, StringComparer.Ordinal)], right = [.. ours.OrderBy(r => r.GetType().Name, StringComparer.Ordinal)];
        Assert.Equal(left.Length, right.Length);
        for (int i = 0; i < left.Length; i++) Agreement.Check(left[i], right[i], Bound);
    }

    // Records compare lists by reference; their text, without it, tells every value.
    private static string Described(Element element) => $"{element with { }} {string.Join(' ', element.Nodes)}";
}
