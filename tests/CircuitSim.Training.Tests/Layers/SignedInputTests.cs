using CircuitSim.Circuit.Errors;
using CircuitSim.Mapping.Tiles;
using CircuitSim.TestSupport;
using CircuitSim.Training.ArchitectureAware;
using CircuitSim.Training.Layers;
using CircuitSim.Training.Tests.ArchitectureAware;

namespace CircuitSim.Training.Tests.Layers;

[Trait("Kind", "property")]
public class SignedInputTests
{
    // A residual sum, a convolution without a ReLU behind it and normalised pixels: all bring numbers below zero to a matrix.
    private static NetworkSpec Network { get; } = new()
    {
        Name = "signed",
        Input = new FeatureShape(8, 8, 1),
        Normalization = new InputNormalization([0.3], [0.2]),
        Layers =
        [
            new ConvolutionSpec { OutputChannels = 6 }, new ReluSpec(), new ResidualSpec { Body = [new ConvolutionSpec { OutputChannels = 6 }] }, new PoolSpec { Size = 2 },
            new ConvolutionSpec { OutputChannels = 8, Kernel = 1, Padding = 0 }, new PoolSpec { Size = 2, Pool = PoolKind.Average }, new FullyConnectedSpec { Outputs = 4 },
        ],
    };

    private static readonly TrainedImageNetwork Trained = ImageTrainer.Train(Network, TinyNetworks.Images, TinyNetworks.Options);

    [Fact]
    public void Matrices_know_whether_their_inputs_have_signs()
    {
        Assert.Equal([true, false, true, true], Network.Matrices().Select(m => m.HasSignedInput));
        Assert.Equal([false, false, true, true], (Network with { Normalization = null }).Matrices().Select(m => m.HasSignedInput));
        Assert.DoesNotContain(PublishedNetworks.WideResidual(16, 2).Matrices(), m => m.HasSignedInput);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Signed_inputs_are_read_in_two_steps_and_nothing_is_lost(bool isBitSerial)
    {
        var arrays = new ArrayModel { WeightBits = 12, InputBits = 12, OnOffRatio = 1e6, Tiles = new TileModel { Inputs = 20, Outputs = 4, ConverterBits = 16, IsBitSerial = isBitSerial } };
        ArrayEvaluation exact = ArrayEvaluator.Create(Trained, null, TinyNetworks.Images.Training).Evaluate(TinyNetworks.Images.Test);

        ArrayEvaluation fine = ArrayEvaluator.Create(Trained, arrays, TinyNetworks.Images.Training).Evaluate(TinyNetworks.Images.Test);

        Assert.True(exact.Accuracy > 0.9);
        // One of a hundred images may lie on the border of two classes.
        Close.Numbers(exact.Accuracy, fine.Accuracy, 0.0101);
        long once = Network.Matrices().Sum(m => (long)m.PixelCount * m.Outputs * ((m.Inputs + 19) / 20) * (m.HasSignedInput ? 2 : 1)) * (isBitSerial ? 12 : 1);
        Assert.Equal(once * TinyNetworks.Images.Test.Count, fine.ConversionCount);
        Assert.InRange((double)fine.ClippedCount / fine.ConversionCount, 0, 0.01);
    }

    [Fact]
    public void Outputs_on_fine_arrays_are_those_of_floating_point()
    {
        var model = new ConvolutionalModel<double>(Network, 1);
        for (int k = 0; k < model.Parameters.Length; k++) model.Parameters[k] = Trained.Parameters.Span[k];
        double[] inputs = [.. Enumerable.Range(0, 64).Select(k => Math.Sin(k * 0.7))];
        model.Prepare();
        double[] exact = [.. model.Forward(inputs, 1, isTraining: false).Take(4)];

        model.Attach(new ArrayModel { WeightBits = 12, InputBits = 12, OnOffRatio = 1e6, Tiles = new TileModel { Inputs = 20, Outputs = 4, ConverterBits = 16 } });
        model.Calibrate([(inputs, 1)]);
        double[] arrays = [.. model.Forward(inputs, 1, isTraining: false).Take(4)];

        // 12 bits of weights and inputs: 1/4096 of the largest, over four matrices of up to 54 inputs each.
        Close.Lists(exact, arrays, 0.01 * exact.Max(Math.Abs));
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Normalised_pixels_are_folded_weights_where_nothing_is_padded()
    {
        NetworkSpec plain = new() { Name = "plain", Input = new FeatureShape(8, 8, 1), Layers = [new ConvolutionSpec { OutputChannels = 2, Padding = 0 }, new ReluSpec(), new FullyConnectedSpec { Outputs = 4 }] };
        NetworkSpec normalised = plain with { Normalization = new InputNormalization([0.3], [0.2]) };
        TrainedImageNetwork trained = ImageTrainer.Train(normalised, TinyNetworks.Images, TinyNetworks.Options);
        float[] parameters = trained.Parameters.ToArray();
        for (int o = 0; o < 2; o++)
        {
            double sum = 0;
            for (int i = 0; i < 9; i++)
            {
                sum += parameters[2 * i + o];
                parameters[2 * i + o] /= 0.2f;
            }

            parameters[18 + o] -= (float)(sum * 0.3 / 0.2);
        }

        var folded = new TrainedImageNetwork(plain, parameters, trained.State.Span, trained.History);

        double Accuracy(TrainedImageNetwork network) => ArrayEvaluator.Create(network, null, TinyNetworks.Images.Training).Evaluate(TinyNetworks.Images.Test).Accuracy;
        // One of a hundred images may lie on the border of two classes.
        Close.Numbers(Accuracy(trained), Accuracy(folded), 0.0101);
        Assert.True(Accuracy(trained) > 0.6);
    }

    [Fact]
    public void Normalisations_that_do_not_fit_and_networks_without_weights_are_refused()
    {
        var e = Assert.Throws<InvalidDesignException>(() => (Network with { Normalization = new InputNormalization([0.1, 0.2], [0]) }).Output());
        var none = Assert.Throws<InvalidDesignException>(() => (Network with { Layers = [new ReluSpec()] }).Output());

        Assert.Equal(2, e.Violations.Count);
        Assert.Contains("one for each of 1 channels", e.Message, StringComparison.Ordinal);
        Assert.Contains("no layer has weights", none.Message, StringComparison.Ordinal);
    }
}
