using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Randomness;
using CircuitSim.TestSupport;
using CircuitSim.Training.Layers;
using CircuitSim.Training.Onnx;

namespace CircuitSim.Training.Tests.Onnx;

/// <summary>Nodes that only give numbers another shape, and constants that are computed in the file, change nothing that a network computes.</summary>
[Trait("Kind", "property")]
public class OnnxShapeTests
{
    private static readonly long[] Two = [2, 2], ToFirst = [0, 3, 1, 2], ToLast = [0, 2, 3, 1];

    public static TheoryData<string> Names => [.. Models.Keys];

    // The model, and the input of a sample as the network takes it: rows, columns, channels.
    private static Dictionary<string, (Func<OnnxWriter> Model, FeatureShape Input)> Models { get; } = new()
    {
        ["a Reshape that is the Transpose of one channel"] = (
            () => Dense(Turned(Convolution(new OnnxWriter().Input("x", "N", 6, 6, 1).Integers("s", -1, 1, 6, 6).Node("Reshape", "x s", "t"), "t", 1)), 64),
            new FeatureShape(6, 6, 1)),
        ["a Transpose of one channel"] = (
            () => Dense(Convolution(new OnnxWriter().Input("x", "N", 6, 6, 1).Node("Transpose", "x", "t", ("perm", ToFirst)), "t", 1), 64),
            new FeatureShape(6, 6, 1)),
        ["a Reshape from features to an image"] = (
            () => Dense(Convolution(new OnnxWriter().Input("x", "N", 36).Integers("s", -1, 1, 6, 6).Node("Reshape", "x s", "t"), "t", 1), 64),
            new FeatureShape(6, 6, 1)),
        ["a Reshape from features to an image with three channels first"] = (
            () => Dense(Convolution(new OnnxWriter().Input("x", "N", 108).Integers("s", 0, 3, 6, 6).Node("Reshape", "x s", "t"), "t", 3), 64),
            new FeatureShape(6, 6, 3)),
        ["a Reshape from features to an image with three channels last"] = (
            () => Dense(Convolution(new OnnxWriter().Input("x", "N", 108).Integers("s", 0, 6, 6, 3).Node("Reshape", "x s", "a").Node("Transpose", "a", "t", ("perm", ToFirst)), "t", 3), 64),
            new FeatureShape(6, 6, 3)),
        ["an Unsqueeze of an image without channels"] = (
            () => Dense(Convolution(new OnnxWriter().Input("x", "N", 6, 6).Integers("s", 1).Node("Unsqueeze", "x s", "t"), "t", 1), 64),
            new FeatureShape(6, 6, 1)),
        ["a Reshape of an image without channels, and of one dense layer"] = (
            () => Dense(new OnnxWriter().Input("x", "N", 6, 6).Integers("s", -1, 36).Node("Reshape", "x s", "t"), 36),
            new FeatureShape(6, 6, 1)),
        ["three channels last without convolution"] = (
            () => Dense(Dense(new OnnxWriter().Input("x", "N", 108).Node("Identity", "x", "i"), 108, "a", 5).Node("Relu", "a", "r"), 5),
            new FeatureShape(1, 1, 108)),
        ["channels last between convolutions and before the features"] = (
            () => Dense(Turned(Convolution(new OnnxWriter().Input("x", "N", 3, 6, 6), "x", 3)), 64),
            new FeatureShape(6, 6, 3)),
        ["there and back between convolutions"] = (
            () => Dense(Convolution(Turned(Convolution(new OnnxWriter().Input("x", "N", 3, 6, 6), "x", 3)).Node("Relu", "q", "u").Node("Transpose", "u", "v", ("perm", ToFirst)), "v", 4), 16),
            new FeatureShape(6, 6, 3)),
        ["pixels in one axis turned and averaged"] = (
            () => Dense(Convolution(new OnnxWriter().Input("x", "N", 3, 6, 6), "x", 3).Integers("s", 0, 4, 16).Node("Reshape", "r s", "a").Node("Transpose", "a", "b", ("perm", new long[] { 0, 2, 1 }))
                .Node("ReduceMean", "b", "m", ("axes", new long[] { 1 }), ("keepdims", 0)), 4, flatten: false),
            new FeatureShape(6, 6, 3)),
        ["pixels in one axis averaged and kept"] = (
            () => Dense(Convolution(new OnnxWriter().Input("x", "N", 3, 6, 6), "x", 3).Integers("s", 0, 4, 16).Node("Reshape", "r s", "a").Node("ReduceMean", "a", "m", ("axes", new long[] { -1 }))
                .Integers("e", 2).Node("Squeeze", "m e", "q"), 4, flatten: false),
            new FeatureShape(6, 6, 3)),
        ["a matrix reshaped from the weights of a convolution"] = (
            () => Pooled().Integers("s", 1, 16).Integers("v", 16, 3).Weights("w3", 4, 2, 2, 3).Node("Reshape", "p s", "f").Node("Reshape", "w3 v", "g").Node("MatMul", "f g", "y").Weights("b", 1, 3).Node("Add", "y b", "z").Output(),
            new FeatureShape(6, 6, 1)),
        ["a matrix flattened, turned and cast"] = (
            () => Pooled().Integers("s", 1, 16).Weights("w3", 3, 4, 2, 2).Node("Reshape", "p s", "f").Node("Flatten", "w3", "a").Node("Transpose", "a", "b").Node("Cast", "b", "g", ("to", 1)).Node("MatMul", "f g", "y").Output(),
            new FeatureShape(6, 6, 1)),
        ["a kernel turned from rows, columns, inputs, outputs"] = (
            () => Dense(new OnnxWriter().Input("x", "N", 2, 5, 5).Weights("w", 3, 3, 2, 4).Node("Transpose", "w", "k", ("perm", new long[] { 3, 2, 0, 1 })).Node("Conv", "x k", "c"), 36),
            new FeatureShape(5, 5, 2)),
        ["a kernel joined from two, unsqueezed"] = (
            () => Dense(new OnnxWriter().Input("x", "N", 1, 5, 5).Weights("w1", 1, 3, 3).Weights("w2", 2, 3, 3).Node("Concat", "w1 w2", "j", ("axis", 0)).Integers("e", 1).Node("Unsqueeze", "j e", "k").Node("Conv", "x k", "c"), 27),
            new FeatureShape(5, 5, 1)),
        ["weights joined along inputs"] = (
            () => new OnnxWriter().Input("x", "N", 7).Weights("w1", 3, 2).Weights("w2", 4, 2).Node("Concat", "w1 w2", "j", ("axis", -2)).Node("MatMul", "x j", "y").Output(),
            new FeatureShape(1, 1, 7)),
        ["the number of features computed from the shape"] = (
            () => Dense(Pooled().Node("Shape", "p", "a").Integers("i", 1).Integers("j", 2).Integers("l", 3).Node("Gather", "a i", "cc").Node("Gather", "a j", "h").Node("Gather", "a l", "w")
                .Node("Mul", "cc h", "ch").Node("Mul", "ch w", "n").Integers("m", -1).Node("Concat", "m n", "s", ("axis", 0)).Node("Reshape", "p s", "f"), 16, flatten: false),
            new FeatureShape(6, 6, 1)),
        ["the number of features as a product of a slice"] = (
            () => Dense(Pooled().Node("Shape", "p", "a").Integers("i", 1).Integers("j", 4).Node("Slice", "a i j", "b").Node("ReduceProd", "b", "n").Integers("m", -1).Node("Concat", "m n", "s", ("axis", 0))
                .Node("Cast", "s", "t", ("to", 7)).Node("Reshape", "p t", "f"), 16, flatten: false),
            new FeatureShape(6, 6, 1)),
        ["a product of single pixels with four axes"] = (
            () => Pooled().Node("AveragePool", "p", "m", ("kernel_shape", Two)).Node("Transpose", "m", "q", ("perm", ToLast)).Weights("w3", 4, 3).Node("MatMul", "q w3", "y").Weights("b", 3).Node("Add", "y b", "z")
                .Integers("s", -1, 3).Node("Reshape", "z s", "o").Output(),
            new FeatureShape(6, 6, 1)),
        ["normalised features under another shape"] = (
            () => Dense(Pooled().Integers("s", 0, 4, 4, 1).Node("Reshape", "p s", "q").Weights("n1", 4).Weights("n2", 4).Weights("n3", 4).Weights("n4", [4], [1, 2, 3, 4])
                .Node("BatchNormalization", "q n1 n2 n3 n4", "n").Node("Relu", "n", "u"), 16),
            new FeatureShape(6, 6, 1)),
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Outputs_are_those_of_the_operators_definitions(string name)
    {
        (Func<OnnxWriter> build, FeatureShape shape) = Models[name];
        OnnxWriter model = build();
        using var folder = new TemporaryFolder();
        string path = folder.File("model.onnx");
        File.WriteAllBytes(path, model.ToArray());

        TrainedImageNetwork network = OnnxNetwork.Read(path);

        Assert.Equal(shape, network.Network.Input);
        var random = new CounterRandom(3, name);
        double[] given = [.. Enumerable.Range(0, shape.Count).Select(i => random.Normal((ulong)i))];
        long[] sides = Sides(model);
        double[] expected = OnnxReference.Run(model.Nodes, model.Constants, "x", new OnnxReference.Tensor(sides, given)).Values;
        double[] actual = Outputs(network, Ordered(given, sides, shape, model));

        // Weights are single precision on both sides; products are added in double, in another order: some 100 roundings of numbers below 10.
        Close.Lists(expected, actual, absolute: 1e-12, relative: 1e-12);
    }

    [Theory]
    [InlineData("turns a constant of shape [4, 2] into [3, 3]", "Reshape", "s")]
    [InlineData("perm = [0, 0] of a constant of shape [4, 2]", "Transpose", "")]
    public void Constants_that_cannot_be_folded_are_named(string message, string type, string second)
    {
        OnnxWriter model = new OnnxWriter().Input("x", "N", 4).Weights("w", 4, 2).Integers("s", 3, 3);
        model.Node("fold", type, "", $"w {second}", "k", type == "Transpose" ? [("perm", new long[] { 0, 0 })] : []).Node("MatMul", "x k", "y").Output();
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("model.onnx"), model.ToArray());

        InvalidDesignException error = Assert.Throws<InvalidDesignException>(() => OnnxNetwork.Read(folder.File("model.onnx")));

        Assert.Contains("node 'fold'", error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_graphs_give_a_network_or_a_typed_error()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("model.onnx");
        Func<OnnxWriter>[] models = [.. Models.Values.Select(m => m.Model)];
        (int read, int refused) = (0, 0);
        int seeds = ReaderFuzz.Seeds(1500);
        for (int seed = 0; seed < seeds; seed++)
        {
            var random = new Random(seed);
            OnnxWriter model = models[seed % models.Length]();
            model.Damage(random);
            byte[] bytes = model.ToArray();
            File.WriteAllBytes(path, random.Next(10) == 0 ? ReaderFuzz.Damage(bytes, random) : bytes);
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                OnnxNetwork.Read(path);
                read++;
            }
            catch (CircuitSimException)
            {
                refused++;
            }
            catch (Exception e)
            {
                Assert.Fail($"seed {seed}: {e}");
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, 1L << 28);
        }

        Assert.True(read > seeds / 50 && refused > seeds / 50, $"{read} read, {refused} refused");
    }

