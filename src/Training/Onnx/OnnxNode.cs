namespace CircuitSim.Training.Onnx;

/// <summary>One node of a graph (NodeProto): an operator with its inputs, outputs and attributes.</summary>
internal sealed record OnnxNode(
    string Name, string Operator, string Domain, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs, IReadOnlyList<OnnxAttribute> Attributes)
{
    private const int ListLimit = 1000;

    /// <summary>How messages call it: by its name, or by its output when it has none.</summary>
    public string Label => (Name.Length > 0 ? $"node {Quoted.Name(Name)}" : $"the node of {Quoted.Name(Outputs.FirstOrDefault(o => o.Length > 0) ?? "")}")
        + $" ({Quoted.Plain(Operator)})";

    public static OnnxNode Read(OnnxFile file, ByteRange range)
    {
        (string name, string type, string domain) = ("", "", "");
        List<string> inputs = [], outputs = [];
        var attributes = new List<OnnxAttribute>();
        var reader = new MessageReader(file, range);
        while (reader.Next())
        {
            if (inputs.Count + outputs.Count + attributes.Count > ListLimit) throw file.Broken($"has a node with more than {ListLimit} inputs, outputs and attributes.");
            switch (reader.Field)
            {
                case 1:
                    inputs.Add(reader.Text());
                    break;
                case 2:
                    outputs.Add(reader.Text());
                    break;
                case 3:
                    name = reader.Text();
                    break;
                case 4:
                    type = reader.Text();
                    break;
                case 5:
                    attributes.Add(OnnxAttribute.Read(file, reader.Range()));
                    break;
                case 7:
                    domain = reader.Text();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new OnnxNode(name, type, domain, inputs, outputs, attributes);
    }
}
