using System.Globalization;
using System.Text;
using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Engines.Native;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;
using CircuitSim.TestSupport;
using Xunit.Sdk;

namespace CircuitSim.Circuit.Tests.Netlists;

public sealed class DeckMutationTests
{
    // The slice that every run takes; a longer hunt sets CIRCUITSIM_FUZZ_DECKS and CIRCUITSIM_FUZZ_SEED.
    private const int Slice = 2000;

    // Small circuits keep the hunt quick; what is above them is refused, which has to work as well.
    private static readonly DeckReadingOptions Options = new() { Limits = DeckLimits.Default with { Elements = 20_000, Definitions = 2000, Points = 100_000 } };

    private static readonly string[] Names = ["w", "k", "rr", "vdd", "time", "pi"];

    private static readonly string[] Words =
    [
        "0", "-1", "1e400", "1e-400", "1meg", "{", "}", "'", "(", ")", "=", ",", "+", ".end", ".ends", ".subckt s a b", ".control", ".model d1 d(", "x1 a b s",
        "{1/0}", "{a}", "v(", "i(v1)", "pulse(", "pwl(0 0", "ac", "dc", "uic", "poly(2)", "nan", "inf", "é", "\t", "\0", "gnd", ".param a={a}", ".tran 1n 1u", ".ac dec 5 1 1k",
        ".meas tran m1 find v(a) when v(b)=0.5 rise=last", ".meas dc m2 trig v(a) val=0 targ at=1", ".measure ac m3 max vdb(", ".model mn nmos(tox=1e-8 uo=", ".dc v1 0 1 0.1", ".ic v(a)=1", "m1 a b c d mn", "d1 a 0 dm", "q1 a b c", "b1 a 0 i=v(a)^v(a)", ".include nothing", ".lib x y", ".func f(x) {f(x)}", "*", ";", "$ c",
    ];

