using System.Text;
using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Circuit.Tests.Crossbars;

/// <summary>Crossbar files broken in ways that keep most of their structure: each is read, or refused with the error of a bad file.</summary>
public sealed class CrossbarFileFuzzTests
{
    private static readonly int s_count = int.Parse(Environment.GetEnvironmentVariable("CIRCUITSIM_FUZZ") ?? "600", System.Globalization.CultureInfo.InvariantCulture);

    private static readonly string[] s_values =
    [
        "null", "true", "-1", "0", "1e999", "-1e999", "1e-320", "1e308", "Infinity", "-Infinity", "NaN", "\"Infinity\"", "\"\"", "\"\\u0000\"", "\"\\ud800\"",
        "\"\\udc00x\"", "[]", "[[]]", "[null]", "[[null]]", "{}", "{\"a\":[1]}", "[[[1]]]", "9223372036854775808", "1E+2147483648", "0.1e-2147483649", "01", "\"C2\"", "\"open\"",
    ];

    private static readonly string[] s_keys =
    [
        "conductanceSiemens", "resistanceOhms", "wordLineVolts", "wordLineSegmentOhms", "bitLineSegmentOhms", "sourceOhms", "terminalOhms", "bitLineEnd",
        "convention", "", "\\u0000", "\\ud800", "conductance\\u0053iemens", "faults",
    ];

    [Fact]
    [Trait("Kind", "property")]
    public void A_broken_file_is_read_or_refused_with_its_name()
    {
        int read = 0, refused = 0;
        for (int seed = 1; seed <= s_count; seed++)
        {
            byte[] json = Mutant(new Random(seed));
            try
            {
                CrossbarFile file = CrossbarFile.Parse(json, "fuzz.json");
                Assert.True(file.WordLineVolts.Count > 0);
                foreach (double g in file.Crossbar.ConductanceSiemens.Span) Assert.True(double.IsFinite(g) && g >= 0);
                Solve(file, seed);
                read++;
            }
            catch (InputFileException error)
            {
                Assert.StartsWith("fuzz.json", error.Message, StringComparison.Ordinal);
                Assert.DoesNotContain('\0', error.Message);
                refused++;
            }
            catch (Exception error) when (error is not CircuitSimException and not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"seed {seed}: {error.GetType().Name}: {error.Message}\n{Encoding.UTF8.GetString(json)}");
            }
        }

        Assert.True(read > s_count / 20 && refused > s_count / 4, $"{read} read, {refused} refused");
    }

    // What can be read is solved, or refused for a reason of circuits; nothing that is not finite comes out.
    private static void Solve(CrossbarFile file, int seed)
    {
        if (file.Crossbar.ConductanceSiemens.Length > 100) return;
        try
        {
            CrossbarSolver solver = CrossbarSolver.Factorize(file.Crossbar, new CrossbarSolverOptions { BoundsError = true });
            foreach (ReadOnlyMemory<double> volts in file.WordLineVolts)
            {
                CrossbarOperatingPoint point = solver.Solve(volts.Span, hasNodeVolts: true);
                foreach (ReadOnlyMemory<double> numbers in new[] { point.BitLineEndAmps, point.BitLineEndVolts, point.WordLineAmps, point.WordLineNodeVolts, point.BitLineNodeVolts })
                    foreach (double number in numbers.Span) Assert.True(double.IsFinite(number), $"seed {seed}");
                Assert.True(double.IsFinite(point.ErrorEstimateVolts), $"seed {seed}");
            }
        }
        catch (CircuitSimException)
        {
            // Floating, out of range or without convergence: each has a type and a message of its own.
        }
    }

    private static byte[] Mutant(Random random)
    {
        string text = Valid(random);
        for (int k = random.Next(4); k > 0; k--) text = Changed(random, text);
        byte[] json = Encoding.UTF8.GetBytes(text);
        if (random.Next(6) == 0)
            for (int k = random.Next(1, 4); k > 0; k--) json[random.Next(json.Length)] = (byte)random.Next(256);
        if (random.Next(20) == 0) json = Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(text)).ToArray();
        if (random.Next(20) == 0) json = json[..random.Next(json.Length)];
        return json;
    }

    private static string Valid(Random random)
    {
        int m = random.Next(1, 4), n = random.Next(1, 4);
        string matrix = string.Join(",", Enumerable.Range(0, m).Select(_ => "[" + string.Join(",", Enumerable.Range(0, n).Select(_ => Value(random, 8))) + "]"));
        string vector = "[" + string.Join(",", Enumerable.Range(0, m).Select(_ => Value(random, 30))) + "]";
        return $$"""
            {"{{(random.Next(2) == 0 ? s_keys[0] : s_keys[1])}}": [{{matrix}}],
             "wordLineVolts": {{(random.Next(2) == 0 ? vector : $"[{vector},{vector}]")}},
             "wordLineSegmentOhms": {{Value(random, 10)}}, "bitLineSegmentOhms": {{Value(random, 10)}}, "sourceOhms": {{Value(random, 10)}}, "bitLineEnd": "{{(random.Next(2) == 0 ? "open" : "ground")}}"}
            """;
    }

    private static string Value(Random random, int oddOneIn) => random.Next(oddOneIn) == 0
        ? s_values[random.Next(s_values.Length)]
        : Math.Pow(10, 12 * random.NextDouble() - 9).ToString("R", System.Globalization.CultureInfo.InvariantCulture);

    private static string Changed(Random random, string text)
    {
        int at = random.Next(text.Length), length = Math.Min(random.Next(1, 8), text.Length - at);
        string key = s_keys[random.Next(s_keys.Length)], value = s_values[random.Next(s_values.Length)];
        return random.Next(9) switch
        {
            0 => text.Remove(at, length),
            1 => text.Insert(at, text.Substring(at, length)),
            2 => text.Insert(at, value),
            3 => text.Insert(1, $"\"{key}\": {value},"),
            4 => text.Insert(at, new string("[{"[random.Next(2)], random.Next(1, 200))),
            5 => text.Replace("wordLineVolts", key, StringComparison.Ordinal),
            6 => text.Replace("[[", "[" + value + ",[", StringComparison.Ordinal),
            7 => text.Insert(at, ",:[]{}\"\\\0\n"[random.Next(10)].ToString()),
            _ => text.Replace("}", $",\"{key}\":{value}}}", StringComparison.Ordinal),
        };
    }
}
