using System.Text.RegularExpressions;
using CircuitSim.TestSupport;

namespace CircuitSim.Rules.Tests;

/// <summary>Rules that the compiler does not know.</summary>
[Trait("Kind", "golden")]
public partial class SourceRulesTests
{
    public static TheoryData<string> Libraries => ["Circuit", "Mapping", "Training", "Export"];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Libraries_have_no_hidden_input_or_output(string library) =>
        Assert.Empty(Hits(library, HiddenInput()));

    [Theory]
    [MemberData(nameof(Libraries))]
    public void Errors_are_typed_and_never_swallowed(string library) =>
        Assert.Empty(Hits(library, UntypedError()));

    private static IEnumerable<string> Hits(string library, Regex pattern)
    {
        string root = Path.Combine(Repository.Root, "src", library);
        string[] files = [.. Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))];
        Assert.NotEmpty(files);
        return files.SelectMany(f => File.ReadLines(f)
            .Select((line, index) => (line, index))
            .Where(l => pattern.IsMatch(l.line) && !l.line.TrimStart().StartsWith("//", StringComparison.Ordinal))
            .Select(l => $"{Path.GetRelativePath(Repository.Root, f)}:{l.index + 1}: {l.line.Trim()}"));
    }

    [GeneratedRegex(@"\bConsole\.|GetEnvironmentVariable|CurrentDirectory|DateTime\.(Utc)?Now|DateTimeOffset\.(Utc)?Now|new Random\(|Random\.Shared")]
    private static partial Regex HiddenInput();

    [GeneratedRegex(@"throw new Exception\(|catch\s*(\(\s*\))?\s*\{\s*\}|NotImplementedException")]
    private static partial Regex UntypedError();
}
