using CircuitSim.Circuit.Characterization;
using CircuitSim.Circuit.Engines.Native;
using CircuitSim.Circuit.Errors;
using CircuitSim.Export.ExSitu;
using CircuitSim.Export.Reports;
using CircuitSim.Export.Runs;
using CircuitSim.Mapping.Devices;
using CircuitSim.Mapping.Networks;
using CircuitSim.TestSupport;

namespace CircuitSim.Export.Tests.ExSitu;

public class ExSituRunTests
{
    private const string Iris = """
        name: iris-ex-situ
        seed: 2
        data:    { set: iris, train: 0.6 }
        network: { layers: [4, 6, 3] }
        train:   { method: ex-situ, hidden: [3, 6], epochs: 60, learning_rate: 0.02, batch: 16, retrained_levels: [3], retraining_epochs: 10 }
        device:  { card: hfo2-nine-levels, read_seconds: 3600 }
        circuit: { tile_rows: 3 }
        transfer: { levels: [3, 9, 14], misread_bound: 0.1, read_seconds: [0, 86400], chips: 4 }
        check:   { samples: 60, limits: { accuracy_drop_percent: 10, spice_volts: 1e-9 } }
        export:  { samples: [0] }
        """;

    [Fact]
    [Trait("Kind", "property")]
    public void A_run_goes_through_all_stages()
    {
        using var files = new TemporaryFolder();
        var folder = new RunFolder(files.File("run"));
        RunPipeline pipeline = RunPipeline.Create(ExperimentFile.Parse(Iris, "iris.yaml"), folder, new RunServices { EngineSearchPath = Environment.GetEnvironmentVariable("PATH") });
        pipeline.RunThrough(RunStage.Report);

        var document = (ExSituDocument)pipeline.Study!;
        Assert.True(document.Verdict.Passed, document.Verdict.Summary);
        Assert.All(document.SpiceChecks, c => Assert.True(c.Status is SpiceCheckStatus.Verified or SpiceCheckStatus.NotRun, c.Reason));
        Assert.Equal([6, 6, 3], document.Software.Select(s => s.Hidden));
        Assert.Equal(["ekv-sym", "tanh", "ekv-sym"], document.Software.Select(s => s.Activation));
        Assert.Equal(2 * (5 * 6 + 7 * 3), document.Software[0].DeviceCount);
        // Fourteen levels cannot be told apart after an hour; nine with the RESET state can, as the derivation says.
        Assert.All(document.Levels.Where(l => l.LevelCount == 14), l => Assert.Null(l.MeanIterations));
        Assert.All(document.Levels.Where(l => l is { LevelCount: 9, HasReset: true }), l => Assert.NotNull(l.MeanIterations));
        Assert.Equal(2 * document.Levels.Count(l => l.MeanIterations is not null), document.Curve.Count);
        Assert.Equal(2 * (3 + 4), document.Assignments.Count);
        Assert.Equal(4, document.Sizes.Count);
        Assert.Contains(document.Sizes, p => p.IsPareto);
        Assert.All(document.Levels.GroupBy(l => (l.HasReset, l.LevelCount)), g => Assert.True(g.Last().MeanIterations is null || g.First().MeanIterations is null || g.Last().MeanIterations <= g.First().MeanIterations));
        Assert.Equal(2 + 3, document.Circuit.TileCount);
        Assert.Equal(2, document.SpiceChecks.Count);
        Assert.Equal(document.Software[0].DeviceCount + 1, File.ReadLines(folder.Devices).Count());
        Assert.Contains("Pareto front", File.ReadAllText(folder.Report), StringComparison.Ordinal);

        Assert.Equal(document.Verdict.Summary, Reopened(folder).Verdict.Summary);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void A_users_inverter_is_characterised_and_its_curve_is_the_activation()
    {
        using var files = new TemporaryFolder();
        string inverter = files.File("inverter.json"), deck = Path.Combine(Repository.Root, "netlists/inverters/vtc-phax90.cir");
        InverterFile.Write(inverter, InverterCharacterizer.Characterize(new InverterSource { DeckPath = deck, Name = "own", Subcircuit = "inv", Input = "in", Output = "out" }, new NativeEngine()).Inverter);
        RunPipeline pipeline = Run("own", $"activation: {inverter}, hidden: [6]"), shipped = Run("shipped", "activation: ekv-phax90, hidden: [6]");

        var document = (ExSituDocument)pipeline.Study!;
        Assert.True(document.Verdict.Passed, document.Verdict.Summary);
        Assert.All(document.SpiceChecks, c => Assert.True(c.Status is SpiceCheckStatus.Verified or SpiceCheckStatus.NotRun, c.Reason));
        // The deck holds the equations of the shipped inverter: one network, but for the table's error of 3e-12 V.
        Assert.Equal(((ExSituDocument)shipped.Study!).Software[0].TestPercent, document.Software[0].TestPercent);

        RunPipeline Run(string name, string hidden)
        {
            RunPipeline run = RunPipeline.Create(
                ExperimentFile.Parse(Iris.Replace("hidden: [3, 6]", hidden, StringComparison.Ordinal), "iris.yaml"), new RunFolder(files.File(name)),
                new RunServices { EngineSearchPath = Environment.GetEnvironmentVariable("PATH") });
            run.RunThrough(RunStage.Check);
            return run;
        }
    }

    [Fact]
    [Trait("Kind", "property")]
    public void A_card_that_lacks_what_is_compared_is_refused_before_training()
    {
        using var files = new TemporaryFolder();

        Assert.Throws<MissingDevicePartException>(() => Create("card: ta-hfo2-li"));
        Assert.Throws<MissingDevicePartException>(() => Create("card: hfo2-milo"));
        Assert.Contains("'no.json'", Assert.ThrowsAny<CircuitSimException>(() => Create("card: hfo2-nine-levels", "activation: no.json, hidden: [3, 6]")).Message.Replace("no.json", "'no.json'", StringComparison.Ordinal), StringComparison.Ordinal);

        void Create(string device, string hidden = "hidden: [3, 6]") => RunPipeline.Create(
            ExperimentFile.Parse(Iris.Replace("card: hfo2-nine-levels, read_seconds: 3600", device, StringComparison.Ordinal).Replace("hidden: [3, 6]", hidden, StringComparison.Ordinal), "iris.yaml"),
            new RunFolder(files.File("run")), new RunServices());
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Every_problem_of_an_experiment_is_listed()
    {
        string text = Iris.Replace("hidden: [3, 6]", "hidden: [8, 3], activation: relu", StringComparison.Ordinal).Replace("retrained_levels: [3]", "retrained_levels: [4]", StringComparison.Ordinal)
            .Replace("read_seconds: [0, 86400]", "read_seconds: [10, 0]", StringComparison.Ordinal).Replace("card: hfo2-nine-levels,", "card: hfo2-nine-levels, levels: 4,", StringComparison.Ordinal)
            .Replace("misread_bound: 0.1", "misread_bound: 0.7", StringComparison.Ordinal);

        string message = Assert.Throws<InputFileException>(() => ExperimentFile.Parse(text, "iris.yaml")).Message;

        foreach (string problem in new[] { "'hidden' must rise", "'hidden' lacks 6", "'relu'", "that 'levels' of 'transfer' lacks", "'read_seconds' needs rising times", "has no place here", "above 0 and below 0.5" })
            Assert.Contains(problem, message, StringComparison.Ordinal);
    }

    private static StudyDocument Reopened(RunFolder folder)
    {
        RunPipeline again = RunPipeline.Open(folder, new RunServices { EngineSearchPath = Environment.GetEnvironmentVariable("PATH") });
        again.RunThrough(RunStage.Report);
        return again.Study!;
    }
}
