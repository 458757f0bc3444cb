using CircuitSim.Circuit.Errors;
using CircuitSim.Export.ArchitectureAware;
using CircuitSim.Export.Reports;
using CircuitSim.Export.Runs;
using CircuitSim.TestSupport;
using CircuitSim.Training.Layers;

namespace CircuitSim.Export.Tests.ArchitectureAware;

public class ArrayRunTests
{
    private const string Quarters = """
        name: quarters
        seed: 2
        data:    { set: mnist, images: 240 }
        network:
          name: small
          input: [8, 8, 1]
          layers:
            - { kind: convolution, channels: 6, bias: false }
            - { kind: batch_normalization }
            - { kind: relu }
            - { kind: residual, body: [{ kind: convolution, channels: 6 }, { kind: relu }, { kind: convolution, channels: 6, kernel: 1 }] }
            - { kind: pool, size: 2 }
            - { kind: fully_connected, outputs: 10 }
        train:   { method: architecture-aware, batch: 20, crop_pixels: 1 }
        arrays:  { inputs: 40, outputs: 4, weight_bits: 4, on_off_ratio: 10 }
        trainings:
          - { name: fp, epochs: 3, learning_rate: 0.05 }
          - { name: level-2, level: 2, from: fp, epochs: 2, learning_rate: 0.02 }
          - { name: level-4, level: 4, from: level-2, epochs: 1, learning_rate: 0.02, variation: 0.03, weight_bits: 8 }
        evaluations:
          - { figure: 6, of: [fp, level-2], level: 2, weight_bits: [4, 6], on_off_ratio: [5, 10, 100] }
          - { figure: 8, of: [fp, level-2], level: 3, adc_range: full_scale, images: 60 }
          - { figure: 9, of: [level-2, level-4], level: 4, variation: [0.05], chips: 6 }
        circuit: { of: level-2, segment_ohms: [0, 5], tiles: 4, excerpt: 16 }
        check:   { against: [ngspice], judged: level-2, limits: { floating_point_percent: 80, accuracy_drop_percent: 10, spice_relative: 1e-9 } }
        """;

    [Fact]
    [Trait("Kind", "property")]
    public void A_run_goes_through_all_stages_and_keeps_what_is_done()
    {
        using var files = new TemporaryFolder();
        RunPipeline pipeline = Pipeline(files, "run", Quarters);
        pipeline.RunThrough(RunStage.Report);

        ArrayDocument document = pipeline.Arrays!;
        Assert.True(document.Verdict.Passed, document.Verdict.Summary);
        Assert.Equal([(9, 6, 2), (54, 6, 4), (6, 6, 2), (96, 10, 9)], document.Matrices.Select(m => (m.Inputs, m.Outputs, m.ArrayCount)));
        Assert.Equal(17, document.ArrayCount);
        Assert.Equal(2 * (54 + 324 + 36 + 960), document.DeviceCount);
        Assert.Equal(12 + 2 + 2, document.Points.Count);
        Assert.All(document.Points.Where(p => p.Figure == "9"), p => Assert.Equal(6, p.Percent.Count));
        Assert.Equal([4, 8], document.Points.Where(p => p.Figure == "9").Select(p => p.WeightBits!.Value));
        ArrayComparison comparison = Assert.Single(document.Comparisons);
        Assert.InRange(comparison.MedianProbability, 0, 1);
        Assert.Equal([0, 5], document.Wires.Select(w => w.SegmentOhms));
        Assert.Equal(4, document.Tiles.Count);
        // Two exact methods of one crossbar.
        Assert.All(document.Tiles, t => Assert.InRange(t.DirectRelative, 0, 1e-10));
        Assert.All(document.Tiles, t => Assert.True(t.IdealRelative > 1e-5));
        if (Ngspice.IsInstalled) Assert.All(document.Tiles, t => Assert.True(t.Status == SpiceCheckStatus.Verified && t.SpiceRelative <= 1e-9, t.Reason));
        Assert.Equal(["figure-6.svg", "figure-8.svg", "figure-9.svg", "training.svg", "wires.svg"], Directory.GetFiles(files.File("run/figures"), "*.svg").Select(f => Path.GetFileName(f)).Order());

        var steps = new List<RunProgress>();
        Pipeline(files, "run", Quarters, steps).RunThrough(RunStage.Report);
        Assert.All(steps, s => Assert.Equal("unchanged, kept", s.Message));
    }