    [Fact]
    [Trait("Kind", "property")]
    public void A_damaged_deck_is_solved_or_refused_but_never_crashes_or_hangs()
    {
        int count = FromEnvironment("CIRCUITSIM_FUZZ_DECKS", Slice), seed = FromEnvironment("CIRCUITSIM_FUZZ_SEED", 20261);
        string[] decks = [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "netlists"), "*.cir", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal).Where(f => new FileInfo(f).Length < 4000)];
        string[] texts = [.. decks.Select(File.ReadAllText)];
        int refused = 0;
        for (int i = 0; i < count; i++)
        {
            var random = new Random(seed + i);
            int pick = random.Next(decks.Length);
            string text = Mutate(texts[pick], texts[random.Next(texts.Length)], random);
            try
            {
                if (!Run(text, decks[pick])) refused++;
            }
            catch (Exception error) when (error is not XunitException)
            {
                throw new XunitException($"Seed {seed + i} gave {error.GetType().Name}: {error.Message}\n{error.StackTrace}\nDeck:\n{text}");
            }
        }

        // If nothing or everything were refused, the mutations would not test what they are for.
        Assert.InRange(refused, count / 10, count - count / 20);
    }

    /// <summary>Reads, writes and solves a deck; false when it was refused with an error of ours.</summary>
    private static bool Run(string text, string path)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        long start = Environment.TickCount64;
        try
        {
            Netlist netlist = SpiceParser.Parse(text, path, Options, limit.Token).Netlist;
            SpiceWriter.ToText(netlist);
            new NativeEngine().Solve(netlist, EngineOptions.Default with { MaximumIterations = 50 }, limit.Token);
            return true;
        }
        catch (CircuitSimException error)
        {
            Assert.NotEmpty(error.Message);
            return false;
        }
        catch (OperationCanceledException)
        {
            // A long transient is no defect as long as it can be stopped.
            Assert.InRange(Environment.TickCount64 - start, 0, 10_000);
            return true;
        }
    }

    private static string Mutate(string text, string other, Random random)
    {
        var lines = text.Split('\n').ToList();
        string[] donors = other.Split('\n');
        int changes = 1 + random.Next(4);
        for (int c = 0; c < changes; c++)
        {
            if (random.Next(3) == 0)
            {
                Restructure(lines, random);
                continue;
            }

            int at = random.Next(lines.Count);
            string[] words = lines[at].Split(' ');
            int word = random.Next(words.Length);
            switch (random.Next(10))
            {
                case 0:
                    lines.RemoveAt(at);
                    if (lines.Count == 0) lines.Add("");
                    break;
                case 1:
                    lines.Insert(at, lines[random.Next(lines.Count)]);
                    break;
                case 2:
                    lines.Insert(at, donors[random.Next(donors.Length)]);
                    break;
                case 3:
                    lines.Insert(at, Words[random.Next(Words.Length)]);
                    break;
                case 4 or 5:
                    words[word] = Words[random.Next(Words.Length)];
                    lines[at] = string.Join(' ', words);
                    break;
                case 6:
                    (words[word], words[0]) = (words[0], words[word]);
                    lines[at] = string.Join(' ', words);
                    break;
                case 7:
                    lines[at] = Characters(lines[at], random);
                    break;
                case 8:
                    lines[at] = lines[at][..random.Next(lines[at].Length + 1)];
                    break;
                default:
                    words[word] = Math.Pow(10, random.Next(-20, 20)).ToString("R", CultureInfo.InvariantCulture);
                    lines[at] = string.Join(' ', words);
                    break;
            }
        }

        return string.Join('\n', lines);
    }

    /// <summary>Changes that keep a deck's structure or build on it.</summary>
    private static void Restructure(List<string> lines, Random random)
    {
        int at = random.Next(lines.Count);
        switch (random.Next(9))
        {
            case 0:
                // Some statements become a subcircuit with parameters, called a few times.
                int count = Math.Min(lines.Count - at, 1 + random.Next(6));
                string name = $"s{random.Next(4)}";
                lines.Insert(at + count, ".ends");
                lines.Insert(at, $".subckt {name} a b{Given(random)}");
                for (int i = random.Next(3); i >= 0; i--) lines.Insert(at, $"x{random.Next(9)} a {random.Next(3)} {name}{Given(random)}");
                break;
            case 1:
                lines.Insert(at, $".param{Given(random)}");
                break;
            case 2:
                lines.Insert(at, $".func f{random.Next(3)}(x{(random.Next(2) == 0 ? ",y" : "")}) {{{Formula(random, 3)}}}");
                break;
            case 3:
                string[] words = lines[at].Split(' ');
                words[random.Next(words.Length)] = $"{{{Formula(random, 4)}}}";
                lines[at] = string.Join(' ', words);
                break;
            case 4:
                lines[at] = lines[at].Replace(" ", "\n+ ", StringComparison.Ordinal);
                break;
            case 5:
                lines.Insert(at, $".control\n{lines[random.Next(lines.Count)].TrimStart('.')}\nrun\n.endc");
                break;
            case 6:
                lines[at] += string.Concat(Enumerable.Repeat(" " + lines[at].Split(' ')[^1], random.Next(300)));
                break;
            case 7:
                lines.Insert(at, $"b{random.Next(9)} a 0 {(random.Next(2) == 0 ? "v" : "i")}={Formula(random, 5)}");
                break;
            default:
                lines.Insert(at, $".model m{random.Next(3)} {(random.Next(2) == 0 ? "d" : "nmos")}({Given(random)} is=1e-{random.Next(300)} tnom={random.Next(-300, 500)} vj={random.NextDouble():R} eg=1)");
                break;
        }
    }

    private static string Given(Random random)
    {
        var text = new StringBuilder();
        for (int i = random.Next(4); i > 0; i--) text.Append(' ').Append(Names[random.Next(Names.Length)]).Append('=').Append(random.Next(2) == 0 ? $"{random.Next(100)}" : $"{{{Formula(random, 2)}}}");
        return text.ToString();
    }

    private static string Formula(Random random, int depth) => depth == 0
        ? random.Next(5) switch { 0 => "v(a)", 1 => $"{random.Next(1000)}{"kumn a"[random.Next(6)]}", 2 => "x", 3 => "i(v1)", _ => Names[random.Next(Names.Length)] }
        : random.Next(6) switch
        {
            0 => $"({Formula(random, depth - 1)})",
            1 => $"{Formula(random, depth - 1)}{"+-*/^<"[random.Next(6)]}{Formula(random, depth - 1)}",
            2 => $"f{random.Next(3)}({Formula(random, depth - 1)})",
            3 => $"{(random.Next(2) == 0 ? "sqrt" : "exp")}({Formula(random, depth - 1)})",
            4 => $"{Formula(random, depth - 1)}?{Formula(random, depth - 1)}:{Formula(random, depth - 1)}",
            _ => $"-{Formula(random, depth - 1)}",
        };

    private static string Characters(string line, Random random)
    {
        var text = new StringBuilder(line);
        for (int i = 0; i < 3 && text.Length > 0; i++) text[random.Next(text.Length)] = (char)random.Next(32, 127);
        return text.ToString();
    }

    private static int FromEnvironment(string name, int otherwise)
        => int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out int value) ? value : otherwise;
}
