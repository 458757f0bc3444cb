using CircuitSim.Training.Layers;

namespace CircuitSim.Training.Onnx;

/// <summary>The operators that can be imported: what each node of a graph becomes. Attributes have ONNX's defaults.</summary>
internal sealed class OperatorTable(int fileLength, int opset, long? batch)
{
    /// <summary>Most numbers of a sample between two layers, and most weights of a layer, rounded up as the engine does.</summary>
    public const int NumberLimit = 1 << 28;

    private const int VectorLength = 64;
    private const int SharedLimit = 1 << 24;
    private const int TotalLimit = 1 << 30;

    private static readonly SortedDictionary<string, Operator> Operators = new(StringComparer.Ordinal)
    {
        ["Add"] = new((_, a) => Add(a)),
        ["AveragePool"] = new(
            (_, a) => Pool(a, PoolKind.Average), "auto_pad", "ceil_mode", "count_include_pad", "dilations", "kernel_shape", "pads", "strides"),
        ["BatchNormalization"] = new((t, a) => t.BatchNormalization(a), "epsilon", "momentum", "spatial", "training_mode"),
        ["Concat"] = new((_, a) => Concatenate(a), "axis"),
        ["Constant"] = new((_, a) => Constant(a), "value", "value_int", "value_ints"),
        ["Conv"] = new((t, a) => t.Convolution(a), "auto_pad", "dilations", "group", "kernel_shape", "pads", "strides"),
        ["Dropout"] = new((_, a) => Dropout(a), "ratio", "seed"),
        ["Flatten"] = new((_, a) => Flatten(a), "axis"),
        ["Gather"] = new((_, a) => Gather(a), "axis"),
        ["Gemm"] = new((t, a) => t.Gemm(a), "alpha", "beta", "transA", "transB"),
        ["GlobalAveragePool"] = new((_, a) => Mean(a, a.Image(0), keepsSides: true)),
        ["Identity"] = new((_, a) => Identity(a)),
        ["LogSoftmax"] = new((t, a) => t.Softmax(a), "axis"),
        ["MatMul"] = new((t, a) => t.Product(a)),
        ["MaxPool"] = new(
            (_, a) => Pool(a, PoolKind.Maximum), "auto_pad", "ceil_mode", "dilations", "kernel_shape", "pads", "storage_order", "strides"),
        ["Pad"] = new((_, a) => Pad(a), "mode", "pads", "value"),
        ["ReduceMean"] = new((_, a) => ReduceMean(a), "axes", "keepdims", "noop_with_empty_axes"),
        ["Relu"] = new((_, a) => Layer(a, a.Features(0), new ReluSpec())),
        ["Reshape"] = new((t, a) => t.Reshape(a), "allowzero"),
        ["Shape"] = new((_, a) => Shape(a), "end", "start"),
        ["Softmax"] = new((t, a) => t.Softmax(a), "axis"),
        ["Squeeze"] = new((_, a) => Squeeze(a), "axes"),
        ["Transpose"] = new((_, a) => Transpose(a), "perm"),
        ["Unsqueeze"] = new((_, a) => Unsqueeze(a), "axes"),
    };

    private long _parameterCount;

    public static string Names => string.Join(", ", Operators.Keys);

    public static bool Knows(string name) => Operators.ContainsKey(name);

    /// <summary>Translates a node.</summary>
    /// <returns>What its first output stands for, or null: with a problem, or where a node before it has one.</returns>
    public TensorValue? Translate(NodeArguments node)
    {
        Operator known = Operators[node.Node.Operator];
        foreach (OnnxAttribute attribute in node.Node.Attributes)
        {
            if (!known.Attributes.Contains(attribute.Name))
                node.Complain($"the attribute {Quoted.Name(attribute.Name)} is not supported; this operator has {(known.Attributes is [] ? "none" : string.Join(", ", known.Attributes))}.");
        }

        TensorValue? value = known.Translate(this, node);
        return node.HasProblems ? null : value;
    }

