using System.Globalization;

namespace CircuitSim.Training.Onnx;

/// <summary>An attribute of a node (AttributeProto); kinds that no supported operator has are left empty.</summary>
internal sealed record OnnxAttribute(string Name, OnnxAttributeKind Kind, double Single, long Integer, string Text, OnnxTensor? Tensor, IReadOnlyList<long> Integers)
{
    // As many as the spatial pads of an image with room to spare.
    private const int ListLimit = 64;

    public static OnnxAttribute Read(OnnxFile file, ByteRange range)
    {
        (string name, string text, long kind, long integer, double single) = ("", "", 0, 0, 0);
        OnnxTensor? tensor = null;
        var integers = new List<long>();
        var reader = new MessageReader(file, range);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    name = reader.Text();
                    break;
                case 2:
                    single = Decimal(reader.Single());
                    break;
                case 3:
                    integer = reader.Integer();
                    break;
                case 4:
                    text = reader.Text();
                    break;
                case 5:
                    tensor = OnnxTensor.Read(file, reader.Range());
                    break;
                case 8:
                    reader.Integers(integers, ListLimit);
                    break;
                case 20:
                    kind = reader.Integer();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new OnnxAttribute(name, (OnnxAttributeKind)kind, single, integer, text, tensor, integers);
    }

    // The number that was meant: 0.1 and not 0.10000000149.
    private static double Decimal(float value) => double.Parse(value.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
