using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace CircuitSim.TestSupport;

/// <summary>Damages valid files in ways that fit their structure, and requires a reader to give a result or a typed error, in bounded time and memory.</summary>
/// <remarks>A suite runs a fixed number of seeds; <c>CIRCUITSIM_FUZZ_SEEDS</c> names another.</remarks>
public static partial class ReaderFuzz
{
    private const double MostSeconds = 10;
    private const long MostBytes = 1L << 30;

    private static readonly string[] Odd =
    [
        "null", "-1", "0", "1e999", "-1e308", "1e-320", "NaN", "Infinity", "2147483647", "2147483648", "-2147483648", "9223372036854775808", "99999999999999999999", "\"\"", "[]", "{}", "[null]", "true",
        "?", "", " ", "\"", ",", "\t", "1,5", "a\\u0000", "\\ud800", "../../x", "/dev/zero", "\u202E",
    ];

    private static readonly uint[] OddWords = [0, 1, 2, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF];

    /// <summary>Seeds that a suite runs, or those that the environment names.</summary>
    public static int Seeds(int standard) =>
        int.TryParse(Environment.GetEnvironmentVariable("CIRCUITSIM_FUZZ_SEEDS"), NumberStyles.None, CultureInfo.InvariantCulture, out int seeds) ? seeds : standard;

    /// <summary>Damages files and reads them.</summary>
    /// <param name="files">Valid files by name, each below 1 MB.</param>
    /// <param name="read">Reads them from a folder.</param>
    /// <param name="isTyped">Whether an error is one that a user may see.</param>
    /// <param name="seeds">How many times.</param>
    public static void Run(IReadOnlyDictionary<string, byte[]> files, Action<string> read, Func<Exception, bool> isTyped, int seeds)
    {
        using var folder = new TemporaryFolder();
        string[] names = [.. files.Keys.Order(StringComparer.Ordinal)];
        (int accepted, int refused) = (0, 0);
        for (int seed = 0; seed < seeds; seed++)
        {
            // Tests print their seed; System.Random with a seed is the same on every machine.
            var random = new Random(seed);
            string damaged = names[random.Next(names.Length)];
            foreach (string name in names)
            {
                string path = folder.File(name);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllBytes(path, name == damaged ? Damage(files[name], random) : files[name]);
            }

            long allocated = GC.GetAllocatedBytesForCurrentThread(), start = Stopwatch.GetTimestamp();
            try
            {
                read(folder.Root);
                accepted++;
            }
            catch (Exception e) when (isTyped(e))
            {
                refused++;
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {seed}, {damaged}: {e}");
            }

            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            Assert.True(seconds < MostSeconds, $"seed {seed}, {damaged}: {seconds} s");
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            Assert.True(allocated < MostBytes, $"seed {seed}, {damaged}: {allocated} bytes");
        }

        // Both outcomes occur: the damage neither always nor never matters.
        if (seeds >= 100) Assert.True(accepted > 0 && refused > seeds / 20, $"{accepted} accepted, {refused} refused");
    }

    /// <summary>One to three kinds of damage, those of text for files that are text.</summary>
    public static byte[] Damage(byte[] whole, Random random)
    {
        ArgumentNullException.ThrowIfNull(whole);
        ArgumentNullException.ThrowIfNull(random);
        bool isText = !whole.AsSpan().ContainsAnyInRange((byte)0, (byte)8);
        byte[] damaged = whole;
        for (int n = random.Next(3); n >= 0; n--) damaged = isText && random.Next(4) > 0 ? DamageText(damaged, random) : DamageBytes(damaged, random);
        return damaged;
    }

    private static byte[] DamageBytes(byte[] whole, Random random)
    {
        if (whole.Length == 0) return [(byte)random.Next(256)];
        int at = random.Next(whole.Length), length = Math.Min(whole.Length - at, 1 + random.Next(64));
        byte[] changed = [.. whole];
        switch (random.Next(7))
        {
            case 0:
                return whole[..at];
            case 1:
                return [.. whole[..at], .. whole[(at + length)..]];
            case 2:
                return [.. whole[..(at + length)], .. whole[at..]];
            case 3 when whole.Length >= 4:
                // Headers stand at the beginning.
                int word = random.Next(random.Next(2) == 0 ? Math.Min(whole.Length - 3, 64) : whole.Length - 3);
                uint value = OddWords[random.Next(OddWords.Length)];
                if (random.Next(2) == 0) BinaryPrimitives.WriteUInt32BigEndian(changed.AsSpan(word), value);
                else BinaryPrimitives.WriteUInt32LittleEndian(changed.AsSpan(word), value);
                return changed;
            case 4:
                changed[at] ^= (byte)(1 << random.Next(8));
                return changed;
            case 5:
                random.NextBytes(changed.AsSpan(at, length));
                return changed;
            default:
                changed[random.Next(Math.Min(whole.Length, 128))] = (byte)random.Next(256);
                return changed;
        }
    }

    private static byte[] DamageText(byte[] whole, Random random)
    {
        string text = Encoding.UTF8.GetString(whole), odd = Odd[random.Next(Odd.Length)];
        MatchCollection tokens = Token().Matches(text);
        string[] lines = text.Split('\n');
        int line = random.Next(lines.Length);
        switch (random.Next(6))
        {
            case 0:
                lines[line] = lines[random.Next(lines.Length)];
                return Encoding.UTF8.GetBytes(string.Join('\n', lines));
            case 1:
                return Encoding.UTF8.GetBytes(string.Join('\n', lines.Where((_, k) => k != line)));
            case 2:
                return Encoding.UTF8.GetBytes(string.Join('\n', lines.Take(line).Append(string.Concat(Enumerable.Repeat(lines[line], 1 + random.Next(20)))).Concat(lines.Skip(line + 1))));
            default:
                if (tokens.Count == 0) return Encoding.UTF8.GetBytes(odd);
                Match token = tokens[random.Next(tokens.Count)];
                return Encoding.UTF8.GetBytes(text[..token.Index] + odd + text[(token.Index + token.Length)..]);
        }
    }

    [GeneratedRegex("\"[^\"\n]*\"|[^\\s,:\\[\\]{}\"]+")]
    private static partial Regex Token();
}
