using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Randomness;
using CircuitSim.TestSupport;
using CircuitSim.Training.Layers;

namespace CircuitSim.Training.Tests.Layers;

[Trait("Kind", "closed form")]
public class LayerGradientTests
{
    private const int Batch = 3;

    public static TheoryData<string> Names => [.. Networks.Keys];

    private static Dictionary<string, NetworkSpec> Networks { get; } = new()
    {
        ["convolution 3x3"] = Net(new(8, 8, 3), new ConvolutionSpec { OutputChannels = 5 }),
        ["convolution over many channels"] = Net(new(4, 8, 20), new ConvolutionSpec { OutputChannels = 35 }),
        ["convolution, narrow image"] = Net(new(5, 7, 2), new ConvolutionSpec { OutputChannels = 16, HasBias = false }, new ConvolutionSpec { OutputChannels = 9 }),
        ["convolution with stride 2"] = Net(new(7, 7, 3), new ConvolutionSpec { OutputChannels = 4 }, new ConvolutionSpec { OutputChannels = 6, Stride = 2 }),
        ["convolution 5x5, stride 3, rest"] = Net(new(11, 9, 2), new ConvolutionSpec { OutputChannels = 8, Kernel = 1, Padding = 0 }, new ConvolutionSpec { OutputChannels = 3, Kernel = 5, Padding = 2, Stride = 3 }),
        ["convolution 2x2 without padding"] = Net(new(6, 9, 2), new ConvolutionSpec { OutputChannels = 16, Kernel = 2, Padding = 0 }, new ConvolutionSpec { OutputChannels = 3, Kernel = 2, Padding = 0 }),
        ["shortcut 1x1 with stride"] = Net(new(8, 8, 4), new ResidualSpec
        {
            Body = [new ConvolutionSpec { OutputChannels = 6, Stride = 2 }, new ReluSpec(), new ConvolutionSpec { OutputChannels = 6 }],
            Shortcut = [new ConvolutionSpec { OutputChannels = 6, Kernel = 1, Padding = 0, Stride = 2, HasBias = false }],
        }),
        ["identity shortcut, body ends in relu"] = Net(new(4, 4, 3), new ConvolutionSpec { OutputChannels = 3 }, new ResidualSpec { Body = [new ReluSpec(), new ConvolutionSpec { OutputChannels = 3 }, new ReluSpec()] }),
        ["maximum pool"] = Net(new(6, 6, 3), new ConvolutionSpec { OutputChannels = 9 }, new ReluSpec(), new PoolSpec { Size = 2 }),
        ["overlapping maximum pool"] = Net(new(7, 7, 3), new ConvolutionSpec { OutputChannels = 4 }, new PoolSpec { Size = 3, Stride = 2 }),
        ["average pool"] = Net(new(6, 6, 3), new ConvolutionSpec { OutputChannels = 4 }, new PoolSpec { Pool = PoolKind.Average, Size = 3 }),
        ["batch normalisation"] = Net(new(4, 4, 3), new ConvolutionSpec { OutputChannels = 9 }, new BatchNormalizationSpec(), new ReluSpec(), new ConvolutionSpec { OutputChannels = 2 }),
        ["fully connected"] = Net(new(2, 3, 4), new FullyConnectedSpec { Outputs = 70 }, new ReluSpec(), new FullyConnectedSpec { Outputs = 5, HasBias = false }),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Gradients_of_a_layer_agree_with_central_differences(string name)
    {
        (ConvolutionalModel<double> model, double[] inputs, byte[] labels) = Prepared(Networks[name]);

        Loss(model, inputs, labels);
        model.Backward(Batch);
        double[] gradient = [.. model.Gradient];

        double largest = gradient.Max(Math.Abs);
        Assert.True(largest > 1e-4);
        var pick = new CounterRandom(3, "parameters looked at");
        for (int n = 0; n < 120; n++)
        {
            int p = pick.Below((ulong)n, gradient.Length);
            double kept = model.Parameters[p];
            const double step = 1e-6;
            model.Parameters[p] = kept + step;
            double above = Loss(model, inputs, labels);
            model.Parameters[p] = kept - step;
            double below = Loss(model, inputs, labels);
            model.Parameters[p] = kept;

            // Rounding of a loss near 2 over twice the step is 2e-10; curvature is of the size of the step squared.
            Close.Numbers((above - below) / (2 * step), gradient[p], 2e-8 + 1e-6 * largest);
        }
    }

    [Fact]
    public void A_convolution_is_the_sum_over_its_patches()
    {
        NetworkSpec spec = Net(new(6, 5, 3), new ConvolutionSpec { OutputChannels = 4, Stride = 2 });
        var model = new ConvolutionalModel<double>(new NetworkSpec { Name = "one", Input = spec.Input, Layers = [spec.Layers[0]] }, 1);
        double[] inputs = Numbers(2 * 6 * 5 * 3, "images");
        Numbers(model.Parameters.Length, "weights").CopyTo(model.Parameters, 0);
        model.Prepare();

        double[] outputs = model.Forward(inputs, 2, isTraining: false);

        for (int i = 0; i < 2; i++)
            for (int y = 0; y < 3; y++)
                for (int x = 0; x < 3; x++)
                    for (int o = 0; o < 4; o++)
                    {
                        double sum = model.Parameters[27 * 4 + o];
                        for (int ky = 0; ky < 3; ky++)
                            for (int kx = 0; kx < 3; kx++)
                                for (int c = 0; c < 3; c++)
                                {
                                    (int row, int column) = (2 * y + ky - 1, 2 * x + kx - 1);
                                    if (row is < 0 or >= 6 || column is < 0 or >= 5) continue;
                                    sum += inputs[((i * 6 + row) * 5 + column) * 3 + c] * model.Parameters[((ky * 3 + kx) * 3 + c) * 4 + o];
                                }

                        // 28 terms of at most one.
                        Close.Numbers(sum, outputs[((i * 3 + y) * 3 + x) * 4 + o], 28 * 28 * Math.ScaleB(1, -53));
                    }
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Passes_have_the_same_bits_for_one_thread_and_for_two()
    {
        NetworkSpec spec = PublishedNetworks.WideResidual(10, 1);
        float[] inputs = [.. Numbers(7 * spec.Input.Count, "images").Select(v => (float)Math.Abs(v))];
        byte[] labels = [0, 1, 2, 3, 4, 5, 6];
        float[][] gradients = new float[2][];
        for (int threads = 1; threads <= 2; threads++)
        {
            var model = new ConvolutionalModel<float>(spec, threads);
            model.Initialize(1);
            model.Prepare();
            model.Loss(model.Forward(inputs, 7, isTraining: true), labels, 7, out _);
            model.Backward(7);
            gradients[threads - 1] = [.. model.Gradient, .. model.State];
        }

        Assert.Equal(gradients[0], gradients[1]);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Layers_that_do_not_fit_are_listed()
    {
        var spec = new NetworkSpec
        {
            Name = "bad",
            Input = new(8, 8, 3),
            Layers = [new ConvolutionSpec { OutputChannels = 0 }, new PoolSpec { Size = 9 }, new ResidualSpec { Body = [new ConvolutionSpec { OutputChannels = 5 }] }, new ConvolutionSpec { OutputChannels = 4, Padding = 3 }],
        };

        var e = Assert.Throws<InvalidDesignException>(() => spec.Output());

        Assert.Equal(4, e.Violations.Count);
        Assert.Contains("layer 1: a convolution has 0 output channels", e.Violations[0], StringComparison.Ordinal);
    }

    private static NetworkSpec Net(FeatureShape input, params LayerSpec[] layers) =>
        new() { Name = "test", Input = input, Layers = [.. layers, new FullyConnectedSpec { Outputs = 4 }] };

    private static (ConvolutionalModel<double> Model, double[] Inputs, byte[] Labels) Prepared(NetworkSpec spec)
    {
        var model = new ConvolutionalModel<double>(spec, 2);
        model.Initialize(5);
        double[] shake = Numbers(model.Parameters.Length, "biases");
        for (int p = 0; p < shake.Length; p++) model.Parameters[p] += 0.1 * shake[p];
        return (model, Numbers(Batch * spec.Input.Count, "inputs"), [0, 3, 1]);
    }

    private static double Loss(ConvolutionalModel<double> model, double[] inputs, byte[] labels)
    {
        model.Prepare();
        return model.Loss(model.Forward(inputs, Batch, isTraining: true), labels, Batch, out _);
    }

    private static double[] Numbers(int count, string purpose)
    {
        var random = new CounterRandom(2, purpose);
        return [.. Enumerable.Range(0, count).Select(i => random.Uniform((ulong)i, -1, 1))];
    }
}