    [Fact]
    [Trait("Kind", "property")]
    public void A_run_that_is_stopped_goes_on_to_the_same_bits()
    {
        using var files = new TemporaryFolder();
        string only = Quarters[..Quarters.IndexOf("evaluations:", StringComparison.Ordinal)];
        Pipeline(files, "whole", only).RunThrough(RunStage.Train);
        using var stop = new CancellationTokenSource();

        Assert.ThrowsAny<OperationCanceledException>(() => Pipeline(files, "torn", only, null, p => { if (p.Message.StartsWith("level-2, epoch 2", StringComparison.Ordinal)) stop.Cancel(); })
            .RunThrough(RunStage.Train, stop.Token));
        Pipeline(files, "torn", only).RunThrough(RunStage.Train);

        foreach (string name in (string[])["fp.net", "level-2.net", "level-4.net", "level-4.checkpoint"])
            Assert.Equal(File.ReadAllBytes(files.File($"whole/models/{name}")), File.ReadAllBytes(files.File($"torn/models/{name}")));
    }

    [Fact]
    [Trait("Kind", "property")]
    public void A_point_that_was_cut_short_is_measured_again()
    {
        using var files = new TemporaryFolder();
        Pipeline(files, "run", Quarters).RunThrough(RunStage.Check);
        string journal = files.File("run/points.jsonl"), whole = File.ReadAllText(journal);
        File.WriteAllText(journal, whole[..^30]);
        File.Delete(files.File("run/fidelity.json"));

        Pipeline(files, "run", Quarters).RunThrough(RunStage.Check);

        Assert.Equal(whole, File.ReadAllText(journal));
    }

