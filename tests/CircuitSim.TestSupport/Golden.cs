using Xunit.Sdk;

namespace CircuitSim.TestSupport;

/// <summary>Golden files: expected text kept beside the tests. <c>UPDATE_GOLDEN=1 dotnet test</c> rewrites them; the diff is reviewed.</summary>
public static class Golden
{
    /// <summary>Compares text with a golden file, line endings normalised.</summary>
    /// <param name="relativePath">Path from the root of the checkout.</param>
    /// <param name="actual">The text that the code under test made.</param>
    public static void Matches(string relativePath, string actual)
    {
        string path = Path.Combine(Repository.Root, relativePath);
        string text = actual.ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
            return;
        }

        if (!File.Exists(path)) throw new XunitException($"{relativePath} is missing; run with UPDATE_GOLDEN=1 and review it.");
        string expected = File.ReadAllText(path).ReplaceLineEndings("\n");
        if (expected == text) return;

        string[] want = expected.Split('\n'), got = text.Split('\n');
        int line = 0;
        while (line < Math.Min(want.Length, got.Length) && want[line] == got[line]) line++;
        throw new XunitException(
            $"{relativePath} differs from line {line + 1}:\n  expected: {want.ElementAtOrDefault(line)}\n  actual:   {got.ElementAtOrDefault(line)}\nRun with UPDATE_GOLDEN=1 if this is meant.");
    }

    /// <summary>Compares a marked part of a document, between <c>&lt;!-- name --&gt;</c> and <c>&lt;!-- end of name --&gt;</c>, with text; updated like a golden file.</summary>
    /// <param name="relativePath">Path of the document from the root of the checkout.</param>
    /// <param name="name">Name of the part.</param>
    /// <param name="actual">The text that the code under test made, ending in a line feed.</param>
    public static void PartMatches(string relativePath, string name, string actual)
    {
        string path = Path.Combine(Repository.Root, relativePath), start = $"<!-- {name} -->\n", end = $"<!-- end of {name} -->";
        string document = File.ReadAllText(path).ReplaceLineEndings("\n");
        int from = document.IndexOf(start, StringComparison.Ordinal), to = document.IndexOf(end, StringComparison.Ordinal);
        if (from < 0 || to < from) throw new XunitException($"{relativePath} has no part '{name}'.");
        from += start.Length;
        Matches(relativePath, string.Concat(document.AsSpan(0, from), actual.ReplaceLineEndings("\n"), document.AsSpan(to)));
    }
}
