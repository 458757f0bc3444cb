using System.Diagnostics;
using System.Globalization;
using System.Text;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;
using CircuitSim.TestSupport;

namespace CircuitSim.Circuit.Tests.Netlists;

/// <summary>Decks of strangers: nothing ends the process, nothing grows without bound, and reading stops when it is told.</summary>
[Trait("Kind", "property")]
public sealed class DeckLimitsTests : IDisposable
{
    // Each takes seconds at most; the rest is for machines that do much else.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string, string> Hostile => new()
    {
        { "a chain of parameters", Lines(8000, i => $".param p{i}={{p{i + 1}+1}}") + ".param p8000=1\nr1 a 0 {p0}\n", "a chain of more than 1000" },
        { "nested parentheses", $"r1 a 0 {{{new string('(', 100_000)}1{new string(')', 100_000)}}}\n", "nested deeper than 200" },
        { "nested braces", $"b1 a 0 v={new string('{', 100_000)}1\n", "nested deeper than 200" },
        { "signs", $"b1 a 0 v={new string('-', 100_000)}1\n", "nested deeper than 200" },
        { "a long sum", $"b1 a 0 v=1{string.Concat(Enumerable.Repeat("+1", 100_000))}\n", "more than 4000 operators" },
        { "choices", $"b1 a 0 v={string.Concat(Enumerable.Repeat("1?1:", 10_000))}1\n", "nested deeper than 200" },
        { "subcircuits one in the other", Lines(5000, i => $".subckt s{i} a") + "r1 a 0 1\n" + Lines(5000, i => $"x{i} a s{4999 - i}\n.ends"), "nested more than 100 deep" },
        { "subcircuits that call each other in a row", Lines(5000, i => $".subckt s{i} a\nx1 a s{i + 1}\n.ends") + ".subckt s5000 a\nr1 a 0 1\n.ends\nx1 a s0\n", "nested more than 100 deep" },
        { "a circle of subcircuits", ".subckt s a\nx1 a t\n.ends\n.subckt t a\nx1 a s\n.ends\nx1 a s\n", "calls itself" },
        { "powers of ten of elements", ".subckt s0 a\nr1 a 0 1\n.ends\n" + Lines(12, i => $".subckt s{i + 1} a\n{Lines(10, k => $"x{k} a s{i}")}.ends") + "x1 a s12\n", "--limit elements=N" },
        { "powers of two of definitions", ".subckt q0 a p=1\nr1 a 0 {p}\n.ends\n" + Lines(21, i => $".subckt q{i + 1} a p=1\nx1 a q{i} p={{p*2}}\nx2 a q{i} p={{p*2+1}}\n.ends") + "x1 a q21\n", "--limit definitions=N" },
        { "functions of functions", ".func f0(x) {x+x}\n" + Lines(40, i => $".func f{i + 1}(x) {{f{i}(x)+f{i}(x)}}") + "b1 a 0 v=f40(v(a))\n", "--limit terms=N" },
        { "a chain of functions", ".func f0(x) {x}\n" + Lines(5000, i => $".func f{i + 1}(x) {{f{i}(x)+1}}") + "r1 a 0 {f5000(1)}\n", "calls itself" },
        { "nested sweeps", "v1 a 0 1\nv2 b 0 1\nr1 a b 1\n.dc v1 0 1 1e-7 v2 0 1 1e-7\n", "--limit points=N" },
        { "a transient of a million million steps", "v1 a 0 1\nr1 a 0 1\n.tran 1p 1\n", "--limit points=N" },
        { "a sweep over thirty decades", "v1 a 0 1\nr1 a 0 1\n.ac dec 1000000 1 1e30\n", "--limit points=N" },
        { "a name with a zero byte", ".include \"a\0b\"\nr1 a 0 1\n", "is not found" },
        { "lone surrogates", "r1 \ud800 0 {\udfff}\n", "\udfff" },
        { "errors without end", Lines(300_000, _ => "r1 a 0 oops"), "more errors" },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_hostile_deck_is_refused_soon_and_without_much_memory(string kind, string body, string expected)
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        long start = Stopwatch.GetTimestamp();

        var error = Assert.Throws<DeckSyntaxException>(() => SpiceParser.Parse($"{kind}\n{body}.op\n", "hostile.cir"));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.True(Stopwatch.GetElapsedTime(start) < Patience, $"{kind}: took {Stopwatch.GetElapsedTime(start)}");
        // What is still held, the error included.
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 50_000_000);
    }

    [Theory]
    [InlineData("elements", ".subckt s a\nr1 a 0 1\nr2 a 0 1\n.ends\nx1 a s\nx2 a s\n", 4)]
    [InlineData("definitions", ".subckt s a p=1\nr1 a 0 {p}\n.ends\nx1 a s p=1\nx2 a s p=2\nx3 a s p=3\n", 3)]
    [InlineData("points", "v1 a 0 1\nr1 a 0 1\n.dc v1 0 1 0.5 v1 0 1 0.25\n", 15)]
    [InlineData("terms", ".func f(x) {x+x}\nb1 a 0 v=f(v(b)+1)\nr1 a b 1\nr2 b 0 1\n", 7)]
    [InlineData("bytes", "r1 a 0 1\n.include \"more.inc\"\n", 38 + 9)]
    [InlineData("includes", "r1 a 0 1\n.include \"more.inc\"\n.include \"more2.inc\"\n", 2)]
    public void A_limit_holds_where_it_is_set(string limit, string body, long needed)
    {
        File.WriteAllText(_folder.File("more.inc"), "r7 a 0 1\n");
        File.WriteAllText(_folder.File("more2.inc"), "r8 a 0 1\n");
        string deck = $"t\n{body}", path = _folder.File("deck.cir");
        if (limit == "bytes") needed = deck.Length + 9;

        SpiceParser.Parse(deck, path, Limited(needed));
        var error = Assert.Throws<DeckSyntaxException>(() => SpiceParser.Parse(deck, path, Limited(needed - 1)));

        Assert.Contains($"--limit {limit}=N", error.Message, StringComparison.Ordinal);

        DeckReadingOptions Limited(long value) => new() { Limits = DeckLimits.Default.With(limit, value) };
    }

    [Fact]
    public void Many_continuation_lines_are_read_in_time_that_grows_with_them()
    {
        string deck = $"t\nv1 a 0 pwl(0 0\n{Lines(60_000, i => string.Create(CultureInfo.InvariantCulture, $"+ {(i + 1) * 1e-6} {i % 7}"))}+ )\nr1 a 0 oops\n";
        long start = Stopwatch.GetTimestamp();

        var error = Assert.Throws<DeckSyntaxException>(() => SpiceParser.Parse(deck, "t.cir"));

        Assert.Equal((60_004, 8), (error.Errors[^1].Line, error.Errors[^1].Column));
        // A tenth of a second when it is linear; minutes when each line copies those before it.
        Assert.True(Stopwatch.GetElapsedTime(start) < Patience, $"took {Stopwatch.GetElapsedTime(start)}");
    }

    [Fact]
    public void Files_that_include_each_other_end()
    {
        File.WriteAllText(_folder.File("a.inc"), ".include b.inc\n");
        File.WriteAllText(_folder.File("b.inc"), ".include a.inc\n");
        for (int i = 0; i < 60; i++) File.WriteAllText(_folder.File($"c{i}.inc"), $".include c{i + 1}.inc\n");
        File.WriteAllText(_folder.File("c60.inc"), "r1 a 0 1\n");
        for (int i = 0; i < 30; i++) File.WriteAllText(_folder.File($"d{i}.inc"), $".include d{i + 1}.inc\n.include d{i + 1}.inc\n");
        File.WriteAllText(_folder.File("d30.inc"), "* nothing\n");

        Refused(".include a.inc", "includes itself");
        Refused(".include c0.inc", "more than 50 deep");
        Refused(".include d0.inc", "--limit includes=N");
    }

    [SkippableTheory]
    [InlineData("/dev/zero")]
    [InlineData("/dev/random")]
    public void A_device_is_not_included(string device)
    {
        Skip.IfNot(File.Exists(device), $"needs {device}");

        var error = Assert.Throws<DeckSyntaxException>(() => SpiceParser.Parse($"t\nr1 a 0 1\n.include \"{device}\"\n", _folder.File("deck.cir"), new DeckReadingOptions { IncludeRoots = ["/dev"] }));

        Assert.Contains("is no regular file", error.Message, StringComparison.Ordinal);
        Assert.Contains("--include-root", Assert.Throws<DeckSyntaxException>(() => SpiceParser.Parse($"t\nr1 a 0 1\n.include \"{device}\"\n", _folder.File("deck.cir"))).Message, StringComparison.Ordinal);
        Assert.Contains("is no regular file", Assert.Throws<InputFileException>(() => SpiceParser.ParseFile(device)).Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void A_pipe_is_not_waited_for()
    {
        Skip.IfNot(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "needs mkfifo");
        using (Process make = Process.Start("mkfifo", _folder.File("pipe.inc"))) make.WaitForExit();
        long start = Stopwatch.GetTimestamp();

        Refused(".include pipe.inc", "is no regular file");

        Assert.True(Stopwatch.GetElapsedTime(start) < Patience);
    }

    [Fact]
    public void An_empty_file_may_be_included()
    {
        File.WriteAllText(_folder.File("empty.inc"), "");

        Assert.Single(SpiceParser.Parse("t\nr1 a 0 1\n.include empty.inc\n", _folder.File("deck.cir")).Netlist.Elements);
    }

    [Fact]
    public void A_file_outside_the_deck_s_folder_needs_leave_and_its_words_are_never_shown()
    {
        string inner = Directory.CreateDirectory(_folder.File("inner")).FullName, outer = Directory.CreateDirectory(_folder.File("outer")).FullName;
        File.WriteAllText(Path.Combine(outer, "secret.inc"), "r7 a 0 hunter2\n");
        File.WriteAllText(Path.Combine(outer, "fine.inc"), "r7 a 0 1\n");
        File.CreateSymbolicLink(Path.Combine(inner, "link.inc"), Path.Combine(outer, "secret.inc"));
        Directory.CreateSymbolicLink(Path.Combine(inner, "linked"), outer);
        string deck = Path.Combine(inner, "deck.cir");

        foreach (string name in new[] { "../outer/secret.inc", Path.Combine(outer, "secret.inc"), "link.inc", "linked/secret.inc", "linked/../outer/secret.inc" })
        {
            var error = Assert.Throws<DeckSyntaxException>(() => SpiceParser.Parse($"t\nr1 a 0 1\n.include \"{name}\"\n", deck));

            Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
            Assert.Equal(3, Assert.Single(error.Errors).Line);
        }

        Assert.Equal(2, SpiceParser.Parse("t\nr1 a 0 1\n.include linked/fine.inc\n", deck, new DeckReadingOptions { IncludeRoots = [outer] }).Netlist.Elements.Count);
    }

    [Fact]
    public async Task Reading_ends_soon_after_it_is_cancelled()
    {
        string bomb = ".subckt q0 a p=1\nr1 a 0 {p}\n.ends\n" + Lines(28, i => $".subckt q{i + 1} a p=1\nx1 a q{i} p={{p*2}}\nx2 a q{i} p={{p*2+1}}\n.ends") + "x1 a q28\n";
        using var stop = new CancellationTokenSource();
        Task reading = Task.Run(() => SpiceParser.Parse("t\n" + bomb, "t.cir", new DeckReadingOptions { Limits = DeckLimits.Default with { Definitions = long.MaxValue, Elements = long.MaxValue } }, stop.Token));
        await Task.WhenAny(reading, Task.Delay(200));
        long start = Stopwatch.GetTimestamp();

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        // The promise is 2 s; the rest is for machines that do other things too.
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(5), $"took {Stopwatch.GetElapsedTime(start)}");
    }

    private static string Lines(int count, Func<int, string> line)
    {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) text.Append(line(i)).Append('\n');
        return text.ToString();
    }

    private void Refused(string statement, string expected)
    {
        var error = Assert.Throws<DeckSyntaxException>(() => SpiceParser.Parse($"t\nr1 a 0 1\n{statement}\n", _folder.File("deck.cir")));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }
}