    [Fact]
    [Trait("Kind", "property")]
    public void A_network_that_was_trained_elsewhere_goes_onto_arrays()
    {
        using var files = new TemporaryFolder();
        QuarterImages.Write(files.Root, 28);
        string text = Onnx(Path.Combine(Repository.Root, "tests/CircuitSim.Training.Tests/Onnx/Models/mnist-toy.onnx"));
        RunPipeline pipeline = Open(text);
        pipeline.RunThrough(RunStage.Report);

        ArrayDocument document = pipeline.Arrays!;
        Assert.Equal(["imported", "tuned"], document.Trainings.Select(t => t.Name));
        Assert.Equal("imported", document.Trainings[1].From);
        Assert.Equal(4, document.ArrayCount);
        Assert.Equal([2, 1, 1, 1], document.Matrices.Select(m => m.ReadsPerVector));
        // Its weights are random, so that training on arrays is what makes it right.
        Assert.True(document.Trainings[1].TestPercent > document.Trainings[0].TestPercent + 20, string.Join(", ", document.Trainings.Select(t => t.TestPercent)));
        Assert.Equal(0, document.Trainings[0].History.Single().Epoch);
        Assert.Null(document.Trainings[0].Ranges);
        Assert.Equal(4, document.Trainings[1].Ranges!.Shares.Count);
        Assert.Equal(["imported", "tuned"], document.Points.Select(p => p.Training));
        Assert.Equal("6-bit ADC, learnt range", document.Points[1].Converter);
        // The resolved experiment names the file, wherever it is read from.
        ArraySettings written = ExperimentFile.Read(files.File("run/experiment.yaml")).Arrays!;
        Assert.True(Path.IsPathFullyQualified(written.OnnxFile!));
        Assert.Equal(["imported", "tuned"], written.Trainings.Select(t => t.Name));
        Assert.Equal([0.2], written.Network.Normalization!.Deviation);

        RunPipeline Open(string experiment) => RunPipeline.Create(ExperimentFile.Parse(experiment, "elsewhere.yaml"), new RunFolder(files.File("run")), new RunServices { DataFolder = files.Root });
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Networks_that_cannot_be_imported_and_ranges_that_are_not_there_are_refused()
    {
        string model = Path.Combine(Repository.Root, "tests/CircuitSim.Training.Tests/Onnx/Models/mnist-toy.onnx");

        string features = model.Replace("mnist-toy", "perceptron", StringComparison.Ordinal);
        FeatureShape image = ExperimentFile.Parse(Onnx($"{features}, input: [1, 13, 1]"), "e.yaml").Arrays!.Network.Input;
        Assert.Equal(new FeatureShape(1, 13, 1), image);
        Assert.Contains(Refused(Onnx($"{features}, input: [2, 2, 3]")), p => p.Contains("image of one channel", StringComparison.Ordinal));

        Assert.Contains("no.onnx", Assert.Throws<InputFileException>(() => ExperimentFile.Parse(Onnx("no.onnx"), "e.yaml")).Message, StringComparison.Ordinal);
        string[] problems = [.. Refused(Onnx(model).Replace("mean: [0.1]", "mean: [0.1, 0.2]", StringComparison.Ordinal).Replace("name: tuned", "name: imported", StringComparison.Ordinal))];
        Assert.Contains(problems, p => p.Contains("one for each of 1 channels", StringComparison.Ordinal));
        Assert.Contains(problems, p => p.Contains("two trainings are named 'imported'", StringComparison.Ordinal));
        Assert.Contains(Refused(Onnx(model).Replace(", deviation: [0.2]", "", StringComparison.Ordinal)), p => p.Contains("go together", StringComparison.Ordinal));
        Assert.Contains(Refused(Onnx(model).Replace("of: [imported], level: 3", "of: [imported], level: 3, adc_range: learnt", StringComparison.Ordinal)), p => p.Contains("judges 'imported' with learnt ADC ranges", StringComparison.Ordinal));
        Assert.Contains(Refused(Onnx(model).Replace("adc_bits: 6, adc_range", "adc_bits: 19, adc_range", StringComparison.Ordinal)), p => p.Contains("training 'tuned': the ADC has 19 bits", StringComparison.Ordinal));

        static IEnumerable<string> Refused(string text) => [Assert.Throws<InputFileException>(() => ExperimentFile.Parse(text, "e.yaml")).Message];
    }

    private static string Onnx(string model) => $$"""
        name: elsewhere
        data:    { set: mnist, images: 200 }
        network: { onnx: {{model}}, mean: [0.1], deviation: [0.2] }
        train:   { method: architecture-aware, batch: 20 }
        trainings:
          - { name: tuned, level: 3, from: imported, epochs: 3, learning_rate: 0.02, adc_bits: 6, adc_range: learnt }
        evaluations:
          - { figure: 8, of: [imported], level: 3 }
          - { figure: 8, of: [tuned], level: 3, adc_bits: 6, adc_range: learnt, offset: ignored }
        """;

    [Theory]
    [Trait("Kind", "property")]
    [InlineData("mnist-toy-arrays", 4, 21_736)]
    [InlineData("vgg-block-arrays", 41, 549_984)]
    [InlineData("wrn-16-1-arrays", 26, 174_128)]
    [InlineData("wrn-16-8-arrays", 681, 10_954_160)]
    public void Shipped_experiments_read_back_as_they_are_written(string name, int arrays, int weights)
    {
        Experiment experiment = ShippedExperiments.Find(name)!;
        using var first = new StringWriter();
        ExperimentFile.Write(first, experiment);
        using var second = new StringWriter();
        ExperimentFile.Write(second, ExperimentFile.Parse(first.ToString(), "again.yaml"));

        Assert.Equal(first.ToString(), second.ToString());
        IReadOnlyList<MatrixShape> matrices = experiment.Arrays!.Network.Matrices();
        Assert.Equal(weights, matrices.Sum(m => m.Inputs * m.Outputs));
        Assert.Equal(arrays, matrices.Sum(m => new CircuitSim.Mapping.Tiles.TilePlan(m.Inputs, m.Outputs, 256, 64).ArrayCount));
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Every_problem_of_an_experiment_is_listed()
    {
        string text = Quarters.Replace("kind: pool, size: 2", "kind: pol, size: 2", StringComparison.Ordinal).Replace("from: fp", "from: fpp", StringComparison.Ordinal)
            .Replace("weight_bits: 4, on_off_ratio: 10 }", "weight_bits: 14, on_off_ratio: 1, adc_rang: x }", StringComparison.Ordinal)
            .Replace("judged: level-2", "judged: level-5", StringComparison.Ordinal).Replace("level: 4, from", "level: 5, from", StringComparison.Ordinal)
            .Replace("outputs: 10 }", "outputs: 0 }", StringComparison.Ordinal);

        string message = Assert.Throws<InputFileException>(() => ExperimentFile.Parse(text, "quarters.yaml")).Message;

        foreach (string problem in (string[])["did you mean 'pool'?", "begins from 'fpp'", "did you mean 'adc_range'?", "above 1", "the device has 14 bits", "did you mean 'level-2'?", "levels are 0", "'outputs' is '0'"])
            Assert.Contains(problem, message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Missing_data_and_images_of_another_size_are_typed_errors()
    {
        using var files = new TemporaryFolder();
        var nowhere = Assert.Throws<InputFileException>(() => RunPipeline.Create(ExperimentFile.Parse(Quarters, "q.yaml"), new RunFolder(files.File("run")), new RunServices()));
        Assert.Contains("--data or CIRCUITSIM_DATA", nowhere.Message, StringComparison.Ordinal);

        var empty = Assert.Throws<InputFileException>(() => RunPipeline.Create(ExperimentFile.Parse(Quarters, "q.yaml"), new RunFolder(files.File("run")), new RunServices { DataFolder = files.Root }));
        Assert.Contains("neither mnist/ nor data/mnist/", empty.Message, StringComparison.Ordinal);

        QuarterImages.Write(files.Root);
        var wrong = Assert.Throws<InvalidDesignException>(() => Pipeline(files, "run", Quarters.Replace("[8, 8, 1]", "[10, 10, 1]", StringComparison.Ordinal)));
        Assert.Contains("images of 'mnist' are 8 x 8 x 1", wrong.Message, StringComparison.Ordinal);

        File.Delete(files.File("mnist/t10k-labels-idx1-ubyte"));
        var file = Assert.Throws<InputFileException>(() => Pipeline(files, "run", Quarters, isComplete: true));
        Assert.Contains("t10k-labels-idx1-ubyte", file.Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void The_signed_rank_test_counts_choices_of_signs()
    {
        // The negative ranks 1 and 2 sum to 3, as do at most 5 of the 64 choices on either side; R 4.2.2 says 0.15625, too.
        Assert.Equal(10.0 / 64, SignedRankTest.Probability([1.1, 2.2, 3.3, 4.4, 5.5, 6.1], [2.5, 3.0, 3.0, 6.5, 4.9, 7.5]));
        Assert.Equal(2.0 / 32, SignedRankTest.Probability([1, 2, 3, 4, 5, 9], [2, 3, 4, 5, 6, 9]));
        Assert.Equal(1, SignedRankTest.Probability([1, 1, 1], [1, 1, 1]));
    }

    private static RunPipeline Pipeline(
        TemporaryFolder files, string name, string yaml, List<RunProgress>? kept = null, Action<RunProgress>? act = null, bool isComplete = false)
    {
        if (!isComplete && !Directory.Exists(files.File("mnist"))) QuarterImages.Write(files.Root);
        var services = new RunServices { DataFolder = files.Root, EngineSearchPath = Environment.GetEnvironmentVariable("PATH"), Progress = new Steps(kept, act) };
        return RunPipeline.Create(ExperimentFile.Parse(yaml, "quarters.yaml"), new RunFolder(files.File(name)), services);
    }

    private sealed class Steps(List<RunProgress>? kept, Action<RunProgress>? act) : IProgress<RunProgress>
    {
        public void Report(RunProgress value)
        {
            kept?.Add(value);
            act?.Invoke(value);
        }
    }
}
