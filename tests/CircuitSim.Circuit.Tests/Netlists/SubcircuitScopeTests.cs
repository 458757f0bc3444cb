using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Engines.Native;
using CircuitSim.Circuit.Engines.Ngspice;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;
using CircuitSim.TestSupport;

namespace CircuitSim.Circuit.Tests.Netlists;

/// <summary>Which parameter a name means inside subcircuits: as in ngspice 39 and 45, that of the innermost call.</summary>
public sealed partial class SubcircuitScopeTests
{
    // More decks with CIRCUITSIM_SCOPE_DECKS and another begin with CIRCUITSIM_SCOPE_SEED.
    private const int Slice = 40;

    private const string Leaf = ".subckt leaf a\ni1 0 a {w}\nr1 a 0 1\n.ends\n";

    // Numbers of ngspice 39.3 and 45.2 (ngspice -b; eecircuit-engine 1.8.0), both the same.
    [Theory]
    [Trait("Kind", "peer")]
    [InlineData(".param w=1\n" + Leaf + ".subckt mid a w=3\nx1 a leaf\n.ends\nx1 n mid", 3)]
    [InlineData(".param w=1\n" + Leaf + ".subckt mid a w=3\nx1 a leaf\n.ends\nx1 n mid w=5", 5)]
    [InlineData(".param w=1\n" + Leaf + ".subckt row a\nx1 a leaf\n.ends\n.subckt bank a w=10\nx1 a row\n.ends\nx1 n bank w=20", 20)]
    [InlineData(Leaf + ".subckt mid a w=7\nx1 a leaf\n.ends\nx1 n mid", 7)]
    [InlineData(".param w=1\n" + Leaf + ".subckt mid a w=2\n.param w=9\nx1 a leaf\n.ends\nx1 n mid", 9)]
    [InlineData(".param w=1\n" + Leaf + ".subckt mid a w=2\n.param w=9\nx1 a leaf\n.ends\nx1 n mid w=4", 4)]
    [InlineData(".param g=7\n.subckt s a w=2 l={w*3}\ni1 0 a {l}\nr1 a 0 1\n.ends\nx1 n s w=5", 15)]
    [InlineData(".param z=1\n.subckt s a q={z}\ni1 0 a {q}\nr1 a 0 1\n.ends\n.subckt m a z=5\nx1 a s\n.ends\nx1 n m", 5)]
    [InlineData(".param w=3\n.subckt s a w={w*2}\ni1 0 a {w}\nr1 a 0 1\n.ends\nx1 n s", 6)]
    [InlineData(".subckt s a q={loc*2}\n.param loc=4\ni1 0 a {q}\nr1 a 0 1\n.ends\nx1 n s", 8)]
    [InlineData(".subckt s a\n.param w=10\ni1 0 a {w}\nr1 a 0 1\n.ends\nx1 n s w=5", 5)]
    [InlineData(".param b={a*2} a=1\n.subckt leaf p\ni1 0 p {b}\nr1 p 0 1\n.ends\n.subckt mid p a=10\nx1 p leaf\n.ends\nx1 n mid", 2)]
    [InlineData(".param k=2\n.func f(x) {x*k}\n.subckt s a k=5\ni1 0 a {f(1)}\nr1 a 0 1\n.ends\nx1 n s", 5)]
    [InlineData(".func g(x) {x+1}\n.func f(x) {g(x)*10}\n.subckt s a\n.func g(x) {x+100}\ni1 0 a {f(1)}\nr1 a 0 1\n.ends\nx1 n s", 20)]
    [InlineData(".func g(x) {x*2}\n.subckt b a\ni1 0 a {g(1)}\nr1 a 0 1\n.ends\n.subckt s a\n.func g(x) {x*1000}\nx1 a b\n.ends\nx1 n s", 2)]
    [InlineData(".subckt s a k=3\n.subckt t a k={k+1}\ni1 0 a {k}\nr1 a 0 1\n.ends\nx1 a t\n.ends\nx1 n s k=5", 6)]
    [InlineData(".param w=1\n.subckt leaf a\nb1 0 a i=w*2\nr1 a 0 1\n.ends\n.subckt mid a w=7\nx1 a leaf\n.ends\nx1 n mid", 14)]
    [InlineData(".param w=1\n.param w=2\n.subckt s a\n.param q=1\n.param q=2\ni1 0 a {w*10+q}\nr1 a 0 1\n.ends\nx1 n s", 22)]
    public void A_name_means_what_it_means_in_ngspice(string body, double expected)
    {
        var point = (OperatingPoint)new NativeEngine().Solve(SpiceParser.Parse($"t\n{body}\n.op\n", "t.cir").Netlist, EngineOptions.Tight).Analyses[0];

        // A few roundings, and gmin of 1e-21 S across one ohm.
        Close.Numbers(expected, point.NodeVolts["n"], 0, 1e-12);
    }

