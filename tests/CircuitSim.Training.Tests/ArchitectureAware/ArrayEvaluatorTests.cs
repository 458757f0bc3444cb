using CircuitSim.Circuit.Crossbars;
using CircuitSim.Mapping.Tiles;
using CircuitSim.TestSupport;
using CircuitSim.Training.ArchitectureAware;
using CircuitSim.Training.Layers;

namespace CircuitSim.Training.Tests.ArchitectureAware;

[Trait("Kind", "closed form")]
public class ArrayEvaluatorTests
{
    private static readonly TrainedImageNetwork Trained = ImageTrainer.Train(TinyNetworks.Network, TinyNetworks.Images, TinyNetworks.Options);

    [Theory]
    [InlineData(264)]
    [InlineData(256)]
    public void Published_networks_take_the_published_numbers_of_arrays(int inputs)
    {
        Assert.Equal([1, 2, 2, 3, 6, 10, 16, 1], Arrays(PublishedNetworks.VggBlock()));
        Assert.Equal([1, 1, 1, 1], Arrays(PublishedNetworks.MnistToy()));
        Assert.Equal(681, Arrays(PublishedNetworks.WideResidual(16, 8)).Sum());
        Assert.Equal(10_954_160, PublishedNetworks.WideResidual(16, 8).Matrices().Sum(m => m.Inputs * m.Outputs));

        int[] Arrays(NetworkSpec network) => [.. network.Matrices().Select(m => new TilePlan(m.Inputs, m.Outputs, inputs, 64).ArrayCount)];
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Wide_converters_and_fine_devices_give_back_floating_point()
    {
        var arrays = new ArrayModel { WeightBits = 12, InputBits = 12, OnOffRatio = 1e6, Tiles = new TileModel { Inputs = 20, Outputs = 4, ConverterBits = 16 } };
        double exact = ArrayEvaluator.Create(Trained, null, TinyNetworks.Images.Training).Evaluate(TinyNetworks.Images.Test).Accuracy;

        ArrayEvaluation fine = ArrayEvaluator.Create(Trained, arrays, TinyNetworks.Images.Training).Evaluate(TinyNetworks.Images.Test);
        ArrayEvaluation serial = ArrayEvaluator.Create(Trained, arrays with { Tiles = arrays.Tiles! with { IsBitSerial = true } }, TinyNetworks.Images.Training).Evaluate(TinyNetworks.Images.Test);

        Assert.True(exact > 0.95);
        // One of a hundred images may lie on the border of two classes.
        Close.Numbers(exact, fine.Accuracy, 0.0101);
        Close.Numbers(exact, serial.Accuracy, 0.0101);
        Assert.Equal(8, serial.ConversionCount * 8 / 12 / fine.ConversionCount);
    }

    [Theory]
    [InlineData(LevelOffset.Ignored, 0.5, 0.5, 0.1)]
    [InlineData(LevelOffset.Ignored, -0.05, 0.1, 0.1)]
    [InlineData(LevelOffset.Ignored, -1, 0.1, 1)]
    [InlineData(LevelOffset.Spread, 0.5, 0.55, 0.1)]
    [InlineData(LevelOffset.Spread, 0, 0.1, 0.1)]
    public void A_weight_becomes_two_conductances(LevelOffset offset, double weight, double positive, double negative)
    {
        (double p, double n) = new ArrayModel { OnOffRatio = 10, Offset = offset }.Pair(weight);

        // A handful of roundings.
        Close.Numbers(positive, p, 1e-15);
        Close.Numbers(negative, n, 1e-15);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Devices_have_two_to_the_bits_equally_spaced_levels(int bits)
    {
        var model = new ArrayModel { OnOffRatio = 10, WeightBits = bits };
        double[] levels = [.. Enumerable.Range(0, 4001).Select(i => Math.Round(model.Pair(i / 4000.0).Positive, 12)).Distinct().Order()];

        Assert.Equal(1 << bits, levels.Length);
        for (int k = 0; k < levels.Length; k++) Close.Numbers(0.1 + 0.9 * k / (levels.Length - 1), levels[k], 1e-12);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Chips_err_by_the_given_share_of_the_range_and_stay_as_they_are()
    {
        var arrays = new ArrayModel { WeightBits = 4, InputBits = 8, OnOffRatio = 10, Variation = 0.0156, Tiles = new TileModel() };
        ArrayEvaluator evaluator = ArrayEvaluator.Create(Trained, arrays, TinyNetworks.Images.Training);
        double[] target = Siemens(null), first = Siemens(1), second = Siemens(2);

        double[] errors = [.. first.Zip(target, (a, b) => (a - b) / (0.9 * arrays.OnSiemens))];
        double deviation = Math.Sqrt(errors.Average(e => e * e));

        Assert.Equal(first, Siemens(1));
        Assert.NotEqual(first, second);
        // 54·10·2 draws: the deviation is known to 1/√(2·1080) = 2.2 %; four of those.
        Close.Numbers(0.0156, deviation, 0, 0.09);
        Close.Numbers(3e-6, target.Max() * arrays.ReadVolts, 0, 1e-12);

        double[] Siemens(ulong? chip) => evaluator.Array(1, 0, new TileWires(), chip).ConductanceSiemens.ToArray();
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Training_on_arrays_keeps_weights_within_a_range_that_stays()
    {
        var arrays = new ArrayModel { WeightBits = 4, InputBits = 8, OnOffRatio = 10, Tiles = new TileModel { Inputs = 20, Outputs = 4 } };
        TrainedImageNetwork first = ImageTrainer.Train(TinyNetworks.Network, TinyNetworks.Images, TinyNetworks.Options with { Epochs = 1 }, arrays, Trained);
        TrainedImageNetwork second = ImageTrainer.Train(TinyNetworks.Network, TinyNetworks.Images, TinyNetworks.Options with { Epochs = 1 }, arrays, first);

        float range = first.State.Span[0], largest = second.Parameters.Span[..54].ToArray().Max(Math.Abs);

        Assert.True(range > 0);
        Assert.Equal(range, second.State.Span[0]);
        Assert.InRange(largest, 0.5f * range, range);
        Assert.True(second.History[^1].TestAccuracy > 0.8);
    }

    [Fact]
    public void A_converter_clips_beyond_its_range_and_counts()
    {
        float[] sum = [0, 0, 0, 0, 0], step = [0.5f, 0.5f, 0.5f, 0.5f, 0.5f], inverse = [2, 2, 2, 2, 2];

        long clipped = Lanes.AddConverted<float>([0.24f, 0.26f, -1.6f, 100, -100], step, inverse, 4, 3, sum);

        Assert.Equal([0, 0.5f, -1.5f, 1.5f, -2], sum);
        Assert.Equal(2, clipped);
    }

    [Fact]
    [Trait("Kind", "peer")]
    public void Partial_sums_of_arrays_with_wires_agree_with_the_direct_solver()
    {
        var arrays = new ArrayModel { WeightBits = 4, InputBits = 8, OnOffRatio = 10, Tiles = new TileModel { Inputs = 30 } };
        ArrayEvaluator evaluator = ArrayEvaluator.Create(Trained, arrays, TinyNetworks.Images.Training);
        (double[] volts, _) = evaluator.Drive(TinyNetworks.Images.Test, 1, 1);
        CrossbarSpec array = evaluator.Array(1, 1, new TileWires { SegmentOhms = 2.5 });

        double[] amps = new double[array.BitLineCount];
        TransferMatrix.Compute(array, hasSourceAdmittance: false).Apply(volts, 1, amps);
        using CrossbarSolver direct = CrossbarSolver.Factorize(array, new CrossbarSolverOptions { Method = CrossbarMethod.Cholesky });

        // Two exact methods.
        double[] expected = direct.Solve(volts).BitLineEndAmps.ToArray();
        Assert.True(expected.Max() > 1e-7);
        Close.Lists(expected, amps, 1e-10 * expected.Max());
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Ideal_wires_change_nothing_and_long_ones_do()
    {
        var arrays = new ArrayModel { WeightBits = 4, InputBits = 8, OnOffRatio = 10, Tiles = new TileModel { Inputs = 20, Outputs = 4 } };
        ArrayEvaluator evaluator = ArrayEvaluator.Create(Trained, arrays, TinyNetworks.Images.Training);
        double accuracy = evaluator.Evaluate(TinyNetworks.Images.Test).Accuracy;

        Assert.Equal(accuracy, evaluator.Evaluate(TinyNetworks.Images.Test, new TileWires()).Accuracy);
        Assert.NotEqual(accuracy, evaluator.Evaluate(TinyNetworks.Images.Test, new TileWires { SegmentOhms = 20_000 }).Accuracy);
        Assert.Equal(accuracy, evaluator.Evaluate(TinyNetworks.Images.Test).Accuracy);
    }
}
