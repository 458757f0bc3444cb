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
        ["Add"] = new((_, a) => a.IsShape(0) && a.IsShape(1) ? ShapeOperators.Arithmetic(a, (x, y) => x + y, 0) : Add(a)),
        ["AveragePool"] = new(
            (_, a) => Pool(a, PoolKind.Average), "auto_pad", "ceil_mode", "count_include_pad", "dilations", "kernel_shape", "pads", "strides"),
        ["BatchNormalization"] = new((t, a) => t.BatchNormalization(a), "epsilon", "momentum", "spatial", "training_mode"),
        ["Cast"] = new((t, a) => t.Cast(a), "to", "saturate"),
        ["Concat"] = new((t, a) => t.Concatenate(a), "axis"),
        ["Constant"] = new((_, a) => Constant(a), "value", "value_int", "value_ints"),
        ["Conv"] = new((t, a) => t.Convolution(a), "auto_pad", "dilations", "group", "kernel_shape", "pads", "strides"),
        ["Div"] = new((_, a) => ShapeOperators.Arithmetic(a, (x, y) => x / y, 1)),
        ["Dropout"] = new((_, a) => Dropout(a), "ratio", "seed"),
        ["Flatten"] = new((_, a) => a.IsConstant(0) ? FlattenedConstant(a) : Flatten(a), "axis"),
        ["Gather"] = new((_, a) => ShapeOperators.Gather(a), "axis"),
        ["Gemm"] = new((t, a) => t.Gemm(a), "alpha", "beta", "transA", "transB"),
        ["GlobalAveragePool"] = new((_, a) => Mean(a, a.Image(0), keepsSides: true, [2, 3])),
        ["Identity"] = new((_, a) => Identity(a)),
        ["LogSoftmax"] = new((t, a) => t.Softmax(a), "axis"),
        ["MatMul"] = new((t, a) => t.Product(a)),
        ["MaxPool"] = new(
            (_, a) => Pool(a, PoolKind.Maximum), "auto_pad", "ceil_mode", "dilations", "kernel_shape", "pads", "storage_order", "strides"),
        ["Mul"] = new((_, a) => ShapeOperators.Arithmetic(a, (x, y) => x * y, 1)),
        ["Pad"] = new((_, a) => Pad(a), "mode", "pads", "value"),
        ["ReduceMean"] = new((_, a) => ReduceMean(a), "axes", "keepdims", "noop_with_empty_axes"),
        ["ReduceProd"] = new((_, a) => ShapeOperators.Product(a), "axes", "keepdims", "noop_with_empty_axes"),
        ["Relu"] = new((_, a) => Layer(a, a.Features(0), new ReluSpec())),
        ["Reshape"] = new((t, a) => t.Reshape(a), "allowzero"),
        ["Shape"] = new((_, a) => ShapeOperators.Shape(a), "end", "start"),
        ["Slice"] = new((_, a) => ShapeOperators.Slice(a), "axes", "ends", "starts"),
        ["Softmax"] = new((t, a) => t.Softmax(a), "axis"),
        ["Squeeze"] = new((t, a) => t.Squeeze(a), "axes"),
        ["Sub"] = new((_, a) => ShapeOperators.Arithmetic(a, (x, y) => x - y, 0)),
        ["Transpose"] = new((t, a) => t.Transpose(a), "perm"),
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
        return Layer(a, input, spec, output, Image(output), to, bias, [0]);
    }

    private static bool IsKernel(IReadOnlyList<long> shape, int? named) =>
        shape is [>= 1 and <= ushort.MaxValue, >= 1 and <= ushort.MaxValue, >= 1 and <= ushort.MaxValue, var width] && width == shape[2] && (named ?? width) == width;

    private FeatureValue? Gemm(NodeArguments a)
    {
        a.Expect("transA", 0, "samples must be the rows of the first matrix.");
        bool isTransposed = a.Integer("transB", 0) != 0;
        double alpha = a.Single("alpha", 1), beta = a.Single("beta", 1);
        if (FullyConnected(a, isTransposed, alpha, isMatrix: true) is not { } product) return null;
        if (!a.HasInput(2)) return product;
        if (a.Constant(2) is not { } constant || Bias(a, constant, product) is not { } bias) return null;
        product.Stage.AddBias(Scaled(bias, beta));
        return product;
    }

    private FeatureValue? Product(NodeArguments a) => FullyConnected(a, false, 1, isMatrix: false);

    // A product takes the last axis of any number of them; a Gemm has two.
    private FeatureValue? FullyConnected(NodeArguments a, bool isTransposed, double alpha, bool isMatrix)
    {
        ConstantValue? weights = a.Constant(1);
        if (weights is not null && (weights.Tensor.Dimensions is not [>= 1, >= 1] d || d.Any(n => n > NumberLimit)))
        {
            a.Complain($"tensor {Quoted.Name(weights.Tensor.Name)} has the shape {weights.Tensor.Shape}; a matrix is needed.");
            return null;
        }

        FeatureValue? input = a.Features(0);
        if (input is null || weights is null) return null;
        if (!(isMatrix ? input.IsFlat : input.Sizes.Count > 0 && input.Sizes[^1] == input.Shape.Count))
        {
            a.Complain($"its input has the shape {NodeArguments.Shape(input)}; [N, features] is needed: let a Flatten come before it.");
            return null;
        }

        int inputs = input.Shape.Count, outputs = (int)weights.Tensor.Dimensions[isTransposed ? 0 : 1];
        var spec = new FullyConnectedSpec { Outputs = outputs };
        if (!Fits(a, spec, input.Shape, out FeatureShape output)) return null;
        if (!Takes(a, (long)inputs * outputs) || a.Numbers(weights, isTransposed ? [outputs, inputs] : [inputs, outputs]) is not { } from) return null;

        // Rows in the order [channel, row, column] go to [row, column, channel].
        (int pixels, int channels) = (input.Shape.Height * input.Shape.Width, input.Shape.Channels);
        bool isInOrder = input.IsIn(FeatureOrder.ChannelsLast);
        var to = new float[from.Length];
        for (int i = 0; i < inputs; i++)
        {
            int row = isInOrder ? i : i % pixels * channels + i / pixels;
            for (int o = 0; o < outputs; o++) to[row * outputs + o] = from[isTransposed ? o * inputs + i : i * outputs + o];
        }

        return Layer(a, input, spec, output, [.. input.Sizes.Take(input.Sizes.Count - 1), outputs], Scaled(to, alpha), null, [0]);
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
        if (first.Shape == second.Shape && first.Sizes.SequenceEqual(second.Sizes) && second.IsIn(first.Order))
            return new FeatureValue(new Stage(a.Node.Label, first.Shape, [first.Stage, second.Stage]), first.Sizes, first.Order == FeatureOrder.ChannelsLast);
        a.Complain($"adds {NodeArguments.Shape(first)} to {NodeArguments.Shape(second)}; both must have one shape and order.");
        return null;
    }

    // One number for all outputs, or one for each, as broadcasting has it.
    private static float[]? Bias(NodeArguments a, ConstantValue constant, FeatureValue to)
    {
        OnnxTensor tensor = constant.Tensor;
        int outputs = to.Shape.Channels;
        bool isInside = tensor.Dimensions.Count <= to.Dimensions.Length, isOne = tensor.Count(out _) == 1 && isInside;
        long[] ending = to.IsImage ? [outputs, 1, 1] : [outputs];
        int ones = tensor.Dimensions.Count - ending.Length;
        bool isEach = ones >= 0 && isInside && tensor.Dimensions.Take(ones).All(d => d == 1) && tensor.Dimensions.Skip(ones).SequenceEqual(ending)
            && (to.IsImage || to.Sizes.Count > 0 && to.Sizes[^1] == outputs && to.IsIn(FeatureOrder.ChannelsLast));
        if (isOne || isEach)
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
        if (input.Sizes.Count == 0 || input.Sizes[0] != input.Shape.Channels || !input.IsIn(FeatureOrder.ChannelsFirst))
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

        return Fits(a, spec, input.Shape, out FeatureShape output) ? Layer(a, input, spec, output, input.Sizes, numbers[0], numbers[1], [.. numbers[2], .. variance]) : null;
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
        if (side == 1 && step == 1) return input;
        return Fits(a, spec, input.Shape, out FeatureShape output) ? Layer(a, input, spec, output, Image(output), null, null, null) : null;
    }

    // PyTorch puts one before every average pool, mostly without effect.
    private static FeatureValue? Pad(NodeArguments a)
    {
        IReadOnlyList<long?>? pads = a.Has("pads") ? a.Integers("pads")?.Select(p => (long?)p).ToArray() : a.List(1)?.Entries;
        if (pads is null || a.Relabelled(0) is not { } input) return null;
        if (pads.All(p => p == 0)) return input;
        a.Complain($"pads = [{string.Join(", ", pads)}]; only pads of 0 are supported. Give the padding to the Conv that follows.");
        return null;
    }

    private static FeatureValue? ReduceMean(NodeArguments a)
    {
        if (a.Features(0) is not { } input) return null;
        long[]? axes = a.Axes(input.Dimensions.Length);
        if (a.HasProblems) return null;
        if (axes is not null && IsSpatial(input, axes)) return Mean(a, input, a.Integer("keepdims", 1) != 0, axes);
        a.Complain($"takes the mean of {NodeArguments.Shape(input)} over {(axes is null ? "all axes" : $"axes [{string.Join(", ", axes)}]")}; "
            + "only that of an image over rows and columns is supported.");
        return null;
    }

    // Axes that together are rows and columns: with channels first nothing but ones before the channels, and the other way round.
    private static bool IsSpatial(FeatureValue input, long[] axes)
    {
        if (axes.Contains(0)) return false;
        long reduced = 1;
        foreach (long axis in axes) reduced *= input.Sizes[(int)axis - 1];
        if (reduced != (long)input.Shape.Height * input.Shape.Width) return false;
        bool isFirst = Divides(true), isLast = Divides(false);
        return input.HasOneOrder || (input.Order == FeatureOrder.ChannelsFirst ? isFirst : isLast);

        // Whether all kept axes come before all reduced ones, or after them; those of length 1 do not count.
        bool Divides(bool keptFirst)
        {
            bool hasTurned = false;
            for (int k = 0; k < input.Sizes.Count; k++)
            {
                if (input.Sizes[k] == 1) continue;
                bool isKept = !axes.Contains(k + 1L);
                if (isKept != keptFirst) hasTurned = true;
                else if (hasTurned) return false;
            }

            return true;
        }
    }

    private static FeatureValue? Mean(NodeArguments a, FeatureValue? input, bool keepsSides, long[] axes)
    {
        if (input is null) return null;
        if (input.Shape.Height != input.Shape.Width)
        {
            a.Complain($"takes the mean of {input.Shape.Height} x {input.Shape.Width} pixels; only that of a square image is supported.");
            return null;
        }

        long[] sizes = [.. input.Sizes.Select((d, k) => axes.Contains(k + 1L) ? keepsSides ? 1 : 0 : d).Where(d => d > 0)];
        if (input.Shape.Height == 1) return input with { Sizes = sizes };
        var spec = new PoolSpec { Pool = PoolKind.Average, Size = input.Shape.Height };
        return Fits(a, spec, input.Shape, out FeatureShape output) ? Layer(a, input, spec, output, sizes, null, null, null) : null;
    }

    private FeatureValue? Softmax(NodeArguments a)
    {
        if (a.Features(0) is not { } input) return null;
        int rank = input.Dimensions.Length;
        long axis = a.Integer("axis", opset < 13 ? 1 : -1);
        long place = axis < 0 ? axis + rank : axis;
        if (place == 1 && (opset < 13 || input.IsIn(FeatureOrder.ChannelsFirst)) || place > 0 && place < rank && input.Sizes[(int)place - 1] == input.Shape.Count)
            return input with { Softmax = a.Node };
        a.Complain($"axis = {axis} of {NodeArguments.Shape(input)}; only the axis of the classes, 1, is supported.");
        return null;
    }

    private static TensorValue? Identity(NodeArguments a) => a.Any(0);

    private static FeatureValue? Dropout(NodeArguments a)
    {
        if (a.HasInput(2) && a.List(2) is { } training && training.Entries is not [0]) a.Complain("is in training mode; export the network for inference (model.eval()).");
        return a.Relabelled(0);
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
        long axis = a.Integer("axis", 1);
        if (a.Relabelled(0) is not { } input) return null;
        if ((axis < 0 ? axis + input.Dimensions.Length : axis) == 1) return input with { Sizes = [input.Shape.Count] };
        a.Complain($"axis = {axis} of {NodeArguments.Shape(input)}; only 1, which keeps samples apart, is supported.");
        return null;
    }

    private static ConstantValue? FlattenedConstant(NodeArguments a)
    {
        if (a.Constant(0) is not { } constant) return null;
        IReadOnlyList<long> sides = constant.Tensor.Dimensions;
        long axis = a.Integer("axis", 1), first = axis < 0 ? axis + sides.Count : axis;
        if (first >= 0 && first <= sides.Count)
            return new ConstantValue(constant.Tensor.Reshaped([Count(sides.Take((int)first)), Count(sides.Skip((int)first))]));
        a.Complain($"axis = {axis} of a constant of shape {constant.Tensor.Shape}; {-sides.Count} to {sides.Count} are possible.");
        return null;
    }

    private TensorValue? Reshape(NodeArguments a)
    {
        if (a.IsShape(0)) return ShapeOperators.Reshape(a);
        if (a.IsConstant(0)) return ReshapedConstant(a);
        if (a.Relabelled(0) is not { } input || a.List(1) is not { } shape) return null;
        if (a.Integer("allowzero", 0) != 0 && shape.Entries.Contains(0)) a.Complain("has a dimension of 0 with allowzero = 1; no features would be left.");
        long?[] to = [.. shape.Entries.Select((e, k) => e == 0 && k < input.Dimensions.Length ? input.Dimensions[k] : e)];

        // A first dimension that was fixed at export, or one that is open beside the right rest, is that of the samples.
        if (to.Length > 0 && to[0] == batch) to[0] = null;
        if (to.Length > 1 && to[0] is null or -1 && to.Skip(1).All(e => e is -1 or >= 1))
        {
            long known = 1;
            foreach (long? entry in to.Skip(1).Where(e => e != -1)) known = entry <= NumberLimit && known <= NumberLimit ? known * entry.Value : NumberLimit + 1L;
            int open = Array.IndexOf(to, -1L, 1);
            if (to[0] == -1 && open < 0 && known == input.Shape.Count) to[0] = null;
            if (to[0] is null && open > 0 && input.Shape.Count % known == 0) (to[open], known) = (input.Shape.Count / known, input.Shape.Count);
            if (to[0] is null && known == input.Shape.Count && to.Skip(1).All(e => e >= 1)) return input with { Sizes = [.. to.Skip(1).Select(e => e!.Value)] };
        }

        a.Complain($"turns {NodeArguments.Shape(input)} into {NodeArguments.Shape(shape.Entries)}; only other shapes of all features of each sample are supported, such as [N, {input.Shape.Count}].");
        return null;
    }

    private static ConstantValue? ReshapedConstant(NodeArguments a)
    {
        if (a.Constant(0) is not { } constant || a.List(1) is not { } shape) return null;
        IReadOnlyList<long> from = constant.Tensor.Dimensions;
        bool keepsZeros = a.Integer("allowzero", 0) != 0;
        long[] to = [.. shape.Entries.Select((e, k) => e is 0 && !keepsZeros ? k < from.Count ? from[k] : -2 : e ?? -2)];
        long count = Count(from), known = to.Where(e => e != -1).Aggregate(1L, (product, e) => e < 0 || product < 0 || product > int.MaxValue ? -1 : product * e);
        int open = Array.IndexOf(to, -1);
        if (open >= 0 && known > 0 && count % known == 0) (to[open], known) = (count / known, count);
        if (known == count && to.All(e => e >= 0)) return new ConstantValue(constant.Tensor.Reshaped(to));
        a.Complain($"turns a constant of shape {constant.Tensor.Shape} into {NodeArguments.Shape(shape.Entries)}, which has another number of entries.");
        return null;
    }

    private TensorValue? Squeeze(NodeArguments a)
    {
        if (a.IsShape(0)) return ShapeOperators.Squeeze(a);
        ConstantValue? constant = a.IsConstant(0) ? a.Constant(0) : null;
        FeatureValue? input = a.IsConstant(0) ? null : a.Relabelled(0);
        if (constant is null && input is null) return null;
        long?[] sides = input?.Dimensions ?? [.. constant!.Tensor.Dimensions.Select(d => (long?)d)];
        long[]? axes = a.Axes(sides.Length);
        if (a.HasProblems) return null;
        bool fits = axes is null ? input is null || batch != 1 : axes.All(k => sides[k] == 1);
        long[] left = [.. sides.Where((d, k) => d is not null && (axes is null ? d != 1 : !axes.Contains(k))).Select(d => d!.Value)];
        if (fits) return input is null ? new ConstantValue(constant!.Tensor.Reshaped(left)) : input with { Sizes = left };
        a.Complain($"removes {(axes is null ? "all axes of length 1" : $"axes [{string.Join(", ", axes)}]")} of {NodeArguments.Shape(sides)}; "
            + "only axes of length 1 behind that of the samples can be removed.");
        return null;
    }

    private static TensorValue? Unsqueeze(NodeArguments a)
    {
        if (a.IsShape(0)) return ShapeOperators.Unsqueeze(a);
        ConstantValue? constant = a.IsConstant(0) ? a.Constant(0) : null;
        FeatureValue? input = a.IsConstant(0) ? null : a.Relabelled(0);
        if (constant is null && input is null || a.ListedAxes() is not { } listed) return null;
        List<long> sides = [.. input?.Sizes ?? constant!.Tensor.Dimensions];
        int samples = input is null ? 0 : 1, rank = sides.Count + samples + listed.Count;
        long[] axes = [.. listed.Select(k => k is null ? -1 : k.Value < 0 ? k.Value + rank : k.Value).Order()];
        if (axes.All(k => k >= samples && k < rank) && axes.Distinct().Count() == axes.Length)
        {
            foreach (long axis in axes) sides.Insert((int)axis - samples, 1);
            return input is null ? new ConstantValue(constant!.Tensor.Reshaped(sides)) : input with { Sizes = sides };
        }

        a.Complain($"adds axes [{string.Join(", ", listed)}] to {NodeArguments.Shape(input?.Dimensions ?? [.. sides.Select(d => (long?)d)])}; each is named once, and none comes before the samples.");
        return null;
    }

    private TensorValue? Transpose(NodeArguments a)
    {
        IReadOnlyList<long>? order = a.Integers("perm");
        if (a.IsConstant(0)) return TransposedConstant(a, order);
        if (a.Relabelled(0) is not { } input) return null;
        int rank = input.Dimensions.Length;
        if (order is not null && order.Count == rank && order[0] == 0 && order.Order().SequenceEqual(Enumerable.Range(0, rank).Select(k => (long)k)) && Turned(input, order) is { } turned) return turned;
        a.Complain($"perm = [{string.Join(", ", order ?? [])}] of {NodeArguments.Shape(input)}; only the change between [N, channels, rows, columns] and "
            + "[N, rows, columns, channels] is supported, and moving axes of length 1.");
        return null;
    }

    // Axes of length 1 carry no order; of the others either none changes its place, or those of the channels pass those of the pixels.
    private static FeatureValue? Turned(FeatureValue input, IReadOnlyList<long> order)
    {
        long[] sizes = [.. order.Skip(1).Select(k => input.Sizes[(int)k - 1])];
        if (input.Stage.IsOpen && input.Sizes is [var x, var y, var z])
        {
            if (order is [0, 3, 1, 2]) input.Stage.Decide(new FeatureShape((int)x, (int)y, (int)z), FeatureOrder.ChannelsLast);
            if (order is [0, 2, 3, 1]) input.Stage.Decide(new FeatureShape((int)y, (int)z, (int)x), FeatureOrder.ChannelsFirst);
        }

        int[] from = [.. Enumerable.Range(0, input.Sizes.Count).Where(k => input.Sizes[k] > 1)], to = [.. order.Skip(1).Select(k => (int)k - 1).Where(k => input.Sizes[k] > 1)];
        if (from.SequenceEqual(to)) return input with { Sizes = sizes };
        if (input.Stage.IsOpen || input.HasOneOrder) return null;
        long first = input.Order == FeatureOrder.ChannelsFirst ? input.Shape.Channels : (long)input.Shape.Height * input.Shape.Width, product = 1;
        int split = 0;
        while (split < from.Length && product < first) product *= input.Sizes[from[split++]];
        return product == first && to.SequenceEqual([.. from.Skip(split), .. from.Take(split)]) ? input with { Sizes = sizes, IsTurned = !input.IsTurned } : null;
    }

    private ConstantValue? TransposedConstant(NodeArguments a, IReadOnlyList<long>? order)
    {
        if (a.Constant(0) is not { } constant) return null;
        long[] from = [.. constant.Tensor.Dimensions];
        int[] perm = [.. (order ?? [.. Enumerable.Range(0, from.Length).Reverse().Select(k => (long)k)]).Select(k => (int)Math.Clamp(k, -1, from.Length))];
        if (!perm.Order().SequenceEqual(Enumerable.Range(0, from.Length)))
        {
            a.Complain($"perm = [{string.Join(", ", order ?? [])}] of a constant of shape {constant.Tensor.Shape}; each axis is named once.");
            return null;
        }

        if (!Takes(a, Count(from)) || a.Numbers(constant, from) is not { } values) return null;
        long[] to = [.. perm.Select(k => from[k])];
        var steps = new long[from.Length];
        for (int k = 0; k < steps.Length; k++) steps[k] = Count(from.Skip(perm[k] + 1));
        var turned = new float[values.Length];
        var place = new long[from.Length];
        long at = 0;
        for (int i = 0; i < turned.Length; i++)
        {
            turned[i] = values[at];
            for (int k = place.Length - 1; k >= 0; k--)
            {
                at += steps[k];
                if (++place[k] < to[k]) break;
                at -= steps[k] * to[k];
                place[k] = 0;
            }
        }

        return new ConstantValue(constant.Tensor.Folded(to, turned));
    }

    private TensorValue? Cast(NodeArguments a)
    {
        long type = a.Integer("to", 0);
        const int single = 1, int32 = 6, int64 = 7, half = 10, twice = 11;
        if (a.IsShape(0) && type is int32 or int64) return a.List(0);
        if (a.IsConstant(0) && !a.IsShape(0) && type is single or half or twice)
        {
            if (a.Constant(0) is not { } constant || type != half) return a.Constant(0);
            if (!Takes(a, Count(constant.Tensor.Dimensions)) || a.Numbers(constant, [.. constant.Tensor.Dimensions]) is not { } values) return null;
            return new ConstantValue(constant.Tensor.Folded(constant.Tensor.Dimensions, [.. values.Select(v => (float)(Half)v)]));
        }

        if (!a.IsShape(0) && !a.IsConstant(0) && type is single or half or twice) return a.Relabelled(0);
        a.Complain($"to = {type} (TensorProto.DataType); features and weights stay FLOAT, DOUBLE or FLOAT16, and shapes INT32 or INT64.");
        return null;
    }

    private TensorValue? Concatenate(NodeArguments a)
    {
        bool isConstant = a.InputCount > 0 && Enumerable.Range(0, a.InputCount).All(k => a.IsConstant(k) && !a.IsShape(k));
        return isConstant ? JoinedConstants(a) : ShapeOperators.Concatenate(a);
    }

    private ConstantValue? JoinedConstants(NodeArguments a)
    {
        var pieces = new List<ConstantValue>();
        for (int k = 0; k < a.InputCount; k++)
        {
            if (a.Constant(k) is not { } piece) return null;
            pieces.Add(piece);
        }

        IReadOnlyList<long> first = pieces[0].Tensor.Dimensions;
        long axis = a.Integer("axis", 0);
        if (axis < 0) axis += first.Count;
        if (axis < 0 || axis >= first.Count || pieces.Any(p => p.Tensor.Dimensions.Count != first.Count || p.Tensor.Dimensions.Where((d, k) => k != axis && d != first[k]).Any()))
        {
            a.Complain($"joins constants of shapes {string.Join(", ", pieces.Take(10).Select(p => p.Tensor.Shape))} along axis {a.Integer("axis", 0)}; all other sides must be equal.");
            return null;
        }

        long[] to = [.. first.Select((d, k) => k == axis ? pieces.Sum(p => p.Tensor.Dimensions[k]) : d)];
        if (!Takes(a, Count(to))) return null;
        var joined = new float[Count(to)];
        long rows = Count(first.Take((int)axis)), width = Count(to.Skip((int)axis)), start = 0;
        foreach (ConstantValue piece in pieces)
        {
            if (a.Numbers(piece, [.. piece.Tensor.Dimensions]) is not { } values) return null;
            int wide = (int)Count(piece.Tensor.Dimensions.Skip((int)axis));
            for (long row = 0; row < rows; row++) Array.Copy(values, row * wide, joined, row * width + start, wide);
            start += wide;
        }

        return new ConstantValue(pieces[0].Tensor.Folded(to, joined));
    }

    // Sides of a constant whose number of entries was checked.
    private static long Count(IEnumerable<long> sides) => sides.Aggregate(1L, (product, side) => product * side);

    private static long[] Image(FeatureShape shape) => [shape.Channels, shape.Height, shape.Width];

    private static FeatureValue? Layer(NodeArguments a, FeatureValue? input, LayerSpec spec) =>
        input is not null && Fits(a, spec, input.Shape, out FeatureShape output) ? Layer(a, input, spec, output, input.Sizes, null, null, null) : null;

    // Layers that keep their input's shape keep its order; all others give images with channels first, or single pixels.
    private static FeatureValue? Layer(
        NodeArguments a, FeatureValue input, LayerSpec spec, FeatureShape output, IReadOnlyList<long> sizes, float[]? weights, float[]? bias, float[]? state) =>
        a.HasProblems ? null : new FeatureValue(
            new Stage(a.Node.Label, output, [input.Stage], spec, weights, bias, state), sizes, output == input.Shape && input.Order == FeatureOrder.ChannelsLast && spec is ReluSpec or BatchNormalizationSpec);

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
