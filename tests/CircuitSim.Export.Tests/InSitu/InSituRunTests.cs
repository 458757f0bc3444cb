using System.Text.Json;
using CircuitSim.Circuit.Errors;
using CircuitSim.Export.Figures;
using CircuitSim.Export.InSitu;
using CircuitSim.Export.Reports;
using CircuitSim.Export.Runs;
using CircuitSim.TestSupport;
using CircuitSim.Training.Data;
using CircuitSim.Training.InSitu.Cores;

namespace CircuitSim.Export.Tests.InSitu;

public class InSituRunTests
{
    private const string Iris = """
        name: iris-in-situ
        seed: 3
        data:    { set: iris, train: 0.4, validation: 0.3 }
        network: { layers: [4, 8, 3] }
        train:   { method: in-situ, mode: multi, epochs: 30, learning_rate: 0.1 }
        device:  { tables: taox }
        check:   { samples: 45, limits: { accuracy_drop_percent: 10, spice_volts: 1e-9 } }
        export:  { samples: [0, 44] }
        matrix:  { devices: [taox, dwmtj-stt-0k], modes: [numeric, multi], seeds: 3 }
        """;

    [Theory]
    [Trait("Kind", "property")]
    [InlineData("")]
    [InlineData(", core: offset, converters: sigmoid, carry: { digits: 3, base: 8, frequency: 20, programming: blind }, levels: 64, stochastic_levels: true")]
    [InlineData(", output: sigmoid, loss: quadratic, optimizer: adam, weight_scales: [2.5, 3], window: [0.2, 0.8], ignore_noise: true, multi_lookup: crosssim_vectorized, bias: false")]
    public void An_experiment_reads_back_as_it_is_written(string more)
    {
        Experiment experiment = ExperimentFile.Parse(Iris.Replace("multi, epochs", $"multi{more}, epochs", StringComparison.Ordinal), "iris.yaml");
        using var first = new StringWriter();
        ExperimentFile.Write(first, experiment);
        using var second = new StringWriter();
        ExperimentFile.Write(second, ExperimentFile.Parse(first.ToString(), "again.yaml"));

        Assert.Equal(first.ToString(), second.ToString());
        Assert.Equal(UpdateMode.Multi, experiment.InSitu!.Training.Core.Mode);
        Assert.Equal(more.Length > 0 && more.Contains("offset", StringComparison.Ordinal) ? CoreKind.Offset : CoreKind.Balanced, experiment.InSitu.Training.Core.Kind);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Every_problem_of_an_experiment_is_listed_with_its_line()
    {
        string text = Iris.Replace("mode: multi", "mod: multi, window: [0.9], carry: { digit: 3 }, loss: quadratic, weight_scales: [1]", StringComparison.Ordinal)
            .Replace("tables: taox", "tables: taoxx", StringComparison.Ordinal).Replace("train: 0.4", "train: 0.8", StringComparison.Ordinal)
            .Replace("spice_volts: 1e-9", "worst_node_millivolts: 2", StringComparison.Ordinal).Replace("seeds: 3", "seeds: 1", StringComparison.Ordinal);

        string message = Assert.Throws<InputFileException>(() => ExperimentFile.Parse(text, "iris.yaml")).Message;

        foreach (string problem in new[]
        {
            "9 problems", "line 3: 'train' and 'validation' are 0.8 and 0.3", "did you mean 'mode'?", "'window' needs two rising fractions", "did you mean 'digits'?",
            "'quadratic' goes with 'output: sigmoid'", "1 entries for 2 layers", "did you mean 'taox'?", "goes with inverters", "'seeds' is '1'",
        })
        {
            Assert.Contains(problem, message, StringComparison.Ordinal);
        }
    }

    [Fact]
    [Trait("Kind", "property")]
    public void A_run_goes_through_all_stages_and_keeps_what_is_done()
    {
        using var files = new TemporaryFolder();
        Experiment experiment = ExperimentFile.Parse(Iris, "iris.yaml");
        var services = new RunServices { EngineSearchPath = Environment.GetEnvironmentVariable("PATH") };
        var folder = new RunFolder(files.File("run"));
        RunPipeline pipeline = RunPipeline.Create(experiment, folder, services);
        pipeline.RunThrough(RunStage.Report);

        InSituDocument document = pipeline.InSitu!;
        Assert.True(document.Verdict.Passed, document.Verdict.Summary);
        Assert.Equal(2 * (5 * 8 + 9 * 3), document.DeviceCount);
        Assert.Equal((60, 45, 45), (document.DataSet.TrainCount, document.ValidationCount, document.DataSet.TestCount));
        Assert.Equal(document.DeviceCount + 1, File.ReadLines(folder.Devices).Count());
        Assert.Equal(document.Accuracies[0].CorrectCount, document.Accuracies[2].CorrectCount);
        Assert.All(document.SpiceChecks, c => Assert.Equal(Ngspice.IsInstalled ? SpiceCheckStatus.Verified : SpiceCheckStatus.NotRun, c.Status));
        string page = File.ReadAllText(folder.Report);
        foreach (string id in new[] { "verdict", "accuracy", "training", "updates", "data", "netlists", "run" })
            Assert.Contains($"<section id=\"{id}\"", page, StringComparison.Ordinal);
        string[] drawings = Directory.GetFiles(Path.Combine(folder.Root, "figures"), "*.svg");
        Assert.Equal(7, drawings.Length);
        Assert.All(drawings, d => Assert.True(File.Exists(Path.ChangeExtension(d, ".csv")), d));

        // Opened again, nothing is done twice; the document read back is the one written.
        byte[] model = File.ReadAllBytes(folder.Model), devices = File.ReadAllBytes(folder.Devices);
        DateTime time = File.GetLastWriteTimeUtc(folder.Model);
        RunPipeline again = RunPipeline.Open(folder, services);
        again.RunThrough(RunStage.Report);
        Assert.Equal(time, File.GetLastWriteTimeUtc(folder.Model));
        Assert.Equal(JsonSerializer.Serialize(document, FidelityJson.Options), JsonSerializer.Serialize(again.InSitu, FidelityJson.Options));

        // Trained and mapped again, stage by stage, everything comes out the same.
        again.RunOnly(RunStage.Train);
        again.RunOnly(RunStage.Map);
        Assert.Equal(model, File.ReadAllBytes(folder.Model));
        Assert.Equal(devices, File.ReadAllBytes(folder.Devices));
        Assert.Throws<RunFolderException>(() => RunPipeline.Create(experiment with { Seed = 4 }, folder, services));
    }

    [Fact]
    [Trait("Kind", "property")]
    public void A_matrix_goes_on_where_it_stopped_and_does_not_depend_on_threads()
    {
        using var files = new TemporaryFolder();
        Experiment experiment = ExperimentFile.Parse(Iris, "iris.yaml");
        InSituMatrixResult one = InSituMatrix.Create(experiment, files.File("one"), new RunServices(), 1).Run();
        File.Delete(files.File("one/taox-multi.json"));
        InSituMatrixResult resumed = InSituMatrix.Create(experiment, files.File("one"), new RunServices(), 1).Run();
        InSituMatrixResult two = InSituMatrix.Create(experiment, files.File("two"), new RunServices(), 4).Run();

        Assert.Equal((15, 3, 15), (one.TrainedCount, resumed.TrainedCount, two.TrainedCount));
        foreach (InSituMatrixResult other in new[] { resumed, two })
            Assert.Equal(one.Configurations.SelectMany(c => c.TestPercent), other.Configurations.SelectMany(c => c.TestPercent));
        foreach (string file in Directory.EnumerateFiles(files.File("one"), "*", SearchOption.AllDirectories))
            Assert.Equal(File.ReadAllText(file), File.ReadAllText(file.Replace(files.File("one"), files.File("two"), StringComparison.Ordinal)));

        // Numeric mode knows no device.
        Assert.Equal(one.Configurations[0].TestPercent, one.Configurations[2].TestPercent);
        Assert.Equal(0, one.Configurations[0].Updates!.RelativeError, 1e-12);
        Assert.True(one.Configurations[1].Updates!.RelativeError > 10 * one.Configurations[3].Updates!.RelativeError);
        Assert.Contains("| TaOx |", File.ReadAllText(files.File("one/table.md")), StringComparison.Ordinal);

        // Another setting trains anew.
        InSituSettings settings = experiment.InSitu!;
        Experiment changed = experiment with { InSitu = settings with { Training = settings.Training with { LearningRate = 0.2 } } };
        Assert.Equal(15, InSituMatrix.Create(changed, files.File("one"), new RunServices(), 2).Run().TrainedCount);
        Assert.Throws<InvalidDesignException>(() => InSituMatrix.Create(ShippedExperiments.Find("phax-iris")!, files.File("x"), new RunServices(), 1));
    }

    [Fact]
    [Trait("Kind", "property")]
    public void A_device_can_come_from_pulse_trains_and_the_data_from_a_table()
    {
        using var files = new TemporaryFolder();
        string trains = files.File("mine.csv"), samples = files.File("samples.csv");
        File.WriteAllText(trains, "pulse,polarity,conductance\n" + string.Concat(Enumerable.Range(0, 4).SelectMany(t => Enumerable.Range(0, 101).Select(i =>
            FormattableString.Invariant($"{i},{(t % 2 == 0 ? "set" : "reset")},{1e-5 + 1e-6 * (t % 2 == 0 ? i : 100 - i) * (1 + 0.01 * t)}\n")))));
        File.WriteAllText(samples, "a,b,kind\n" + string.Concat(Enumerable.Range(0, 60).Select(i =>
            FormattableString.Invariant($"{Math.Sin(i) + (i % 2 == 0 ? 2 : -2)},{Math.Cos(3 * i)},{(i % 2 == 0 ? "yes" : "no")}\n"))));
        string text = Iris.Replace("set: iris", $"set: '{samples}', label: kind", StringComparison.Ordinal).Replace("[4, 8, 3]", "[2, 4, 2]", StringComparison.Ordinal)
            .Replace("tables: taox", $"tables: '{trains}'", StringComparison.Ordinal).Replace("samples: [0, 44]", "samples: [0]", StringComparison.Ordinal);

        RunPipeline pipeline = RunPipeline.Create(ExperimentFile.Parse(text, "mine.yaml"), new RunFolder(files.File("run")), new RunServices());
        pipeline.RunThrough(RunStage.Check);

        Assert.Equal("mine", pipeline.InSitu!.Device);
        Assert.True(pipeline.InSitu.Accuracies[0].Percent > 90, pipeline.InSitu.Verdict.Summary);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Update_errors_are_measured_on_both_scales()
    {
        UpdateErrors exact = UpdateErrors.Of([1, -1, 0, 2, -2], [1, -1, 5, 2, -2])!;
        Assert.Equal((4, 0.0, 0.0), (exact.Count, exact.RelativeError, exact.Deviation));

        // Half of every request: all of it an error as it is, none when both are scaled to their own deviation.
        UpdateErrors half = UpdateErrors.Of([1, -1, 2, -2], [0.5, -0.5, 1, -1])!;
        Close.Numbers(0.5, half.RelativeError, 1e-15);
        Close.Numbers(0, half.Deviation, 1e-15);

        // Targets ±1, real changes 0 and ±2: deviations 1 and √2, errors ±½ − r/2√2.
        UpdateErrors noisy = UpdateErrors.Of([1, 1, -1, -1], [0, 2, 0, -2])!;
        Close.Numbers(1, noisy.RelativeError, 1e-15);
        Close.Numbers(1 / Math.Sqrt(8), noisy.IncreasingDeviation, 1e-15);
        Close.Numbers(0, noisy.Asymmetry, 1e-15);
        Assert.Equal(4, noisy.Counts.Sum());
        Assert.Equal(noisy.Counts.Count + 1, noisy.Edges.Count);
        Assert.Null(UpdateErrors.Of([0, 0], [0, 0]));
        Assert.Throws<ArgumentException>(() => UpdateErrors.Of([1], []));
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Class_counts_and_correlations_of_wdbc_are_those_of_the_set()
    {
        DataSet wdbc = DataSets.Open("wdbc");
        double[] correlation = InSituFigures.Correlation(wdbc);

        Assert.Equal([357, 212], InSituFigures.ClassCounts(wdbc).Bars.Select(b => (int)b.Value));
        int Feature(string name) => wdbc.FeatureNames!.ToList().IndexOf(name);
        int radius = Feature("mean_radius"), perimeter = Feature("mean_perimeter"), fractal = Feature("mean_fractal_dimension");
        // numpy 1.24 corrcoef of the same file, six digits.
        Close.Numbers(0.997855, correlation[radius * 30 + perimeter], 1e-6);
        Close.Numbers(-0.311631, correlation[radius * 30 + fractal], 1e-6);
        for (int i = 0; i < 30; i++) Assert.Equal(1, correlation[i * 30 + i]);
        using var svg = new StringWriter();
        SvgFigure.Write(InSituFigures.Correlations(wdbc), svg);
        Assert.Contains("30 worst_fractal_dimension", svg.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void A_scatter_chart_with_a_diagonal_has_equal_ends_on_both_axes()
    {
        using var svg = new StringWriter();
        SvgFigure.Write(InSituFigures.Updates("test", UpdateErrors.Of([1, -1, 2, -2], [0.4, -0.4, 5, -1])!), svg);
        string line = svg.ToString().Split('\n').Single(l => l.Contains("class=\"zero\"", StringComparison.Ordinal));

        Assert.DoesNotContain("y1=\"0\"", line, StringComparison.Ordinal);
        double[] ends = [.. new[] { "x1", "x2", "y1", "y2" }.Select(a => double.Parse(line.Split($"{a}=\"")[1].Split('"')[0], System.Globalization.CultureInfo.InvariantCulture))];
        Assert.True(ends[1] > ends[0] && ends[3] < ends[2], line);
    }

    [Fact]
    [Trait("Kind", "peer")]
    public void Published_accuracies_are_those_of_the_paper()
    {
        Assert.Equal(97.8, PublishedAccuracies.Find("dwmtj-sot-400k", UpdateMode.Numeric));
        Assert.Equal(92.9, PublishedAccuracies.Find("enode", UpdateMode.Multi));
        Assert.Null(PublishedAccuracies.Find("mine", UpdateMode.Numeric));
    }
}
