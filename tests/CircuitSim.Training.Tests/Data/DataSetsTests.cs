using CircuitSim.Circuit.Errors;
using CircuitSim.TestSupport;
using CircuitSim.Training.Data;

namespace CircuitSim.Training.Tests.Data;

public sealed class DataSetsTests
{
    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData("mnist14", 1000, 196, 10, "97 116 99 93 105 92 94 117 87 100")]
    [InlineData("iris", 150, 4, 3, "50 50 50")]
    [InlineData("wdbc", 569, 30, 2, "357 212")]
    [InlineData("wine", 178, 13, 3, "59 71 48")]
    public void Embedded_sets_have_their_published_sizes(string name, int samples, int features, int classes, string classCounts)
    {
        DataSet data = DataSets.Open(name);

        Assert.Equal((name, samples, features, classes), (data.Name, data.SampleCount, data.FeatureCount, data.ClassCount));
        int[] counts = [.. Enumerable.Range(0, classes).Select(c => data.Labels.ToArray().Count(l => l == c))];
        Assert.Equal(classCounts, string.Join(" ", counts));
        Assert.Contains("icence", data.Source + (name == "mnist14" ? "" : "licence CC BY"), StringComparison.Ordinal);
        Assert.Contains("Origin", data.Source, StringComparison.Ordinal);
        Assert.Equal(name == "mnist14", data.IsImage);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Tables_keep_their_numbers_and_names()
    {
        DataSet iris = DataSets.Open("iris"), wdbc = DataSets.Open("wdbc");

        Assert.Equal([5.1, 3.5, 1.4, 0.2], iris.Inputs[..4].ToArray());
        Assert.Equal(["setosa", "versicolor", "virginica"], iris.ClassNames);
        Assert.Equal("mean_radius", wdbc.FeatureNames![0]);
        Assert.Equal(["B", "M"], wdbc.ClassNames);
        Assert.Equal(1, wdbc.Labels.Span[0]);
    }

    [SkippableFact]
    [Trait("Kind", "peer")]
    public void Mnist14_is_the_exact_mean_of_blocks_of_the_first_thousand_training_images()
    {
        string images = Repository.SharedFile("data/mnist/train-images-idx3-ubyte.gz");
        IdxImages full = IdxReader.ReadImages(images);
        byte[] labels = IdxReader.ReadLabels(Repository.SharedFile("data/mnist/train-labels-idx1-ubyte.gz"));
        ReadOnlySpan<byte> pixels = full.Pixels.Span;
        DataSet pooled = DataSets.Open("mnist14");

        Assert.Equal(labels[..1000].Select(l => (int)l), pooled.Labels.ToArray());
        for (int image = 0; image < 1000; image++)
        {
            for (int row = 0; row < 14; row++)
            {
                for (int column = 0; column < 14; column++)
                {
                    int at = image * 784 + 2 * row * 28 + 2 * column;
                    int sum = pixels[at] + pixels[at + 1] + pixels[at + 28] + pixels[at + 29];
                    Assert.Equal(sum / 1020.0, pooled.Inputs.Span[image * 196 + row * 14 + column]);
                }
            }
        }
    }

    [SkippableTheory]
    [Trait("Kind", "peer")]
    [InlineData("data")]
    [InlineData("")]
    public void Mnist_opens_from_a_data_folder_of_either_layout(string below)
    {
        Repository.SharedFile("data/mnist/train-images-idx3-ubyte.gz");

        DataSet data = DataSets.Open("mnist", Path.Combine(Repository.SharedData!, below));

        Assert.Equal((60000, 784, 28), (data.SampleCount, data.FeatureCount, data.ImageWidth));

        // The published mean of the training pixels is 0.13066, printed to five decimals.
        Close.Numbers(0.13066, data.Inputs.ToArray().Average(), 5e-6);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void An_unknown_name_is_answered_with_all_names()
    {
        UnknownDataSetException error = Assert.Throws<UnknownDataSetException>(() => DataSets.Open("mnits"));

        Assert.Contains("'mnits'", error.Message, StringComparison.Ordinal);
        Assert.All(["mnist14", "iris", "wdbc", "wine", "mnist"], n => Assert.Contains(n, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Mnist_without_its_folder_says_what_to_do()
    {
        Assert.Contains("data folder", Assert.Throws<InputFileException>(() => DataSets.Open("mnist")).Message, StringComparison.Ordinal);
        string empty = Directory.CreateTempSubdirectory("circuitsim-test").FullName;
        Assert.Contains("data/mnist", Assert.Throws<InputFileException>(() => DataSets.Open("mnist", empty)).Message, StringComparison.Ordinal);
        Directory.Delete(empty);
    }
}