    private FeatureValue? Convolution(NodeArguments a)
    {
        a.Expect("group", 1, "only one group, in which every output channel sees every input channel, is supported.");
        a.Side("dilations", 1, most: 1);
        int? stride = a.Side("strides", 1), named = a.Has("kernel_shape") ? a.Side("kernel_shape", null) : null;
        ConstantValue? weights = a.Constant(1);
        if (weights is not null && !IsKernel(weights.Tensor.Dimensions, named))
        {
            a.Complain($"tensor {Quoted.Name(weights.Tensor.Name)} has the shape {weights.Tensor.Shape}{(named is null ? "" : $" with kernel_shape = [{named}, {named}]")}; "
                + "[output channels, input channels, kernel, kernel] with a square kernel is needed.");
        }

        FeatureValue? input = a.Image(0);
        if (input is null || weights is null || stride is not { } step || a.HasProblems) return null;

        (int outputs, int channels, int kernel) = ((int)weights.Tensor.Dimensions[0], input.Shape.Channels, (int)weights.Tensor.Dimensions[2]);
        if (a.Pads(input.Shape, kernel, step) is not { } pads) return null;
        int padding = pads[0];
        if (pads[1] != padding || Windows(input.Shape.Height, padding + pads[2], kernel, step) != Windows(input.Shape.Height, 2 * padding, kernel, step)
            || Windows(input.Shape.Width, padding + pads[3], kernel, step) != Windows(input.Shape.Width, 2 * padding, kernel, step))
        {
            a.Complain($"pads = [{string.Join(", ", pads)}] (top, left, bottom, right); only as many zeros on all four sides are supported. "
                + "Where 'same' padding with a stride gives this, pad explicitly by the same number on all sides.");
            return null;
        }

        var spec = new ConvolutionSpec { OutputChannels = outputs, Kernel = kernel, Stride = step, Padding = padding };
        if (!Fits(a, spec, input.Shape, out FeatureShape output)) return null;
        if (!Takes(a, (long)outputs * channels * kernel * kernel) || a.Numbers(weights, outputs, channels, kernel, kernel) is not { } from) return null;
        float[]? bias = a.HasInput(2) && a.Constant(2) is { } constant ? a.Numbers(constant, outputs) : null;
        var to = new float[from.Length];
        for (int o = 0, f = 0; o < outputs; o++)
            for (int c = 0; c < channels; c++)
                for (int p = 0; p < kernel * kernel; p++) to[(p * channels + c) * outputs + o] = from[f++];
        return Layer(a, input, spec, output, to, bias, [0]);
    }

    private static bool IsKernel(IReadOnlyList<long> shape, int? named) =>
        shape is [>= 1 and <= ushort.MaxValue, >= 1 and <= ushort.MaxValue, >= 1 and <= ushort.MaxValue, var width] && width == shape[2] && (named ?? width) == width;

    private FeatureValue? Gemm(NodeArguments a)
    {
        a.Expect("transA", 0, "samples must be the rows of the first matrix.");
        bool isTransposed = a.Integer("transB", 0) != 0;
        double alpha = a.Single("alpha", 1), beta = a.Single("beta", 1);
        if (FullyConnected(a, isTransposed, alpha) is not { } product) return null;
        if (!a.HasInput(2)) return product;
        if (a.Constant(2) is not { } constant || Bias(a, constant, product) is not { } bias) return null;
        product.Stage.AddBias(Scaled(bias, beta));
        return product;
    }

    private FeatureValue? Product(NodeArguments a) => FullyConnected(a, false, 1);