    private static OnnxWriter Convolution(OnnxWriter model, string from, int channels)
    {
        string kernel = $"k{channels}";
        return model.Weights(kernel, 4, channels, 3, 3).Weights(kernel + "b", 4).Node("Conv", $"{from} {kernel} {kernel}b", "c" + channels).Node("Relu", "c" + channels, channels == 4 ? "r4" : "r");
    }

    private static OnnxWriter Turned(OnnxWriter model) => model.Node("Transpose", model.Last, "q", ("perm", ToLast));

    private static OnnxWriter Pooled() => new OnnxWriter().Input("x", 1, 1, 6, 6).Weights("k", 4, 1, 3, 3).Weights("kb", 4, 1, 1).Node("Conv", "x k", "c", ("auto_pad", "SAME_UPPER")).Node("Add", "c kb", "d")
        .Node("Relu", "d", "r").Node("MaxPool", "r", "p", ("kernel_shape", new long[] { 3, 3 }), ("strides", new long[] { 3, 3 }));

    private static OnnxWriter Dense(OnnxWriter model, int features, string name = "y", int outputs = 3, bool flatten = true)
    {
        string from = model.Last;
        if (flatten) model.Node("Flatten", from, from = "flat" + name);
        model.Weights("dense" + name, features, outputs).Node("MatMul", $"{from} dense{name}", name);
        return name == "y" ? model.Output() : model;
    }

