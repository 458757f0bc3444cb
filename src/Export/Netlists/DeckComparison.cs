using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Export.Netlists;

/// <summary>Holds a deck, as it lies on disk, against the one that a run writes, statement by statement.</summary>
/// <remarks>
/// Comments, blanks, letter case, and the way a number is written make no difference; values do, however small. Statements are told apart
/// by name, so their order makes none either.
/// </remarks>
internal static class DeckComparison
{
    internal static List<DeckDifference> Differences(string expectedText, string foundText)
    {
        Dictionary<string, string[]> expected = Statements(expectedText), found = Statements(foundText);
        var differences = new List<DeckDifference>();
        foreach ((string name, string[] words) in expected)
        {
            if (!found.TryGetValue(name, out string[]? other))
                differences.Add(new DeckDifference { Name = name, Expected = string.Join(' ', words), Found = null });
            else if (!IsSame(words, other))
                differences.Add(Changed(name, words, other));
        }

        foreach ((string name, string[] words) in found)
            if (!expected.ContainsKey(name)) differences.Add(new DeckDifference { Name = name, Expected = null, Found = string.Join(' ', words) });
        return differences;
    }

    private static DeckDifference Changed(string name, string[] expected, string[] found)
    {
        var difference = new DeckDifference { Name = name, Expected = string.Join(' ', expected), Found = string.Join(' ', found) };
        bool isValue = expected[0][0] == 'r' && expected.Length == 4 && found.Length == 4 && expected[1] == found[1] && expected[2] == found[2];
        return isValue && SpiceNumber.TryParse(expected[3], out double wanted) && SpiceNumber.TryParse(found[3], out double given)
            ? difference with { ExpectedOhms = wanted, FoundOhms = given }
            : difference;
    }

    private static bool IsSame(string[] expected, string[] found)
    {
        if (expected.Length != found.Length) return false;
        for (int i = 0; i < expected.Length; i++)
        {
            if (expected[i] == found[i]) continue;
            if (!SpiceNumber.TryParse(expected[i], out double a) || !SpiceNumber.TryParse(found[i], out double b) || !a.Equals(b)) return false;
        }

        return true;
    }

    /// <summary>Statements by name, in words, without title and comments.</summary>
    private static Dictionary<string, string[]> Statements(string text)
    {
        var statements = new Dictionary<string, string[]>();
        string scope = "";
        foreach (string statement in Joined(text))
        {
            string[] words = statement.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            if (words[0] == ".ends")
            {
                scope = "";
                continue;
            }

            string name = scope + Key(words);
            // A second statement of the same name is another difference and must not hide behind the first.
            for (int i = 2; !statements.TryAdd(name, words); i++) name = FormattableString.Invariant($"{scope}{Key(words)} ({i})");
            if (words[0] == ".subckt") scope = words[1] + ".";
        }

        return statements;
    }

    // Commands of which a deck has many have names of their own: .measure tran final_s0_l2_n1.
    private static string Key(string[] words) => words[0] switch
    {
        ".measure" or ".meas" when words.Length > 2 => $"{words[0]} {words[2]}",
        ".subckt" or ".model" or ".param" when words.Length > 1 => $"{words[0]} {words[1].Split('=')[0]}",
        _ => words[0],
    };

    private static List<string> Joined(string text)
    {
        var statements = new List<string>();
        foreach (string raw in text.Split('\n').Skip(1))
        {
            string line = raw.Trim().ToLowerInvariant();
            if (line.Length == 0 || line[0] == '*') continue;
            if (line[0] == '+' && statements.Count > 0) statements[^1] += " " + line[1..];
            else statements.Add(line);
        }

        return statements;
    }
}