    private FeatureValue? FullyConnected(NodeArguments a, bool isTransposed, double alpha)
    {
        ConstantValue? weights = a.Constant(1);
        if (weights is not null && (weights.Tensor.Dimensions is not [>= 1, >= 1] d || d.Any(n => n > NumberLimit)))
        {
            a.Complain($"tensor {Quoted.Name(weights.Tensor.Name)} has the shape {weights.Tensor.Shape}; a matrix is needed.");
            return null;
        }

        FeatureValue? input = a.Features(0);
        if (input is null || weights is null) return null;
        if (!input.IsFlat)
        {
            a.Complain($"its input has the shape {NodeArguments.Shape(input)}; [N, features] is needed: let a Flatten come before it.");
            return null;
        }

        isTransposed ^= weights.IsTransposed;
        int inputs = input.Shape.Count, outputs = (int)weights.Tensor.Dimensions[isTransposed ? 0 : 1];
        var spec = new FullyConnectedSpec { Outputs = outputs };
        if (!Fits(a, spec, input.Shape, out FeatureShape output)) return null;
        if (!Takes(a, (long)inputs * outputs) || a.Numbers(weights, isTransposed ? [outputs, inputs] : [inputs, outputs]) is not { } from) return null;

        // Rows in the order [channel, row, column] go to [row, column, channel].
        (int pixels, int channels) = (input.Shape.Height * input.Shape.Width, input.Shape.Channels);
        bool isInOrder = input.Layout == FeatureLayout.FlatChannelsLast;
        var to = new float[from.Length];
        for (int i = 0; i < inputs; i++)
        {
            int row = isInOrder ? i : i % pixels * channels + i / pixels;
            for (int o = 0; o < outputs; o++) to[row * outputs + o] = from[isTransposed ? o * inputs + i : i * outputs + o];
        }

        return Layer(a, input.Flatten(), spec, output, Scaled(to, alpha), null, [0])?.Flatten();
    }

    private static FeatureValue? Add(NodeArguments a)
    {
        if (a.InputCount == 2 && (a.IsConstant(0) || a.IsConstant(1)))
        {
            int place = a.IsConstant(1) ? 1 : 0;
            if (a.Features(1 - place) is not { } input || a.Constant(place) is not { } constant) return null;
            if (!input.Stage.IsMatrix || input.IsShared)
            {
                a.Complain("adds a constant; that is supported only as the bias of the Conv, Gemm or MatMul right before it, whose result nothing else uses.");
                return null;
            }

            if (Bias(a, constant, input) is not { } bias) return null;
            input.Stage.AddBias(bias);
            return input;
        }

        if (a.Features(0) is not { } first || a.Features(1) is not { } second) return null;
        if (first.Shape == second.Shape && first.Layout == second.Layout)
            return new FeatureValue(new Stage(a.Node.Label, first.Shape, [first.Stage, second.Stage]), first.Layout, false);
        a.Complain($"adds {NodeArguments.Shape(first)} to {NodeArguments.Shape(second)}; both must have one shape and order.");
        return null;
    }

    // One number for all outputs, or one for each, as broadcasting has it.
    private static float[]? Bias(NodeArguments a, ConstantValue constant, FeatureValue to)
    {
        OnnxTensor tensor = constant.Tensor;
        int outputs = to.Shape.Channels;
        bool isInside = tensor.Dimensions.Count <= to.Dimensions.Length, isOne = tensor.Count(out _) == 1 && isInside;
        long[] ending = to.Layout == FeatureLayout.ChannelsFirst ? [outputs, 1, 1] : [outputs];
        int ones = tensor.Dimensions.Count - ending.Length;
        bool isEach = ones >= 0 && isInside && tensor.Dimensions.Take(ones).All(d => d == 1) && tensor.Dimensions.Skip(ones).SequenceEqual(ending)
            && (!to.IsFlat || to.Shape.Count == outputs);
        if ((isOne || isEach) && !constant.IsTransposed)
        {
            float[]? numbers = a.Numbers(constant, [.. tensor.Dimensions]);
            return isOne && numbers is not null ? [.. Enumerable.Repeat(numbers[0], outputs)] : numbers;
        }

        a.Complain($"tensor {Quoted.Name(tensor.Name)} has the shape {tensor.Shape}; a bias of [{string.Join(", ", ending)}] is needed.");
        return null;
    }

