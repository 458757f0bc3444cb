using CircuitSim.Circuit.Errors;
using CircuitSim.Mapping.Files;

namespace CircuitSim.Training.Onnx;

/// <summary>The bytes of a model, and the place in them that is being read.</summary>
internal sealed class OnnxFile(string path)
{
    private const int MostField = 25;

    public string Path { get; } = path;

    public byte[] Bytes { get; } = Read(path);

    // A model begins with a small field number of wire type 0 or 2; what does not is refused before it is read whole.
    private static byte[] Read(string path)
    {
        using (InputReader start = InputReader.Open(path))
        {
            byte[] tag = start.Read(1);
            if (tag.Length > 0 && (tag[0] >> 3 is 0 or > MostField || (tag[0] & 7) is not (0 or 2)))
                throw new InputFileException(path, "does not begin as a protobuf message of ONNX does: it is no ONNX model.", byteOffset: 0);
        }

        return InputBytes.Read(path);
    }

    /// <summary>Where the field begins that is being read.</summary>
    public int Offset { get; set; }

    /// <summary>The error for bytes that are no ONNX.</summary>
    public InputFileException Broken(string problem, Exception? inner = null) => new(Path, problem, byteOffset: Offset, innerException: inner);

    /// <summary>The error for a model that breaks a rule of ONNX.</summary>
    public InputFileException Invalid(string problem) => new(Path, problem);
}