    private static long[] Sides(OnnxWriter model) => [1, .. model.InputSides.Skip(1)];

    // What the file lists as channels first goes to rows, columns, channels; what it lists as they are stays.
    private static double[] Ordered(double[] given, long[] sides, FeatureShape shape, OnnxWriter model)
    {
        bool isFirst = shape.Channels > 1 && shape.Height > 1 && !model.Nodes.Any(n => n.Type == "Transpose" && n.Attributes.TryGetValue("perm", out object? p) && ((long[])p).SequenceEqual(ToFirst)
            && model.Nodes.TakeWhile(o => o != n).All(o => o.Type is "Reshape" or "Identity"));
        if (!isFirst) return given;
        int pixels = shape.Height * shape.Width;
        return [.. Enumerable.Range(0, given.Length).Select(i => given[i % shape.Channels * pixels + i / shape.Channels])];
    }

    private static double[] Outputs(TrainedImageNetwork network, double[] inputs)
    {
        var model = new ConvolutionalModel<double>(network.Network, 1);
        for (int i = 0; i < model.Parameters.Length; i++) model.Parameters[i] = network.Parameters.Span[i];
        for (int i = 0; i < model.State.Length; i++) model.State[i] = network.State.Span[i];
        model.Prepare();
        return [.. model.Forward(inputs, 1, isTraining: false).Take(network.Network.Output().Count)];
    }
}