    private FeatureValue? BatchNormalization(NodeArguments a)
    {
        a.Expect("spatial", 1, "only one mean and variance for each channel are supported.");
        a.Expect("training_mode", 0, "export the network for inference (model.eval()).");
        if (opset < 14 && a.Node.Outputs.Skip(1).Any(o => o.Length > 0)) a.Complain("has several outputs, as in training; export the network for inference (model.eval()).");
        double epsilon = a.Single("epsilon", 1e-5);
        if (a.Features(0) is not { } input) return null;
        if (input.Layout == FeatureLayout.ChannelsLast || input.IsFlat && input.Shape.Count != input.Shape.Channels)
        {
            a.Complain($"its input has the shape {NodeArguments.Shape(input)}, whose second dimension is not that of the channels.");
            return null;
        }

        int channels = input.Shape.Channels;
        if (!Takes(a, 4L * channels)) return null;
        var numbers = new float[4][];
        for (int k = 0; k < 4; k++)
        {
            if (a.Constant(k + 1) is not { } constant || a.Numbers(constant, channels) is not { } found) return null;
            numbers[k] = found;
        }

        // The network's own epsilon stands in for the file's: what it lacks is added to the variance.
        var spec = new BatchNormalizationSpec();
        var variance = new float[channels];
        for (int k = 0; k < channels; k++)
        {
            variance[k] = (float)(numbers[3][k] + (epsilon - spec.Epsilon));
            if (numbers[3][k] + epsilon > 0 && variance[k] + (float)spec.Epsilon > 0) continue;
            a.Complain(FormattableString.Invariant($"the variance of channel {k} is {numbers[3][k]} with epsilon = {epsilon}; their sum must be positive."));
            return null;
        }

        return Fits(a, spec, input.Shape, out FeatureShape output) ? Layer(a, input, spec, output, numbers[0], numbers[1], [.. numbers[2], .. variance]) : null;
    }

    private static FeatureValue? Pool(NodeArguments a, PoolKind kind)
    {
        int? size = a.Side("kernel_shape", null), stride = a.Side("strides", 1);
        a.Side("dilations", 1, most: 1);
        long ceiling = a.Integer("ceil_mode", 0);
        FeatureValue? input = a.Image(0);
        if (input is null || size is not { } side || stride is not { } step || a.HasProblems || a.Pads(input.Shape, side, step) is not { } pads) return null;
        int more = ceiling != 0 ? step - 1 : 0;
        if (pads[0] != 0 || pads[1] != 0 || Windows(input.Shape.Height, pads[2] + more, side, step) != Windows(input.Shape.Height, 0, side, step)
            || Windows(input.Shape.Width, pads[3] + more, side, step) != Windows(input.Shape.Width, 0, side, step))
        {
            a.Complain($"pads = [{string.Join(", ", pads)}] (top, left, bottom, right) and ceil_mode = {ceiling} let windows reach over the edge of the input of {input.Shape}; "
                + "only windows inside it are supported.");
            return null;
        }

        var spec = new PoolSpec { Pool = kind, Size = side, Stride = step == side ? null : step };
        return side == 1 && step == 1 ? input : Layer(a, input, spec);
    }

    // PyTorch puts one before every average pool, mostly without effect.
    private static FeatureValue? Pad(NodeArguments a)
    {
        IReadOnlyList<long?>? pads = a.Has("pads") ? a.Integers("pads")?.Select(p => (long?)p).ToArray() : a.List(1)?.Entries;
        if (pads is null || a.Features(0) is not { } input) return null;
        if (pads.All(p => p == 0)) return input;
        a.Complain($"pads = [{string.Join(", ", pads)}]; only pads of 0 are supported. Give the padding to the Conv that follows.");
        return null;
    }

