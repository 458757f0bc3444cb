using CircuitSim.Circuit.Errors;

namespace CircuitSim.Training.Onnx;

/// <summary>What a model file says, as far as it is needed. Field numbers are those of onnx.proto.</summary>
internal sealed record OnnxModel(
    int Opset, IReadOnlyList<OnnxNode> Nodes, IReadOnlyDictionary<string, OnnxTensor> Initializers, IReadOnlyList<OnnxInput> Inputs, IReadOnlyList<string> Outputs)
{
    public const int FirstOpset = 7;
    public const int LastOpset = 23;

    private const int FirstIrVersion = 3;
    private const int NodeLimit = 20_000;
    private const int ListLimit = 100_000;

    /// <summary>Whether a domain is that of the standard operators.</summary>
    public static bool IsStandard(string domain) => domain is "" or "ai.onnx";

    /// <summary>Reads a file.</summary>
    /// <exception cref="InputFileException">It is broken, or a version is not supported.</exception>
    public static OnnxModel Read(OnnxFile file)
    {
        long ir = 0;
        long? opset = null;
        ByteRange? graph = null;
        var reader = new MessageReader(file, new ByteRange(0, file.Bytes.Length));
        while (reader.Next())
        {
            if (reader.Field == 1) ir = reader.Integer();
            else if (reader.Field == 7) graph = reader.Range();
            else if (reader.Field == 8 && OperatorSet(file, reader.Range()) is { } version) opset = version;
            else if (reader.Field != 8) reader.Skip();
        }

        if (graph is not { } range) throw file.Invalid("holds no graph: it is no ONNX model. Export one, for example with torch.onnx.export.");
        if (ir < FirstIrVersion) throw file.Invalid($"has IR version {ir}; {FirstIrVersion} and later are supported. Export it anew, or use onnx.version_converter.");
        if (opset is not (>= FirstOpset and <= LastOpset))
        {
            throw file.Invalid($"uses {(opset is null ? "no operator set" : $"operator set {opset}")} of ai.onnx; "
                + $"{FirstOpset} to {LastOpset} are supported. Export it with opset_version=17.");
        }

        return Graph(file, range, (int)opset);
    }

    private static long? OperatorSet(OnnxFile file, ByteRange range)
    {
        (string domain, long version) = ("", 0);
        var reader = new MessageReader(file, range);
        while (reader.Next())
        {
            if (reader.Field == 1) domain = reader.Text();
            else if (reader.Field == 2) version = reader.Integer();
            else reader.Skip();
        }

        return IsStandard(domain) ? version : null;
    }

    private static OnnxModel Graph(OnnxFile file, ByteRange range, int opset)
    {
        var nodes = new List<OnnxNode>();
        var initializers = new Dictionary<string, OnnxTensor>();
        var inputs = new List<OnnxInput>();
        var outputs = new List<string>();
        var reader = new MessageReader(file, range);
        while (reader.Next())
        {
            if (nodes.Count > NodeLimit || initializers.Count + inputs.Count + outputs.Count > ListLimit)
                throw file.Broken($"has more than {NodeLimit} nodes, or {ListLimit} tensors; such models are not supported.");
            switch (reader.Field)
            {
                case 1:
                    nodes.Add(OnnxNode.Read(file, reader.Range()));
                    break;
                case 5:
                    OnnxTensor tensor = OnnxTensor.Read(file, reader.Range());
                    if (!initializers.TryAdd(tensor.Name, tensor)) throw file.Broken($"has two initializers {Quoted.Name(tensor.Name)}.");
                    break;
                case 11:
                    inputs.Add(OnnxInput.Read(file, reader.Range()));
                    break;
                case 12:
                    outputs.Add(OnnxInput.Read(file, reader.Range()).Name);
                    break;
                case 15:
                    throw file.Broken("has sparse initializers, which are not supported; store the weights as dense tensors.");
                default:
                    reader.Skip();
                    break;
            }
        }

        return new OnnxModel(opset, nodes, initializers, [.. inputs.Where(i => !initializers.ContainsKey(i.Name))], outputs);
    }
}
