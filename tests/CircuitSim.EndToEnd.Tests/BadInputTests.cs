using CircuitSim.TestSupport;

namespace CircuitSim.EndToEnd.Tests;

/// <summary>What a user gets for a mistake: a place, a rule and a next step; never a trace, never half a folder.</summary>
[Trait("Kind", "closed form")]
public sealed class BadInputTests : IDisposable
{
    private const string Iris = """
        name: mine
        data:    { set: iris }
        network: { layers: [4, 4, 3] }
        train:   { epochs: 2 }
        export:  { samples: [0] }

        """;

    private readonly TemporaryFolder _folder = new();

    private string OutputFolder => _folder.File("out");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_unknown_key_is_named_with_its_line_and_a_suggestion() =>
        Refused(Iris + "trian: { epochs: 3 }\n", 3, "mine.yaml(6,1)", "did you mean 'train'");

    [Fact]
    public void A_missing_experiment_file_is_named() =>
        Refused(Run("run", _folder.File("nowhere.yaml"), "--output", OutputFolder), 3, "nowhere.yaml", "no such file");

    [Fact]
    public void An_experiment_that_does_not_ship_is_a_usage_error_that_lists_those_that_do() =>
        Refused(Run("run", "phax-iriss", "--output", OutputFolder), 2, "phax-iriss", "phax-iris, phax-iris-yield, phax-mnist14");

    [Fact]
    public void Layers_that_do_not_fit_the_data_are_refused() =>
        Refused(Iris.Replace("[4, 4, 3]", "[5, 4, 3]", StringComparison.Ordinal), 3, "iris", "4 features", "5");

    [Fact]
    public void Outputs_that_do_not_fit_the_classes_are_refused() =>
        Refused(Iris.Replace("[4, 4, 3]", "[4, 4, 2]", StringComparison.Ordinal), 3, "iris", "3 classes", "2");

    [Fact]
    public void A_sample_beyond_those_held_out_is_refused_before_training()
    {
        Refused(Iris.Replace("[0]", "[30]", StringComparison.Ordinal), 3, "export sample 30", "0 to 29");
        Assert.False(Directory.Exists(OutputFolder));
    }

    [Fact]
    public void A_conductance_outside_the_window_names_its_device() =>
        Refused(Iris + "device: { conductance_ratio: 500 }\n", 3, "layer 1, word line", "1.2E-07 to 7.9E-06 S", "out_of_range: clip");

    [Fact]
    public void Negative_ohms_are_refused_with_their_line() =>
        Refused(Iris + "circuit: { segment_ohms: -1 }\n", 3, "mine.yaml(6,", "at least 0");

    [Fact]
    public void A_data_set_that_does_not_exist_is_refused_with_those_that_do() =>
        Refused(Iris.Replace("iris", "irys", StringComparison.Ordinal), 3, "irys", "mnist14");

    [Fact]
    public void A_missing_number_in_a_csv_is_named_with_its_line()
    {
        string csv = _folder.File("mine.csv");
        File.WriteAllText(csv, "a,b,class\n1,2,x\n2,nan,y\n3,4,x\n5,6,y\n");

        Refused(Iris.Replace("set: iris", $"set: '{csv}', label: class", StringComparison.Ordinal).Replace("[4, 4, 3]", "[2, 2, 2]", StringComparison.Ordinal), 3, "mine.csv(3", "nan");
    }

    [Fact]
    public void A_truncated_image_file_is_named_with_its_offset()
    {
        string folder = Directory.CreateDirectory(_folder.File("mnist")).FullName;
        // Header of an IDX file of 10 images of 28 x 28, then one byte.
        File.WriteAllBytes(Path.Combine(folder, "train-images-idx3-ubyte"), [0, 0, 8, 3, 0, 0, 0, 10, 0, 0, 0, 28, 0, 0, 0, 28, 7]);
        File.WriteAllBytes(Path.Combine(folder, "train-labels-idx1-ubyte"), [0, 0, 8, 1, 0, 0, 0, 10, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0]);
        string text = Iris.Replace("iris", "mnist", StringComparison.Ordinal).Replace("[4, 4, 3]", "[784, 10]", StringComparison.Ordinal);

        Refused(Run("run", Write(text), "--data", _folder.Root, "--output", OutputFolder), 3, "train-images-idx3-ubyte", "byte");
    }

    [Theory]
    [InlineData("r1 a 0 1 2\n", "mine.cir(2")]
    [InlineData("r1 a 0 -\n", "mine.cir(2")]
    [InlineData("v1 a 0 1\nr1 a\n", "mine.cir(3")]
    [InlineData("v1 a 0 1\nx1 a 0 nothing\n", "nothing")]
    public void A_deck_that_breaks_the_syntax_is_named_with_its_line(string body, string expected)
    {
        string deck = _folder.File("mine.cir");
        File.WriteAllText(deck, "a title\n" + body + ".op\n.end\n");

        Refused(Run("solve", deck), 3, expected);
    }

    [Fact]
    public void A_missing_deck_is_named() => Refused(Run("solve", _folder.File("nowhere.cir")), 3, "nowhere.cir");

    [Fact]
    public void An_unknown_option_is_a_usage_error() => Refused(Run("run", "phax-iris", "--ouptut", "x"), 2, "--ouptut");

    [Fact]
    public void A_folder_that_holds_other_files_is_left_alone()
    {
        Directory.CreateDirectory(OutputFolder);
        File.WriteAllText(Path.Combine(OutputFolder, "thesis.txt"), "mine");

        CommandResult result = Run("run", "phax-iris", "--output", OutputFolder);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--force", result.Error, StringComparison.Ordinal);
        Assert.Equal(["thesis.txt"], Directory.GetFileSystemEntries(OutputFolder).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("map")]
    [InlineData("check")]
    [InlineData("report")]
    public void A_stage_of_a_folder_that_is_no_run_is_refused(string verb) =>
        Refused(Run(verb, _folder.Root), 3, "not a run folder");

    private static CommandResult Run(params string[] args) => CommandRunner.Run(args);

    private string Write(string experiment)
    {
        string path = _folder.File("mine.yaml");
        File.WriteAllText(path, experiment);
        return path;
    }

    private void Refused(string experiment, int exitCode, params string[] parts) =>
        Refused(Run("run", Write(experiment), "--output", OutputFolder), exitCode, parts);

    private void Refused(CommandResult result, int exitCode, params string[] parts)
    {
        Assert.Equal(exitCode, result.ExitCode);
        string error = result.Error[result.Error.IndexOf("error: ", StringComparison.Ordinal)..];
        foreach (string part in parts) Assert.Contains(part, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.Equal("", result.Output);
        string[] left = Directory.Exists(OutputFolder) ? Directory.GetFileSystemEntries(OutputFolder) : [];
        Assert.DoesNotContain(left, f => f.EndsWith(".part", StringComparison.Ordinal));
    }
}
