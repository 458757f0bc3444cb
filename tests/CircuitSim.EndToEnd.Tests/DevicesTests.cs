using System.Globalization;
using System.Text.Json;
using CircuitSim.Mapping.Devices;
using CircuitSim.TestSupport;

namespace CircuitSim.EndToEnd.Tests;

/// <summary><c>circuitsim devices</c>: list, show and fit, with their documents.</summary>
public sealed class DevicesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly CultureInfo _culture = CultureInfo.CurrentCulture;

    public void Dispose()
    {
        CultureInfo.CurrentCulture = _culture;
        _folder.Dispose();
    }

    [Fact]
    [Trait("Kind", "property")]
    public void The_list_has_every_card_with_its_source_and_assumptions()
    {
        CommandResult text = CommandRunner.Run("devices"), json = CommandRunner.Run("devices", "--json");

        JsonElement[] cards = [.. JsonDocument.Parse(json.Output).RootElement.GetProperty("cards").EnumerateArray()];
        Assert.Equal(PublishedCards.All.Select(c => c.Name), cards.Select(c => c.GetProperty("name").GetString()));
        foreach (DeviceCard card in PublishedCards.All)
            Assert.All([card.Source, .. card.Assumptions], s => Assert.Contains(s, text.Output, StringComparison.Ordinal));
    }

    [Theory]
    [Trait("Kind", "property")]
    [InlineData("")]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    public void A_card_is_shown_the_same_under_every_culture(string culture)
    {
        string expected = CommandRunner.Run("devices", "show", "pcm-nandakumar").Output;
        CultureInfo.CurrentCulture = new CultureInfo(culture);

        Assert.Equal(expected, CommandRunner.Run("devices", "show", "pcm-nandakumar").Output);
        Assert.Contains("sd at 86400 s", expected, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Every_card_is_shown_and_drawn_without_overwriting()
    {
        foreach (DeviceCard card in PublishedCards.All)
        {
            CommandResult first = CommandRunner.Run("devices", "show", card.Name, "--json", "--output", _folder.Root);
            Assert.Equal((0, ""), (first.ExitCode, first.Error));
            string[] files = [.. JsonDocument.Parse(first.Output).RootElement.GetProperty("files").EnumerateArray().Select(f => f.GetString()!)];
            // Every figure comes with its numbers.
            string[] drawn = [.. files.Where(f => Path.GetExtension(f) == ".svg")];
            Assert.All(drawn, f => Assert.StartsWith("<svg", File.ReadAllText(f), StringComparison.Ordinal));
            Assert.Equal(files.Except(drawn), drawn.Select(f => Path.ChangeExtension(f, ".csv")));
            Assert.Equal(card.ProgrammingError is null && card.Conduction is null, files.Length == 0);
            if (files.Length > 0) Assert.Equal(2, CommandRunner.Run("devices", "show", card.Name, "--output", _folder.Root).ExitCode);
        }
    }

    [Fact]
    [Trait("Kind", "property")]
    public void A_fitted_card_can_be_shown_and_programmed()
    {
        string samples = Path.Combine(Repository.Root, "samples/device-samples.csv"), file = _folder.File("mine.json");

        CommandResult fit = CommandRunner.Run("devices", "fit", samples, "-o", file, "--json", "--pulse-energy", "1e-12", "--output", _folder.File("figures"));
        CommandResult show = CommandRunner.Run("devices", "show", file, "--json");

        Assert.Equal((0, 0), (fit.ExitCode, show.ExitCode));
        JsonElement root = JsonDocument.Parse(fit.Output).RootElement;
        Assert.Equal(8, root.GetProperty("levels").GetArrayLength());
        Assert.All(root.GetProperty("files").EnumerateArray(), f => Assert.True(File.Exists(f.GetString())));
        Assert.Equal(root.GetProperty("card").GetRawText(), JsonDocument.Parse(show.Output).RootElement.GetProperty("card").GetRawText());
        DeviceCard card = DeviceCards.Open(file);
        ProgrammingReport report = ArrayProgrammer.Program(
            card, new ProgrammingOptions { Mode = ProgrammingMode.OneShot, ReadSeconds = 600 }, [100e-6, 150e-6], 1, "a", new double[2]);
        Assert.Equal(2e-12, report.EnergyJoules);
        Assert.Equal(2, CommandRunner.Run("devices", "fit", samples, "-o", file).ExitCode);
    }

    [Theory]
    [Trait("Kind", "property")]
    [InlineData("target_siemens,measured_siemens\n1e-5,10.2\n", "microsiemens")]
    [InlineData("target_siemens,measured_siemens\n1e-5,1e-5\n2e-5,2e-5\n", "needs at least 20")]
    [InlineData("target_siemens,measured_siemens\n1e-5,\n", "empty")]
    public void Bad_samples_end_with_code_3_and_write_nothing(string text, string message)
    {
        File.WriteAllText(_folder.File("bad.csv"), text);

        CommandResult result = CommandRunner.Run("devices", "fit", _folder.File("bad.csv"), "-o", _folder.File("card.json"));

        Assert.Equal((3, ""), (result.ExitCode, result.Output));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("card.json")));
    }
}