    private static FeatureValue? ReduceMean(NodeArguments a)
    {
        if (a.Features(0) is not { } input) return null;
        long[]? axes = a.Axes(input.Dimensions.Length);
        if (a.HasProblems) return null;
        long[] spatial = input.Layout == FeatureLayout.ChannelsLast ? [1, 2] : [2, 3];
        if (!input.IsFlat && axes is not null && axes.SequenceEqual(spatial)) return Mean(a, input, a.Integer("keepdims", 1) != 0);
        a.Complain($"takes the mean of {NodeArguments.Shape(input)} over {(axes is null ? "all axes" : $"axes [{string.Join(", ", axes)}]")}; "
            + "only that of an image over rows and columns is supported.");
        return null;
    }

    private static FeatureValue? Mean(NodeArguments a, FeatureValue? input, bool keepsSides)
    {
        if (input is null) return null;
        if (input.Shape.Height != input.Shape.Width)
        {
            a.Complain($"takes the mean of {input.Shape.Height} x {input.Shape.Width} pixels; only that of a square image is supported.");
            return null;
        }

        FeatureValue? mean = input.Shape.Height == 1 ? input : Layer(a, input, new PoolSpec { Pool = PoolKind.Average, Size = input.Shape.Height });
        return keepsSides ? mean : mean?.Flatten();
    }

    private FeatureValue? Softmax(NodeArguments a)
    {
        if (a.Features(0) is not { } input) return null;
        int rank = input.Dimensions.Length;
        long axis = a.Integer("axis", opset < 13 ? 1 : -1);
        if ((axis < 0 ? axis + rank : axis) == 1 && input.Layout != FeatureLayout.ChannelsLast) return input with { Softmax = a.Node };
        a.Complain($"axis = {axis} of {NodeArguments.Shape(input)}; only the axis of the classes, 1, is supported.");
        return null;
    }

    private static TensorValue? Identity(NodeArguments a) => a.Any(0);

    private static FeatureValue? Dropout(NodeArguments a)
    {
        if (a.HasInput(2) && a.List(2) is { } training && training.Entries is not [0]) a.Complain("is in training mode; export the network for inference (model.eval()).");
        return a.Features(0);
    }

    private static TensorValue? Constant(NodeArguments a)
    {
        if (a.Tensor("value") is { } tensor)
        {
            if (tensor.Name.Length == 0) tensor.Name = a.Node.Outputs[0];
            return new ConstantValue(tensor);
        }

        if (a.Integers("value_ints") is { } list) return new ShapeValue([.. list.Select(v => (long?)v)]);
        if (a.Has("value_int")) return new ShapeValue([a.Integer("value_int", 0)], IsScalar: true);
        if (!a.HasProblems) a.Complain("has no tensor or whole number as its value.");
        return null;
    }

    private static FeatureValue? Flatten(NodeArguments a)
    {
        if (a.Features(0) is not { } input) return null;
        long axis = a.Integer("axis", 1);
        if ((axis < 0 ? axis + input.Dimensions.Length : axis) == 1) return input.Flatten();
        a.Complain($"axis = {axis} of {NodeArguments.Shape(input)}; only 1, which keeps samples apart, is supported.");
        return null;
    }

