using System.Runtime.InteropServices;
using System.Text;
using CircuitSim.Circuit.Randomness;
using CircuitSim.Training.Layers;
using Google.Protobuf;

namespace CircuitSim.Training.Tests.Onnx;

/// <summary>Builds ONNX models field by field, valid or not.</summary>
internal sealed class OnnxWriter
{
    private readonly List<(int Field, byte[] Message)> _graph = [];
    private int _count;

    public long IrVersion { get; init; } = 8;

    public long Opset { get; init; } = 13;

    public string OpsetDomain { get; init; } = "";

    public bool IsEmpty => _graph.Count == 0;

    /// <summary>Nodes and constants as they were asked for, for the evaluator by definition.</summary>
    public List<OnnxReference.Node> Nodes { get; } = [];

    public Dictionary<string, OnnxReference.Tensor> Constants { get; } = [];

    /// <summary>Sides of the first input, 1 where they are symbolic.</summary>
    public long[] InputSides { get; private set; } = [];

    /// <summary>What was made last.</summary>
    public string Last { get; private set; } = "";

    public OnnxWriter Input(string name, params object?[] dimensions) => Input(name, 1, dimensions);

    public OnnxWriter Input(string name, int type, object?[] dimensions)
    {
        byte[] shape = Message(s =>
        {
            foreach (object? d in dimensions)
                Bytes(s, 1, Message(m =>
                {
                    if (d is string text) Text(m, 2, text);
                    else if (d is not null) Integer(m, 1, Convert.ToInt64(d, System.Globalization.CultureInfo.InvariantCulture));
                }));
        });
        byte[] tensor = Message(t =>
        {
            Integer(t, 1, type);
            Bytes(t, 2, shape);
        });
        Last = name;
        if (InputSides.Length == 0) InputSides = [.. dimensions.Select(d => d is string ? 1 : Convert.ToInt64(d, System.Globalization.CultureInfo.InvariantCulture))];
        return Put(11, m =>
        {
            Text(m, 1, name);
            Bytes(m, 2, Message(t => Bytes(t, 1, tensor)));
        });
    }

    public OnnxWriter Output(string? name = null) => Put(12, m => Text(m, 1, name ?? Last));

    public OnnxWriter Node(string type, string inputs, string outputs, params (string Name, object Value)[] attributes) => Node("", type, "", inputs, outputs, attributes);

    public OnnxWriter Node(string name, string type, string domain, string inputs, string outputs, params (string Name, object Value)[] attributes)
    {
        string[] made = outputs.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (made.Length > 0) Last = made[0];
        Nodes.Add(new OnnxReference.Node(type, inputs.Split(' ', StringSplitOptions.RemoveEmptyEntries), Last, attributes.ToDictionary(a => a.Name, a => a.Value)));
        return Put(1, m =>
        {
            foreach (string input in inputs.Split(' ', StringSplitOptions.RemoveEmptyEntries)) Text(m, 1, input == "-" ? "" : input);
            foreach (string output in made) Text(m, 2, output);
            if (name.Length > 0) Text(m, 3, name);
            Text(m, 4, type);
            if (domain.Length > 0) Text(m, 7, domain);
            foreach ((string attribute, object value) in attributes) Bytes(m, 5, Message(a => Attribute(a, attribute, value)));
        });
    }

    /// <summary>An initializer with small weights, drawn by its name.</summary>
    public OnnxWriter Weights(string name, params long[] dimensions)
    {
        var random = new CounterRandom(5, name);
        return Weights(name, dimensions, [.. Enumerable.Range(0, (int)dimensions.Aggregate(1L, (a, b) => a * b)).Select(i => 0.1f * (float)random.Normal((ulong)i))]);
    }

    public OnnxWriter Weights(string name, long[] dimensions, float[] values)
    {
        Constants[name] = new OnnxReference.Tensor(dimensions, [.. values.Select(v => (double)v)]);
        return Tensor(name, 1, dimensions, t => Bytes(t, 9, MemoryMarshal.AsBytes(values.AsSpan()).ToArray()));
    }

    public OnnxWriter Integers(string name, params long[] values) => Integers(name, [values.Length], values);

    public OnnxWriter Integers(string name, long[] dimensions, long[] values)
    {
        Constants[name] = new OnnxReference.Tensor(dimensions, [.. values.Select(v => (double)v)]);
        return Tensor(name, 7, dimensions, t => Bytes(t, 9, MemoryMarshal.AsBytes(values.AsSpan()).ToArray()));
    }

    public OnnxWriter Tensor(string name, int type, long[] dimensions, Action<CodedOutputStream> content) => Put(5, t =>
    {
        foreach (long d in dimensions) Integer(t, 1, d);
        Integer(t, 2, type);
        Text(t, 8, name);
        content(t);
    });

    public OnnxWriter Put(int field, Action<CodedOutputStream> message)
    {
        _graph.Add((field, Message(message)));
        return this;
    }