    // Values of the call see the subcircuit's own parameters that are assigned by then; ngspice 39.3 and 45.2.
    [Theory]
    [Trait("Kind", "peer")]
    [InlineData("w={v}", 20)]
    [InlineData("w={v} v={w}", 2)]
    [InlineData("w={v} v=5", 5)]
    [InlineData("w={z} z={v}", 3)]
    [InlineData("w={v+z} v={2+3}", 32)]
    public void A_value_that_a_call_gives_may_be_captured_by_the_subcircuit_and_that_is_said(string given, double expected)
    {
        SpiceDeck deck = SpiceParser.Parse($"t\n.param w=1 v=2 z=3\n.subckt l a w=10 v=20 z=30\ni1 0 a {{w}}\nr1 a 0 1\n.ends\nx1 n l {given}\n", "t.cir");

        var point = (OperatingPoint)new NativeEngine().Solve(deck.Netlist, EngineOptions.Tight).Analyses[0];

        // A few roundings, and gmin of 1e-21 S across one ohm.
        Close.Numbers(expected, point.NodeVolts["n"], 0, 1e-12);
        Assert.Contains(deck.Warnings, w => w.Line == 7 && w.Message.Contains("taken from the subcircuit", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Calls_from_places_that_mean_the_same_share_one_definition()
    {
        Netlist netlist = SpiceParser.Parse(
            "t\n.param w=1 g=2\n.subckt leaf a\nr1 a 0 {w*g}\n.ends\n.subckt mid a w=3 k=1\nx1 a leaf\nrk a 0 {k}\n.ends\nx1 n mid\nx2 n mid w=3\nx3 n mid w=4\nx4 n mid k=2\nx5 n leaf\n", "t.cir").Netlist;

        // leaf with w of 3, 4 and 1; mid as it is, with w=4, and with k=2, which leaf does not see.
        Assert.Equal([6.0, 8.0, 2.0], netlist.Subcircuits.Where(s => s.Name.StartsWith("leaf", StringComparison.Ordinal)).Select(s => ((Resistor)s.Elements[0]).Ohms));
        Assert.Equal(3, netlist.Subcircuits.Count(s => s.Name.StartsWith("mid", StringComparison.Ordinal)));
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_subcircuit_that_nothing_calls_and_that_needs_a_caller_is_left_out()
    {
        SpiceDeck deck = SpiceParser.Parse($"t\nv1 n 0 1\nr1 n 0 1\n{Leaf}", "t.cir");

        Assert.Empty(deck.Netlist.Subcircuits);
        Assert.Contains("leaf is not called", Assert.Single(deck.LeftOut).Message, StringComparison.Ordinal);
        Assert.Throws<DeckSyntaxException>(() => SpiceParser.Parse($"t\n{Leaf}x1 n leaf\n", "t.cir"));
    }

    [SkippableFact]
    [Trait("Kind", "peer")]
    public void Nested_subcircuits_with_parameters_agree_with_ngspice()
    {
        Ngspice.SkipUnlessInstalled();
        string executable = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Select(f => Path.Combine(f, "ngspice")).First(File.Exists);
        int count = FromEnvironment("CIRCUITSIM_SCOPE_DECKS", Slice), seed = FromEnvironment("CIRCUITSIM_SCOPE_SEED", 4711);
        using var folder = new TemporaryFolder();
        int compared = 0;
        for (int i = 0; i < count; i++)
        {
            string deck = new ScopeDeck(new Random(seed + i)).Text;
            var ours = (OperatingPoint)new NativeEngine().Solve(SpiceParser.Parse(deck, "t.cir").Netlist, EngineOptions.Default).Analyses[0];
            File.WriteAllText(folder.File("deck.cir"), deck);
            string log = new ChildProcess(executable, "ngspice", TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1), CancellationToken.None).Run(folder.Root, ["-b", "deck.cir"]);

            var theirs = Voltage().Matches(log).ToDictionary(m => m.Groups[1].Value, m => double.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture));
            Assert.True(theirs.Count > 0, $"Seed {seed + i}: ngspice gave nothing.\n{deck}\n{log}");
            foreach ((string node, double volts) in ours.NodeVolts)
            {
                // ngspice prints seven digits, and numbers pass through texts of eleven digits on the way.
                Assert.True(theirs.TryGetValue(node, out double their) && Math.Abs(volts - their) <= 1e-6 * Math.Abs(their) + 1e-12, $"Seed {seed + i}, {node}: {volts:R} V, in ngspice {their:R} V.\n{deck}");
                compared++;
            }
        }

        Assert.True(compared > 3 * count, $"Only {compared} voltages were compared.");
    }

    private static int FromEnvironment(string name, int otherwise)
        => int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out int value) ? value : otherwise;

    [GeneratedRegex(@"^\t([a-z][\w.]*) +(-?\d\.\d+e[+-]\d+)\s*$", RegexOptions.Multiline)]
    private static partial Regex Voltage();

    /// <summary>A deck of subcircuits that call each other, with the same few names as parameters everywhere.</summary>
    private sealed class ScopeDeck
    {
        private static readonly string[] Names = ["w", "v", "k", "q"];

        private readonly Random _random;
        private readonly StringBuilder _text = new("scopes\n");
        private readonly Dictionary<int, string> _parameters = [];

        public ScopeDeck(Random random)
        {
            _random = random;
            foreach (string name in Names) Line($".param {name}={1 + random.Next(9)}");
            Line($".func f(x) {{x*2+{Name()}}}");
            Line($".func g(x) {{f(x)+{Name()}*x}}");
            int levels = 2 + random.Next(3);
            for (int level = 0; level < levels; level++)
            {
                string header = Assignments("wvkq", 0.5);
                _parameters[level] = header.Length == 0 ? "" : string.Concat(Names.Where(n => header.Contains($" {n}=", StringComparison.Ordinal)));
                Line($".subckt s{level} a{header}");
                if (random.Next(4) == 0) Line($".func f(x) {{x+{Name()}*3}}");
                if (random.Next(2) == 0) Line($".param {Names[random.Next(2)]}={{{Name("kq")}+{random.Next(5)}}}");
                Line($"i1 0 a {{{Value()}}}");
                Line($"b1 0 b i={Name()}*2+{Name()}");
                Line("r1 a 0 1");
                Line("r2 b 0 1");
                for (int call = 0; level > 0 && call < 1 + random.Next(2); call++) Call($"x{call} c{call}", random.Next(level));
                Line(".ends");
            }

            for (int call = 0; call < 3; call++) Call($"x{call} n{call}", levels - 1 - random.Next(2));
            Line(".op");
            Line(".end");
        }

        public string Text => _text.ToString();

        private void Line(string text) => _text.Append(text).Append('\n');

        private void Call(string head, int level) => Line($"{head} s{level}{Assignments(_parameters[level], 0.6)}");

        private string Name(string among = "wvkq") => among[_random.Next(among.Length)].ToString();

        private string Value() => _random.Next(4) switch
        {
            0 => Name(),
            1 => $"{Name()}*2+{Name()}",
            2 => $"f({Name()})",
            _ => $"g({_random.Next(4)})",
        };

        // A name may read those behind it only, so that nothing depends on itself.
        private string Assignments(string among, double probability)
        {
            var text = new StringBuilder();
            for (int i = 0; i < Names.Length; i++)
            {
                if (!among.Contains(Names[i], StringComparison.Ordinal) || _random.NextDouble() >= probability) continue;
                string behind = string.Concat(Names.Skip(i + 1));
                string value = behind.Length == 0 || _random.Next(2) == 0 ? $"{1 + _random.Next(9)}" : $"{{{Name(behind)}+{_random.Next(5)}}}";
                text.Append(' ').Append(Names[i]).Append('=').Append(value);
            }

            return text.ToString();
        }
    }
}
