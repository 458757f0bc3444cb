namespace CircuitSim.Training.Onnx;

/// <summary>An input of a graph (ValueInfoProto) with its shape: a number, or null for a symbolic dimension.</summary>
internal sealed record OnnxInput(string Name, int ElementType, IReadOnlyList<long?>? Dimensions)
{
    private const int RankLimit = 64;

    public static OnnxInput Read(OnnxFile file, ByteRange range)
    {
        string name = "";
        ByteRange? tensor = null;
        var reader = new MessageReader(file, range);
        while (reader.Next())
        {
            if (reader.Field == 1) name = reader.Text();
            else if (reader.Field == 2) tensor = Inner(file, reader.Range(), 1);
            else reader.Skip();
        }

        if (tensor is not { } type) return new OnnxInput(name, 0, null);
        int element = 0;
        List<long?>? dimensions = null;
        reader = new MessageReader(file, type);
        while (reader.Next())
        {
            if (reader.Field == 1) element = (int)Math.Clamp(reader.Integer(), 0, int.MaxValue);
            else if (reader.Field == 2) dimensions = Shape(file, reader.Range());
            else reader.Skip();
        }

        return new OnnxInput(name, element, dimensions);
    }

    private static ByteRange? Inner(OnnxFile file, ByteRange range, int field)
    {
        ByteRange? inner = null;
        var reader = new MessageReader(file, range);
        while (reader.Next())
        {
            if (reader.Field == field) inner = reader.Range();
            else reader.Skip();
        }

        return inner;
    }

    private static List<long?> Shape(OnnxFile file, ByteRange range)
    {
        var all = new List<long?>();
        var reader = new MessageReader(file, range);
        while (reader.Next())
        {
            if (reader.Field != 1)
            {
                reader.Skip();
                continue;
            }

            if (all.Count == RankLimit) throw file.Broken($"has an input or output of more than {RankLimit} dimensions.");
            long? dimension = null;
            var inner = new MessageReader(file, reader.Range());
            while (inner.Next())
            {
                if (inner.Field == 1) dimension = inner.Integer();
                else inner.Skip();
            }

            all.Add(dimension);
        }

        return all;
    }
}