    private FeatureValue? Reshape(NodeArguments a)
    {
        if (a.Features(0) is not { } input || a.List(1) is not { } shape) return null;
        if (a.Integer("allowzero", 0) != 0 && shape.Entries.Contains(0)) a.Complain("has a dimension of 0 with allowzero = 1; no features would be left.");
        long?[] from = input.Dimensions, to = [.. shape.Entries.Select((e, k) => e == 0 && k < input.Dimensions.Length ? input.Dimensions[k] : e)];

        // A first dimension that was fixed at export, or one that is open beside the right rest, is that of the samples.
        if (to.Length > 0 && to[0] == batch) to[0] = null;
        if (to.Length > 1 && to.All(e => e is null or -1 or >= 1))
        {
            long known = 1;
            foreach (long? entry in to.Skip(1).Where(e => e != -1)) known = entry <= NumberLimit && known <= NumberLimit ? known * entry.Value : NumberLimit + 1L;
            int open = Array.IndexOf(to, -1L, 1);
            if (to[0] == -1 && open < 0 && known == input.Shape.Count) to[0] = null;
            if (open > 0 && input.Shape.Count % known == 0) to[open] = input.Shape.Count / known;
            if (to.SequenceEqual(from)) return input;
            if (to is [null, { } all] && all == input.Shape.Count) return input.Flatten();
            FeatureValue image = input with { Layout = input.Layout == FeatureLayout.FlatChannelsLast ? FeatureLayout.ChannelsLast : FeatureLayout.ChannelsFirst };
            if (input.IsFlat && to.SequenceEqual(image.Dimensions)) return image;
        }

        a.Complain($"turns {NodeArguments.Shape(input)} into {NodeArguments.Shape(shape.Entries)}; only a list of all features of each sample, [N, {input.Shape.Count}], is supported.");
        return null;
    }

    private static FeatureValue? Squeeze(NodeArguments a)
    {
        if (a.Features(0) is not { } input) return null;
        long[]? axes = a.Axes(input.Dimensions.Length);
        if (a.HasProblems) return null;
        long[] spatial = input.Layout == FeatureLayout.ChannelsLast ? [1, 2] : [2, 3];
        if (!input.IsFlat && input.Shape is { Height: 1, Width: 1 } && axes is not null && axes.SequenceEqual(spatial)) return input.Flatten();
        a.Complain($"removes {(axes is null ? "all axes of length 1" : $"axes [{string.Join(", ", axes)}]")} of {NodeArguments.Shape(input)}; "
            + "only both axes of a single pixel, [2, 3], are supported.");
        return null;
    }

    private static TensorValue? Transpose(NodeArguments a)
    {
        IReadOnlyList<long>? order = a.Integers("perm");
        if (a.IsConstant(0))
        {
            if (a.Constant(0) is not { } constant) return null;
            if (constant.Tensor.Dimensions.Count == 2 && order is null or [1, 0]) return constant with { IsTransposed = !constant.IsTransposed };
            a.Complain($"perm = [{string.Join(", ", order ?? [])}] of a constant of shape {constant.Tensor.Shape}; only that of a matrix is supported.");
            return null;
        }

        if (a.Features(0) is not { } input) return null;
        if (input.Layout == FeatureLayout.ChannelsFirst && order is [0, 2, 3, 1]) return input with { Layout = FeatureLayout.ChannelsLast };
        if (input.Layout == FeatureLayout.ChannelsLast && order is [0, 3, 1, 2]) return input with { Layout = FeatureLayout.ChannelsFirst };
        a.Complain($"perm = [{string.Join(", ", order ?? [])}] of {NodeArguments.Shape(input)}; only the change between [N, channels, rows, columns] and "
            + "[N, rows, columns, channels] is supported, on the network's input or before a Flatten or Reshape.");
        return null;
    }

    private static ShapeValue? Shape(NodeArguments a)
    {
        long start = a.Integer("start", 0), end = a.Integer("end", long.MaxValue);
        if (a.Features(0) is not { } input) return null;
        long?[] all = input.Dimensions;
        int first = Place(start), last = Place(end);
        return new ShapeValue([.. all.Skip(first).Take(last - first)]);

        int Place(long index) => (int)Math.Clamp(index < 0 ? index + all.Length : index, 0, all.Length);
    }

