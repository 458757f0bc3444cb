using System.Text.Json;
using CircuitSim.Mapping.Tiles;
using CircuitSim.TestSupport;
using CircuitSim.Training.Layers;
using CircuitSim.Training.Onnx;

namespace CircuitSim.Training.Tests.Onnx;

/// <summary>Models that PyTorch 1.13 wrote (make_models.py) compute here what they compute there.</summary>
[Trait("Kind", "peer")]
public class OnnxNetworkTests
{
    public static TheoryData<string> Names => [.. Directory.EnumerateFiles(Folder, "*.onnx").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    internal static string Folder => Path.Combine(Repository.Root, "tests", "CircuitSim.Training.Tests", "Onnx", "Models");

    [Fact]
    public void Every_model_is_tested() => Assert.Equal(12, Directory.GetFiles(Folder, "*.onnx").Length);

    [Theory]
    [MemberData(nameof(Names))]
    public void Outputs_agree_with_PyTorch(string name)
    {
        TrainedImageNetwork network = Read(name);
        using JsonDocument peer = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, name + ".json")));
        int[] shape = [.. peer.RootElement.GetProperty("shape").EnumerateArray().Select(e => e.GetInt32())];
        double[] given = Numbers("inputs"), expected = Numbers("outputs");
        FeatureShape input = network.Network.Input;
        bool isChannelsFirst = name != "channels-last";

        var model = new ConvolutionalModel<double>(network.Network, 1);
        for (int i = 0; i < model.Parameters.Length; i++) model.Parameters[i] = network.Parameters.Span[i];
        for (int i = 0; i < model.State.Length; i++) model.State[i] = network.State.Span[i];
        model.Prepare();
        double[] actual = [.. model.Forward(Order(given, shape[0], input, isChannelsFirst), shape[0], isTraining: false).Take(expected.Length)];
        double[] single = Single(network, Order(given, shape[0], input, isChannelsFirst), shape[0]);

        Assert.Equal(shape[0] * network.Network.Output().Count, expected.Length);
        if (name == "post-activation") (actual, single) = (Softmax(actual, 3), Softmax(single, 3));
        if (name is "view" or "fixed-batch") (actual, single) = ([.. Softmax(actual, 5).Select(p => Math.Log(p))], [.. Softmax(single, 5).Select(p => Math.Log(p))]);

        // Sums of up to 600 products in single precision, of a few layers: PyTorch's own rounding is some 2⁻²⁴·√600 of the largest.
        double largest = expected.Max(Math.Abs);
        Close.Lists(expected, actual, absolute: 3e-6 * largest, relative: 3e-6);
        Close.Lists(expected, single, absolute: 5e-6 * largest, relative: 5e-6);

        double[] Numbers(string property) => [.. peer.RootElement.GetProperty(property).EnumerateArray().Select(e => e.GetDouble())];
    }

    [Fact]
    public void Layers_of_a_plain_network_are_found()
    {
        NetworkSpec network = Read("plain").Network;

        Assert.Equal("plain", network.Name);
        Assert.Equal(new FeatureShape(8, 12, 2), network.Input);
        Assert.Equal(
            [
                new ConvolutionSpec { OutputChannels = 5 }, new BatchNormalizationSpec(), new ReluSpec(), new PoolSpec { Size = 2 },
                new ConvolutionSpec { OutputChannels = 7, Stride = 2, HasBias = false }, new ReluSpec(),
                new ConvolutionSpec { OutputChannels = 6, Kernel = 2, Padding = 0 }, new ReluSpec(),
                new FullyConnectedSpec { Outputs = 9 }, new ReluSpec(), new FullyConnectedSpec { Outputs = 4, HasBias = false },
            ],
            network.Layers);
    }

    [Fact]
    public void Blocks_of_a_wide_residual_network_are_found()
    {
        NetworkSpec network = Read("wide-residual").Network;

        LayerSpec[] activation = [new BatchNormalizationSpec(), new ReluSpec()];
        LayerSpec[] Convolutions(int wide, int stride) =>
            [new ConvolutionSpec { OutputChannels = wide, Stride = stride, HasBias = false }, .. activation, new ConvolutionSpec { OutputChannels = wide, HasBias = false }];
        LayerSpec[] Group(int wide, int stride) =>
        [
            .. activation,
            new ResidualSpec { Body = Convolutions(wide, stride), Shortcut = [new ConvolutionSpec { OutputChannels = wide, Kernel = 1, Padding = 0, Stride = stride, HasBias = false }] },
            new ResidualSpec { Body = [.. activation, .. Convolutions(wide, 1)] },
        ];
        AssertSame(
            [
                new ConvolutionSpec { OutputChannels = 4, HasBias = false }, .. Group(6, 1), .. Group(8, 2), .. activation,
                new PoolSpec { Pool = PoolKind.Average, Size = 4 }, new FullyConnectedSpec { Outputs = 5 },
            ],
            network.Layers);
    }

    [Fact]
    public void Features_without_rows_and_columns_become_channels_of_one_pixel()
    {
        NetworkSpec network = Read("perceptron").Network;

        Assert.Equal(new FeatureShape(1, 1, 13), network.Input);
        Assert.Equal([(13, 11), (11, 7), (7, 3)], network.Matrices().Select(m => (m.Inputs, m.Outputs)));
    }

    [Theory]
    [InlineData("mnist-toy", 4)]
    [InlineData("vgg-block", 41)]
    [InlineData("wrn-16-1", 26)]
    public void Published_networks_come_back_with_their_layers_and_arrays(string name, int arrays)
    {
        NetworkSpec published = name switch { "mnist-toy" => PublishedNetworks.MnistToy(), "vgg-block" => PublishedNetworks.VggBlock(), _ => PublishedNetworks.WideResidual(16, 1) };
        using var folder = new TemporaryFolder();
        string path = folder.File(name + ".onnx");
        File.WriteAllBytes(path, new OnnxWriter().Network(published).ToArray());

        NetworkSpec read = OnnxNetwork.Read(path).Network;

        Assert.Equal((published.Name, published.Input), (read.Name, read.Input));
        AssertSame(published.Layers, read.Layers);
        Assert.Equal(arrays, read.Matrices().Sum(m => new TilePlan(m.Inputs, m.Outputs, 256, 64).ArrayCount));
    }

    [Fact]
    public void The_toy_network_of_PyTorch_is_the_published_one() => AssertSame(PublishedNetworks.MnistToy().Layers, Read("mnist-toy").Network.Layers);

    private static TrainedImageNetwork Read(string name) => OnnxNetwork.Read(Path.Combine(Folder, name + ".onnx"));

    private static double[] Order(double[] given, int batch, FeatureShape shape, bool isChannelsFirst)
    {
        if (!isChannelsFirst) return given;
        var ordered = new double[given.Length];
        int pixels = shape.Height * shape.Width;
        for (int i = 0; i < batch; i++)
            for (int c = 0; c < shape.Channels; c++)
                for (int p = 0; p < pixels; p++) ordered[i * shape.Count + p * shape.Channels + c] = given[i * shape.Count + c * pixels + p];
        return ordered;
    }

    private static double[] Single(TrainedImageNetwork network, double[] inputs, int batch)
    {
        ConvolutionalModel<float> model = network.ToModel(1);
        model.Prepare();
        return [.. model.Forward([.. inputs.Select(v => (float)v)], batch, isTraining: false).Take(batch * model.ClassCount).Select(v => (double)v)];
    }

    private static double[] Softmax(double[] outputs, int classes) =>
        [.. outputs.Chunk(classes).SelectMany(row => row.Select(v => Math.Exp(v) / row.Sum(Math.Exp)))];

    private static void AssertSame(IReadOnlyList<LayerSpec> expected, IReadOnlyList<LayerSpec> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        foreach ((LayerSpec e, LayerSpec a) in expected.Zip(actual))
        {
            if (e is not ResidualSpec block) Assert.Equal(e, a);
            else
            {
                ResidualSpec found = Assert.IsType<ResidualSpec>(a);
                AssertSame(block.Body, found.Body);
                AssertSame(block.Shortcut, found.Shortcut);
            }
        }
    }
}
