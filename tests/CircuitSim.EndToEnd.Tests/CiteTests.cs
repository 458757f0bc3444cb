using System.Text.Json;
using System.Text.RegularExpressions;

namespace CircuitSim.EndToEnd.Tests;

[Trait("Kind", "property")]
public sealed partial class CiteTests
{
    [Fact]
    public void An_experiment_names_its_method_models_data_and_measurements()
    {
        CommandResult result = CommandRunner.Run("cite", "phax-iris", "--json");

        Assert.Equal(0, result.ExitCode);
        using JsonDocument json = JsonDocument.Parse(result.Output);
        string[] keys = [.. json.RootElement.GetProperty("works").EnumerateArray().Select(w => w.GetProperty("key").GetString()!)];
        Assert.Equal(["ansari2018phax", "mclean_memristor_framework", "enz1995ekv", "fisher1936iris", "kingma2015adam", "zhao2006ptm", "chen2018neurosim"], keys);
    }

    [Theory]
    [InlineData("phax-mnist14")]
    [InlineData("phax-iris")]
    [InlineData("wdbc-in-situ")]
    public void BibTeX_has_balanced_braces_and_keys_of_its_own(string experiment)
    {
        CommandResult result = CommandRunner.Run("cite", experiment, "--bibtex");

        Assert.Equal(0, result.ExitCode);
        Assert.Equal(result.Output.Count(c => c == '{'), result.Output.Count(c => c == '}'));
        string[] keys = [.. EntryStart().Matches(result.Output).Select(m => m.Groups[1].Value)];
        Assert.NotEmpty(keys);
        Assert.Equal(keys.Distinct(), keys);
        Assert.DoesNotMatch(BareSpecial(), result.Output);
    }

    [Fact]
    public void What_is_neither_run_nor_experiment_is_told()
    {
        CommandResult result = CommandRunner.Run("cite", "nothing-of-the-kind");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("no experiment named", result.Error, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^@\w+\{([\w-]+),$", RegexOptions.Multiline)]
    private static partial Regex EntryStart();

    // Within fields, the characters that TeX gives a meaning of their own.
    [GeneratedRegex(@"= \{.*(?<!\\)[&%$#].*\}")]
    private static partial Regex BareSpecial();
}