    private static ShapeValue? Gather(NodeArguments a)
    {
        a.Expect("axis", 0, "only entries of a shape are gathered.");
        if (a.List(0) is not { } from || a.List(1) is not { } places) return null;
        int count = from.Entries.Count;
        if (!from.IsScalar && places.Entries.All(p => p >= -count && p < count))
            return new ShapeValue([.. places.Entries.Select(p => from.Entries[(int)((p!.Value + count) % count)])], places.IsScalar);
        a.Complain($"takes entries [{string.Join(", ", places.Entries)}] of a shape of {count}.");
        return null;
    }

    private static ShapeValue? Unsqueeze(NodeArguments a)
    {
        if (a.List(0) is not { } scalar) return null;
        long[]? axes = a.Axes(1);
        if (scalar.IsScalar && axes is [0]) return scalar with { IsScalar = false };
        if (!a.HasProblems) a.Complain("only a single entry of a shape can be turned into a list.");
        return null;
    }

    private static ShapeValue? Concatenate(NodeArguments a)
    {
        long axis = a.Integer("axis", 0);
        if (axis is not (0 or -1)) a.Complain($"axis = {axis}; only shapes are joined, along axis 0. Networks that join channels are not supported.");
        var all = new List<long?>();
        for (int k = 0; k < a.InputCount && !a.HasProblems; k++)
        {
            if (a.List(k) is not { } piece) return null;
            all.AddRange(piece.Entries);
            if (piece.IsScalar || all.Count > 64) a.Complain("only lists are joined, into one of at most 64.");
        }

        return new ShapeValue(all);
    }

    private static FeatureValue? Layer(NodeArguments a, FeatureValue? input, LayerSpec spec) =>
        input is not null && Fits(a, spec, input.Shape, out FeatureShape output) ? Layer(a, input, spec, output, null, null, null) : null;

    private static FeatureValue? Layer(NodeArguments a, FeatureValue input, LayerSpec spec, FeatureShape output, float[]? weights, float[]? bias, float[]? state) =>
        a.HasProblems ? null : new FeatureValue(new Stage(a.Node.Label, output, [input.Stage], spec, weights, bias, state), input.Layout, false);

    // Counts in the engine are 32-bit, with lines and columns rounded up.
    private static bool Fits(NodeArguments a, LayerSpec spec, FeatureShape input, out FeatureShape output)
    {
        var problems = new List<string>();
        output = spec.Output(input, problems);
        foreach (string problem in problems) a.Complain(problem);
        if (problems.Count > 0) return false;

        (double kernel, double inputs) = spec switch { ConvolutionSpec c => (c.Kernel, input.Channels), FullyConnectedSpec => (1, input.Count), _ => (1, 1) };
        double wide = output.Channels + VectorLength, most = Math.Max((double)output.Height * output.Width * output.Channels, kernel * kernel * (inputs + VectorLength) * wide);
        if (spec is ConvolutionSpec) most = Math.Max(most, (input.Height + 2 * kernel) * (input.Width + 2 * kernel) * Math.Max(wide, inputs));
        if (most <= NumberLimit) return true;
        a.Complain(FormattableString.Invariant($"needs {most:G3} numbers; at most {NumberLimit} a layer and sample are supported."));
        return false;
    }

    // A small file can use one large tensor many times.
    private bool Takes(NodeArguments a, long count)
    {
        long most = Math.Min(TotalLimit, (long)fileLength + SharedLimit);
        if ((_parameterCount += count) <= most) return true;
        a.Complain($"brings the network to {_parameterCount} numbers; from a file of {fileLength} bytes at most {most} are supported: a tensor is used too often.");
        return false;
    }

    private static int Windows(int side, int padding, int kernel, int stride) => (side + padding - kernel + stride) / stride;

    private static float[] Scaled(float[] numbers, double factor) => factor == 1 ? numbers : [.. numbers.Select(n => (float)(n * factor))];

    private sealed record Operator(Func<OperatorTable, NodeArguments, TensorValue?> Translate, params string[] Attributes);
}