    /// <summary>Takes parts of the graph out, puts them in twice, exchanges them, or changes a byte or a short number of one: the message stays well-formed around it.</summary>
    public void Damage(Random random)
    {
        for (int n = random.Next(3); n >= 0 && _graph.Count > 0; n--)
        {
            int at = random.Next(_graph.Count), other = random.Next(_graph.Count);
            switch (random.Next(6))
            {
                case 0:
                    _graph.RemoveAt(at);
                    break;
                case 1:
                    _graph.Insert(other, _graph[at]);
                    break;
                case 2:
                    (_graph[at], _graph[other]) = (_graph[other], _graph[at]);
                    break;
                default:
                    byte[] message = [.. _graph[at].Message];
                    if (message.Length == 0) break;
                    message[random.Next(Math.Min(message.Length, 64))] = random.Next(3) switch { 0 => 0xFF, 1 => (byte)random.Next(128), _ => (byte)random.Next(8) };
                    _graph[at] = (_graph[at].Field, message);
                    break;
            }
        }
    }

    /// <summary>Layers of a network after one another, with drawn weights, ending in an output.</summary>
    public OnnxWriter Network(NetworkSpec network)
    {
        Input("image", "N", network.Input.Channels, network.Input.Height, network.Input.Width);
        Sequence("image", network.Input, network.Layers);
        return Output();
    }

    public byte[] ToArray() => Message(m =>
    {
        Integer(m, 1, IrVersion);
        Text(m, 2, "a test");
        Bytes(m, 7, Message(g =>
        {
            foreach ((int field, byte[] message) in _graph) Bytes(g, field, message);
            Text(g, 2, "graph");
        }));
        Bytes(m, 8, Message(o =>
        {
            Text(o, 1, OpsetDomain);
            Integer(o, 2, Opset);
        }));
    });

    public static void Text(CodedOutputStream stream, int field, string text) => Bytes(stream, field, Encoding.UTF8.GetBytes(text));

    public static void Integer(CodedOutputStream stream, int field, long value)
    {
        stream.WriteTag(field, WireFormat.WireType.Varint);
        stream.WriteInt64(value);
    }

    public static void Bytes(CodedOutputStream stream, int field, byte[] bytes)
    {
        stream.WriteTag(field, WireFormat.WireType.LengthDelimited);
        stream.WriteBytes(ByteString.CopyFrom(bytes));
    }

    public static byte[] Message(Action<CodedOutputStream> content)
    {
        using var memory = new MemoryStream();
        using (var stream = new CodedOutputStream(memory, leaveOpen: true)) content(stream);
        return memory.ToArray();
    }

    private (string Name, FeatureShape Shape) Sequence(string from, FeatureShape shape, IReadOnlyList<LayerSpec> layers)
    {
        foreach (LayerSpec layer in layers)
        {
            string name = $"n{++_count}", to = $"t{_count}", weights = $"w{_count}", bias = $"b{_count}";
            switch (layer)
            {
                case ConvolutionSpec c:
                    Weights(weights, c.OutputChannels, shape.Channels, c.Kernel, c.Kernel);
                    if (c.HasBias) Weights(bias, c.OutputChannels);
                    Node(name, "Conv", "", $"{from} {weights}{(c.HasBias ? $" {bias}" : "")}", to,
                        ("strides", new long[] { c.Stride, c.Stride }), ("pads", new long[] { c.Padding, c.Padding, c.Padding, c.Padding }));
                    break;
                case FullyConnectedSpec f:
                    if (shape.Height * shape.Width > 1 || from[0] != 'f') Node(name + "f", "Flatten", "", from, from = "f" + to);
                    Weights(weights, shape.Count, f.Outputs);
                    Node(name, "MatMul", "", $"{from} {weights}", to = "f" + to + "m");
                    if (f.HasBias) Weights(bias, f.Outputs).Node(name + "a", "Add", "", $"{bias} {to}", to += "a");
                    break;
                case PoolSpec p:
                    Node(name, p.Pool == PoolKind.Average ? "AveragePool" : "MaxPool", "", from, to, ("kernel_shape", new long[] { p.Size, p.Size }), ("strides", new long[] { p.Step, p.Step }));
                    break;
                case BatchNormalizationSpec:
                    foreach (string part in (string[])["s", "h", "m"]) Weights(weights + part, shape.Channels);
                    Weights(weights + "v", [shape.Channels], [.. Enumerable.Repeat(1.5f, shape.Channels)]);
                    Node(name, "BatchNormalization", "", $"{from} {weights}s {weights}h {weights}m {weights}v", to);
                    break;
                case ReluSpec:
                    Node(name, "Relu", "", from, to = from[0] == 'f' ? "f" + to : to);
                    break;
                case ResidualSpec r:
                    string body = Sequence(from, shape, r.Body).Name, shortcut = Sequence(from, shape, r.Shortcut).Name;
                    Node(name, "Add", "", $"{shortcut} {body}", to);
                    break;
            }

            (from, shape) = (to, layer.Output(shape, []));
        }

        return (from, shape);
    }

    private static void Attribute(CodedOutputStream a, string name, object value)
    {
        Text(a, 1, name);
        switch (value)
        {
            case float f:
                a.WriteTag(2, WireFormat.WireType.Fixed32);
                a.WriteFloat(f);
                Integer(a, 20, 1);
                break;
            case int or long:
                Integer(a, 3, Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
                Integer(a, 20, 2);
                break;
            case string s:
                Text(a, 4, s);
                Integer(a, 20, 3);
                break;
            case long[] list:
                foreach (long v in list) Integer(a, 8, v);
                Integer(a, 20, 7);
                break;
            default:
                throw new ArgumentException($"No attribute of {value.GetType().Name}.", nameof(value));
        }
    }
}
