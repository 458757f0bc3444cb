using System.Globalization;
using CircuitSim.Training.Layers;

namespace CircuitSim.Training.Onnx;

/// <summary>Attributes and inputs of one node; whatever does not fit is noted as a problem of that node.</summary>
internal sealed class NodeArguments(OnnxNode node, IReadOnlyDictionary<string, TensorValue?> values, ProblemList problems)
{
    private const int SideLimit = ushort.MaxValue;

    private readonly int _before = problems.Count;

    public OnnxNode Node => node;

    public bool HasProblems => problems.Count > _before;

    public int InputCount => node.Inputs.Count;

    public void Complain(string problem) => problems.Add($"{node.Label}: {problem}");

    public bool Has(string name) => Attribute(name) is not null;

    public bool HasInput(int index) => index < node.Inputs.Count && node.Inputs[index].Length > 0;

    public long Integer(string name, long standard) => Attribute(name, OnnxAttributeKind.Integer)?.Integer ?? standard;

    public double Single(string name, double standard) => Attribute(name, OnnxAttributeKind.Single)?.Single ?? standard;

    public string Text(string name, string standard) => Attribute(name, OnnxAttributeKind.Text)?.Text ?? standard;

    public IReadOnlyList<long>? Integers(string name) => Attribute(name, OnnxAttributeKind.Integers)?.Integers;

    public OnnxTensor? Tensor(string name) => Attribute(name, OnnxAttributeKind.Tensor)?.Tensor;

    /// <summary>An attribute that must be the number that changes nothing.</summary>
    public void Expect(string name, long value, string reason)
    {
        long found = Integer(name, value);
        if (found != value) Complain($"{name} = {found}; {reason}");
    }

    /// <summary>A list of one number for rows and one for columns, which must be equal.</summary>
    /// <param name="name">Name of the attribute.</param>
    /// <param name="standard">Its default, or null where it must be there.</param>
    /// <param name="most">Largest number allowed.</param>
    public int? Side(string name, int? standard, int most = SideLimit)
    {
        if (!Has(name) && standard is null) Complain($"has no {name}, which this operator needs.");
        if (Integers(name) is not { } all) return standard;
        if (all.Count == 2 && all[0] == all[1] && all[0] >= 1 && all[0] <= most) return (int)all[0];
        Complain($"{name} = [{string.Join(", ", all)}]; {(most == 1 ? "[1, 1] is" : $"two equal numbers from 1 to {most} are")} supported.");
        return null;
    }

    /// <summary>Zeros before and after rows and columns, as [top, left, bottom, right].</summary>
    /// <returns>The pads, or null with a problem.</returns>
    public int[]? Pads(FeatureShape input, int kernel, int stride)
    {
        string auto = Text("auto_pad", "NOTSET");
        IReadOnlyList<long> pads = Integers("pads") ?? [0, 0, 0, 0];
        if (pads.Count != 4 || pads.Any(p => p is < 0 or > SideLimit) || auto != "NOTSET" && pads.Any(p => p != 0))
        {
            Complain($"pads = [{string.Join(", ", pads)}] with auto_pad = {Quoted.Plain(auto)}; four numbers from 0 to {SideLimit} are supported, and none with auto_pad.");
            return null;
        }

        if (auto is "NOTSET" or "VALID") return [.. pads.Select(p => (int)p)];
        if (auto is "SAME_UPPER" or "SAME_LOWER")
        {
            int high = Total(input.Height), wide = Total(input.Width), more = auto == "SAME_UPPER" ? 0 : 1;
            return [(high + more) / 2, (wide + more) / 2, (high + 1 - more) / 2, (wide + 1 - more) / 2];
        }

        Complain($"auto_pad = {Quoted.Plain(auto)}; NOTSET, VALID, SAME_UPPER and SAME_LOWER are known.");
        return null;

        int Total(int side) => Math.Max(((side + stride - 1) / stride - 1) * stride + kernel - side, 0);
    }

    /// <summary>An input that flows between layers, or null: with a problem, or where an earlier node has one.</summary>
    public FeatureValue? Features(int index)
    {
        if (Relabelled(index) is not { } features) return null;
        if (features.Stage.IsOpen) features.Stage.Decide(features.Sizes.Count == 3 ? Reading(features.Sizes) : features.Shape, FeatureOrder.ChannelsFirst);
        return features;
    }

    /// <summary>What a shape of the network's input means where no node says it: [channels, rows, columns], an image of one channel, or features without rows and columns.</summary>
    public static FeatureShape Reading(IReadOnlyList<long> sizes) => sizes.Count switch
    {
        3 when sizes[2] == 1 && sizes[0] != 1 => new FeatureShape((int)sizes[0], (int)sizes[1], 1),
        3 => new FeatureShape((int)sizes[1], (int)sizes[2], (int)sizes[0]),
        2 => new FeatureShape((int)sizes[0], (int)sizes[1], 1),
        _ => new FeatureShape(1, 1, (int)sizes[0]),
    };

    /// <summary>As <see cref="Features"/>, for nodes that only give the features another shape: an open input stays open.</summary>
    public FeatureValue? Relabelled(int index)
    {
        if (!HasInput(index))
        {
            Complain($"has no input {index + 1}, which this operator needs.");
            return null;
        }

        switch (values[node.Inputs[index]])
        {
            case null:
                return null;
            case FeatureValue { Softmax: { } softmax }:
                problems.Add($"{softmax.Label}: a softmax is supported only at the very end, where it changes no class; {node.Label} comes after it.");
                return null;
            case FeatureValue features:
                return features;
            default:
                Complain($"its input {index + 1}, {Quoted.Name(node.Inputs[index])}, is a constant or a shape; what flows from the network's input is needed there.");
                return null;
        }
    }

