using System.Globalization;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Randomness;
using CircuitSim.Export.ExSitu;
using CircuitSim.Export.Reports;
using CircuitSim.Export.Runs;
using CircuitSim.Mapping.Devices;
using CircuitSim.TestSupport;

namespace CircuitSim.Export.Tests.ExSitu;

public class BayesianRunTests
{
    private const string Iris = """
        name: iris-bayesian
        seed: 3
        data:    { set: iris, train: 0.5, classes: [setosa, versicolor], also: [{ classes: [versicolor, virginica] }], train_count: 40 }
        network: { layers: [4, 3, 2] }
        train:   { method: bayesian, chains: 2, warm_up: 60, draws: 60, maximum_depth: 6, prediction_draws: 60, deterministic_epochs: 20 }
        transfer: { crossbars: [1, 4, 8], chips: 3, total_variation: 0.5 }
        check:   { samples: 50, limits: { accuracy_drop_percent: 10, spice_volts: 1e-9 } }
        export:  { samples: [0, 49] }
        """;

    [Fact]
    [Trait("Kind", "property")]
    public void A_run_goes_through_all_stages_and_keeps_what_is_done()
    {
        using var files = new TemporaryFolder();
        var services = new RunServices { EngineSearchPath = Environment.GetEnvironmentVariable("PATH") };
        var folder = new RunFolder(files.File("run"));
        RunPipeline pipeline = RunPipeline.Create(ExperimentFile.Parse(Iris, "iris.yaml"), folder, services);
        pipeline.RunThrough(RunStage.Report);

        var document = (BayesianDocument)pipeline.Study!;
        Assert.True(document.Verdict.Passed, document.Verdict.Summary);
        Assert.All(document.SpiceChecks, c => Assert.True(c.Status is SpiceCheckStatus.Verified or SpiceCheckStatus.NotRun, c.Reason));
        Assert.Equal(4, document.SpiceChecks.Count);
        Assert.Equal(["virginica", "setosa"], document.Tasks.Select(t => t.LeftOut.Single().Name));
        Assert.Equal(40, document.Tasks[0].TrainCount);
        Assert.Equal((3 * 3, 4), (document.Hardware.Count, document.ChosenCrossbars is null ? 0 : 4));
        Assert.Equal(2 * 4 * (5 * 3 + 4 * 2), document.Designs[1].DeviceCount);
        Assert.Equal(document.Designs[1].DeviceCount + 1, File.ReadLines(folder.Devices).Count());
        Assert.All(document.Hardware, h => Assert.InRange(h.TotalVariation.Mean, 1e-6, 1));
        // One softmax of the only crossbar is both averages.
        Assert.Equal(document.Hardware[0].TotalVariation.Mean, document.Hardware[0].TotalVariationOfMeanSums.Mean, 1e-9);
        // A pulse a device, and at least one each with verify.
        Assert.All(document.Designs, d => Assert.Equal(d.DeviceCount, d.OnePulseCount));
        Assert.All(document.Designs, d => Assert.True(d.VerifyPulseCount > d.DeviceCount && d.ReadWatts > 0 && d.OnePulseJoules is null));
        Assert.Contains("ngspice", File.ReadAllText(folder.Report), StringComparison.Ordinal);
        Assert.Equal(7, Directory.GetFiles(folder.Figures, "*.svg").Length);

        DateTime before = File.GetLastWriteTimeUtc(folder.Fidelity);
        RunPipeline again = RunPipeline.Open(folder, services);
        again.RunThrough(RunStage.Report);
        Assert.Equal(before, File.GetLastWriteTimeUtc(folder.Fidelity));
        Assert.Equal(document.Verdict.Summary, again.Study!.Verdict.Summary);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Measured_levels_of_a_user_take_the_place_of_a_card()
    {
        using var files = new TemporaryFolder();
        string samples = Samples(files.File("levels.csv"), "target_siemens,measured_siemens,time_seconds", 60);
        Experiment experiment = ExperimentFile.Parse(Iris + $"\ndevice: {{ samples: '{samples}', read_seconds: 100 }}", "iris.yaml");
        RunPipeline pipeline = RunPipeline.Create(experiment, new RunFolder(files.File("run")), new RunServices());
        pipeline.RunThrough(RunStage.Check);

        Assert.Equal("levels", pipeline.Study!.DeviceCard);
        Assert.All(pipeline.Study.SpiceChecks, c => Assert.Equal(SpiceCheckStatus.NotRun, c.Status));
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Devices_that_do_not_serve_are_refused_before_anything_is_sampled()
    {
        using var files = new TemporaryFolder();
        Samples(files.File("few.csv"), "target_siemens,measured_siemens,time_seconds", 4);
        Samples(files.File("wrong.csv"), "target,measured_siemens,time_seconds", 30);

        Assert.Contains("needs at least 20", Refused<InvalidDesignException>($"samples: '{files.File("few.csv")}'").Message, StringComparison.Ordinal);
        Assert.Contains("unknown column 'target'", Refused<InputFileException>($"samples: '{files.File("wrong.csv")}'").Message, StringComparison.Ordinal);
        Assert.Contains("absent.csv: no such file", Refused<InputFileException>("samples: absent.csv").Message, StringComparison.Ordinal);
        Assert.Contains("'absent' is neither", Refused<InvalidDesignException>("card: absent").Message, StringComparison.Ordinal);
        Assert.Contains("has no table of levels", Refused<InvalidDesignException>("card: hfo2-milo").Message, StringComparison.Ordinal);
        Refused<MissingDevicePartException>("card: hfo2-milo, levels: 4, read_seconds: 10");

        T Refused<T>(string device)
            where T : Exception => Assert.Throws<T>(() => RunPipeline.Create(ExperimentFile.Parse($"{Iris}\ndevice: {{ {device} }}", "iris.yaml"), new RunFolder(files.File("run")), new RunServices()));
    }

    [Fact]
    [Trait("Kind", "property")]
    public void An_experiment_reads_back_as_it_is_written()
    {
        string text = Iris + "\ndevice: { samples: 'my levels.csv', levels: 5, read_seconds: 10, assignment: nearest }\ncircuit: { read_volts: 0.2, node_nm: 22, source_ohms: 5, terminal_ohms: 0, read_seconds: 1e-8 }";
        using var first = new StringWriter();
        ExperimentFile.Write(first, ExperimentFile.Parse(text, "iris.yaml"));
        using var second = new StringWriter();
        ExperimentFile.Write(second, ExperimentFile.Parse(first.ToString(), "again.yaml"));

        Assert.Equal(first.ToString(), second.ToString());
        foreach (string kept in new[] { "samples: 'my levels.csv', levels: 5, read_seconds: 10, assignment: nearest", "node_nm: 22", "also: [{ classes: [versicolor, virginica] }], train_count: 40" })
            Assert.Contains(kept, first.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Kind", "property")]
    [InlineData("heartbeat-bayesian", "data/mitdb/")]
    [InlineData("mnist-ex-situ", "data/mnist/")]
    public void Data_that_are_not_at_hand_are_refused_with_what_to_do(string name, string folder)
    {
        using var files = new TemporaryFolder();

        InputFileException e = Assert.Throws<InputFileException>(() => RunPipeline.Create(ShippedExperiments.Find(name)!, new RunFolder(files.File("run")), new RunServices()));

        Assert.Contains($"name a data folder that holds {folder["data/".Length..]} or {folder}", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Every_problem_of_an_experiment_is_listed_with_its_line()
    {
        string text = Iris.Replace("classes: [setosa, versicolor]", "classes: [setosa, versicolor, virginica]", StringComparison.Ordinal)
            .Replace("classes: [versicolor, virginica]", "classes: [versicolor]", StringComparison.Ordinal)
            .Replace("prediction_draws: 60", "prediction_draws: 500, prior: 2", StringComparison.Ordinal)
            .Replace("crossbars: [1, 4, 8]", "crossbars: [4, 1, 800]", StringComparison.Ordinal)
            .Replace("spice_volts: 1e-9", "worst_node_millivolts: 2", StringComparison.Ordinal)
            + "\ndevice: { card: x, samples: y.csv, assignment: best }\ncircuit: { node_nm: 66 }";

        string message = Assert.Throws<InputFileException>(() => ExperimentFile.Parse(text, "iris.yaml")).Message;

        foreach (string problem in new[]
        {
            "'classes' has 3 entries, but the last layer has 2 neurons", "'classes' with at least two entries", "'prediction_draws' is 500, but the chains have 120 draws", "unknown key 'prior'",
            "'crossbars' must rise", "asks for more draws than the 120", "goes with inverters", "leave 'card' out", "'best'", "one of 130, 90, 65",
        })
        {
            Assert.Contains(problem, message, StringComparison.Ordinal);
        }
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Classes_and_counts_that_the_data_do_not_have_are_refused()
    {
        using var files = new TemporaryFolder();

        Assert.Contains("Class 'rose' is not known", Refused("classes: [setosa, versicolor]", "classes: [setosa, rose]"), StringComparison.Ordinal);
        Assert.Contains("there are 50 training samples", Refused("train_count: 40", "train_count: 50"), StringComparison.Ordinal);

        string Refused(string from, string to) => Assert.Throws<InvalidDesignException>(() => RunPipeline.Create(
            ExperimentFile.Parse(Iris.Replace(from, to, StringComparison.Ordinal), "iris.yaml"), new RunFolder(files.File("run")), new RunServices())).Message;
    }

    private static string Samples(string path, string header, int count)
    {
        var random = new CounterRandom(1, "samples");
        File.WriteAllText(path, header + "\n" + string.Concat(new[] { 20e-6, 60e-6, 100e-6, 140e-6 }.SelectMany((target, level) => new[] { 1, 1000 }.SelectMany((time, t) => Enumerable.Range(0, count).Select(i =>
            string.Create(CultureInfo.InvariantCulture, $"{target:R},{target + (2e-6 + 1e-6 * t) * random.Normal((ulong)(level * 1000 + t * 500 + i)):R},{time}\n"))))));
        return path;
    }
}
