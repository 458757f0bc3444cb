using System.Text.Json;
using CircuitSim.Circuit.Networks;
using CircuitSim.Export.Runs;
using CircuitSim.Mapping;
using CircuitSim.Mapping.Devices;
using CircuitSim.Mapping.Networks;
using CircuitSim.TestSupport;

namespace CircuitSim.EndToEnd.Tests;

/// <summary><c>circuitsim characterize</c>, and a run with the inverter that it wrote.</summary>
public sealed class CharacterizeTests : IDisposable
{
    private static readonly string Deck = Path.Combine(Repository.Root, "netlists/inverters/vtc-phax90.cir");

    private readonly TemporaryFolder _folder = new();

    private string Inverter => _folder.File("mine.json");

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    [Trait("Kind", "peer")]
    public void A_run_with_the_characterised_inverter_has_the_voltages_of_the_shipped_one()
    {
        Ngspice.SkipUnlessInstalled();
        CommandResult made = Characterize("--output-file", Inverter, "--figure", _folder.File("vtc.svg"), "--json", "--quiet");
        string shipped = File.ReadAllText(Path.Combine(Repository.Root, "experiments/phax-iris.yaml"));
        string experiment = _folder.File("mine.yaml");
        File.WriteAllText(experiment, AtRest(shipped).Replace("inverter: ekv-phax90", $"inverter: '{Inverter}'", StringComparison.Ordinal));

        CommandResult ours = CommandRunner.Run("run", experiment, "--output", _folder.File("mine"), "--json");

        Assert.True(made.ExitCode == 0, made.Error);
        Assert.Contains("<svg", File.ReadAllText(_folder.File("vtc.svg")), StringComparison.Ordinal);
        Assert.True(ours.ExitCode == 0, ours.Error + ours.Output);
        using JsonDocument table = JsonDocument.Parse(made.Output), a = JsonDocument.Parse(ours.Output);
        double error = table.RootElement.GetProperty("interpolationErrorVolts").GetDouble();
        Assert.InRange(error, 0, 1e-11);
        JsonElement[] checks = [.. a.RootElement.GetProperty("spiceChecks").EnumerateArray()];
        Assert.Equal(30, checks.Length);
        // The decks hold the user's subcircuit: ngspice solves the circuit, we the table. Two layers multiply its error by at most their gains.
        foreach (JsonElement check in checks) Assert.InRange(check.GetProperty("worstVolts").GetDouble(), 0, 30 * error);
        CompareCircuits(error);
        string deck = File.ReadAllText(_folder.File("mine/netlist/ngspice/sample0.cir"));
        Assert.Contains("inverter inv", deck, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void The_text_has_a_row_for_every_load_and_41_inputs()
    {
        CommandResult result = Characterize("--load-ohms", "2e6", "50e3", "470", "--quiet");

        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal("", result.Error);
        string[] lines = result.Output.Split('\n');
        foreach (string load in new[] { "open ", "2 MΩ ", "50 kΩ ", "470 Ω " }) Assert.Single(lines, l => l.StartsWith(load, StringComparison.Ordinal));
        Assert.Equal(41, lines.Count(l => l.Length > 9 && double.TryParse(l[..9], System.Globalization.CultureInfo.InvariantCulture, out _)));
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_file_is_not_replaced_without_force()
    {
        File.WriteAllText(Inverter, "mine");

        Assert.Equal(2, Characterize("--output-file", Inverter).ExitCode);
        Assert.Equal("mine", File.ReadAllText(Inverter));
        Assert.Equal(0, Characterize("--output-file", Inverter, "--force").ExitCode);
    }

    [Theory]
    [InlineData("supply_volts: 0.6", "characterised at 0.5 V")]
    [InlineData("supply_volts: 0.5", "no such file")]
    [Trait("Kind", "closed form")]
    public void An_experiment_that_does_not_fit_the_inverter_is_refused(string supply, string complaint)
    {
        if (supply.Contains("0.6", StringComparison.Ordinal)) Characterize("--output-file", Inverter);
        string experiment = _folder.File("mine.yaml");
        File.WriteAllText(experiment, AtRest(File.ReadAllText(Path.Combine(Repository.Root, "experiments/phax-iris.yaml")))
            .Replace("supply_volts: 0.5, inverter: ekv-phax90", $"{supply}, inverter: '{Inverter}'", StringComparison.Ordinal));

        CommandResult result = CommandRunner.Run("run", experiment, "--output", _folder.File("run"));

        Assert.Equal(3, result.ExitCode);
        Assert.Contains(complaint, result.Error, StringComparison.Ordinal);
    }

    // Without the transient, which asks for the gate capacitance of a user's inverter.
    private static string AtRest(string experiment) => experiment[..experiment.IndexOf("speed:", StringComparison.Ordinal)];

    private static CommandResult Characterize(params string[] options) =>
        CommandRunner.Run(["characterize", Deck, "--subcircuit", "inv", "--input", "in", "--output", "out", .. options]);

    // The run's own trained network, mapped once with the shipped inverter's equations and once with the table.
    private void CompareCircuits(double error)
    {
        Experiment experiment = ShippedExperiments.Find("phax-iris")!;
        TrainedNetwork trained = TrainedNetworkFile.Read(_folder.File("mine/model.json"));
        RunData data = RunData.Open(experiment, null);
        NetworkOperatingPoint[] points = [.. new[] { InverterModel.EkvPhax90, (InverterModel)InverterFile.Read(Inverter) }.Select(inverter =>
        {
            var options = new MappingOptions { Inverter = inverter, WordLineSegmentOhms = 2.5, BitLineSegmentOhms = 2.5 };
            NetworkCircuit circuit = NetworkMapper.Map(trained, PublishedCards.Find("phax")!, options).Circuit;
            return NetworkSolver.Create(circuit).SolveBatch(data.CheckedInputVolts, data.CheckedCount);
        })];

        for (int layer = 0; layer < 2; layer++)
        {
            (LayerOperatingPoint expected, LayerOperatingPoint actual) = (points[0].Layers[layer], points[1].Layers[layer]);
            // Two layers multiply the stated error by at most their gains.
            Close.Lists(expected.GateVolts.Span, actual.GateVolts.Span, 30 * error);
            Close.Lists(expected.InvertedVolts.Span, actual.InvertedVolts.Span, 30 * error);
            Close.Lists(expected.RestoredVolts.Span, actual.RestoredVolts.Span, 30 * error);
        }
    }
}