    /// <summary>Whatever an input stands for, or null.</summary>
    public TensorValue? Any(int index) => HasInput(index) && values[node.Inputs[index]] is { } value and not FeatureValue ? value : Relabelled(index);

    /// <summary>Whether an input is a constant.</summary>
    public bool IsConstant(int index) => HasInput(index) && values[node.Inputs[index]] is ConstantValue;

    /// <summary>Whether an input is a shape, a list of axes or the like.</summary>
    public bool IsShape(int index) => HasInput(index) && values[node.Inputs[index]] is ShapeValue or ConstantValue { Tensor: { IsInteger: true, Dimensions.Count: <= 1 } };

    /// <summary>As <see cref="Features"/>, as an image with channels first.</summary>
    public FeatureValue? Image(int index)
    {
        if (Relabelled(index) is not { } features) return null;
        if (features.Stage.IsOpen)
            features.Stage.Decide(features.Sizes is [var c, var h, var w] ? new FeatureShape((int)h, (int)w, (int)c) : features.Shape, FeatureOrder.ChannelsFirst);
        if (features.IsImage) return features;
        Complain($"its input has the shape {Shape(features)}; an image [N, channels, rows, columns] is needed"
            + (features.Sizes.Count == 3 ? $", and {features.Stage.Label} gives {features.Shape} (rows x columns x channels)." : "."));
        return null;
    }

    public static string Shape(FeatureValue features) => Shape(features.Dimensions);

    public static string Shape(IEnumerable<long?> dimensions) => $"[{string.Join(", ", dimensions.Select(Entry))}]";

    /// <summary>A dimension as messages have it: N for the samples.</summary>
    public static string Entry(long? dimension) => dimension?.ToString(CultureInfo.InvariantCulture) ?? "N";

    /// <summary>A constant input, or null with a problem.</summary>
    public ConstantValue? Constant(int index)
    {
        if (HasInput(index) && values[node.Inputs[index]] is ConstantValue constant)
        {
            constant.Tensor.Count(out string? problem);
            if (problem is null) return constant;
            Complain(problem);
            return null;
        }

        if (!HasInput(index)) Complain($"has no input {index + 1}, which this operator needs.");
        else if (values[node.Inputs[index]] is not null) Complain($"its input {index + 1}, {Quoted.Name(node.Inputs[index])}, is computed by the network; a constant is needed there.");
        return null;
    }

    /// <summary>The numbers of a constant of a certain shape, or null with a problem.</summary>
    public float[]? Numbers(ConstantValue constant, params long[] dimensions)
    {
        if (!constant.Tensor.Dimensions.SequenceEqual(dimensions))
        {
            Complain($"tensor {Quoted.Name(constant.Tensor.Name)} has the shape {constant.Tensor.Shape}; [{string.Join(", ", dimensions)}] is needed.");
            return null;
        }

        float[]? numbers = constant.Tensor.Floats(out string? problem);
        if (problem is not null) Complain(problem);
        return numbers;
    }

    /// <summary>A shape, a list of axes or the like: constant, or computed from shapes. Null with a problem, or where an earlier node has one.</summary>
    public ShapeValue? List(int index)
    {
        if (!HasInput(index))
        {
            Complain($"has no input {index + 1}, which this operator needs.");
            return null;
        }

        switch (values[node.Inputs[index]])
        {
            case ShapeValue shape:
                return shape;
            case ConstantValue { Tensor: { Dimensions.Count: <= 1 } tensor }:
                long[]? entries = tensor.Integers(out string? problem);
                if (problem is not null) Complain(problem);
                return entries is null ? null : new ShapeValue([.. entries.Select(e => (long?)e)], tensor.Dimensions.Count == 0);
            case null:
                return null;
            default:
                Complain($"its input {index + 1}, {Quoted.Name(node.Inputs[index])}, is no list of whole numbers that is known before the network runs.");
                return null;
        }
    }

    /// <summary>Axes of an attribute or, in later operator sets, of the second input, counted from the front.</summary>
    /// <returns>The axes in rising order, or null where there are none or with a problem.</returns>
    public long[]? Axes(int rank)
    {
        if (ListedAxes() is not { } axes) return null;
        if (axes.All(a => a >= -rank && a < rank)) return [.. axes.Select(a => a!.Value < 0 ? a.Value + rank : a.Value).Order()];
        Complain($"axes = [{string.Join(", ", axes)}]; {-rank} to {rank - 1} are possible here.");
        return null;
    }

    /// <summary>Axes as they are listed, or null where there are none or with a problem.</summary>
    public IReadOnlyList<long?>? ListedAxes() => Has("axes") ? Integers("axes")?.Select(a => (long?)a).ToArray() : HasInput(1) ? List(1)?.Entries : null;

    private OnnxAttribute? Attribute(string name) => node.Attributes.FirstOrDefault(a => a.Name == name);

    private OnnxAttribute? Attribute(string name, OnnxAttributeKind kind)
    {
        OnnxAttribute? found = Attribute(name);
        if (found is null || found.Kind == kind) return found;
        Complain($"attribute {name} is of kind {(int)found.Kind} (AttributeProto.AttributeType); {(int)kind} is needed.");
        return null;
    }
}
