using CircuitSim.Circuit.Errors;
using CircuitSim.Mapping.Files;

namespace CircuitSim.Training.Onnx;

/// <summary>The bytes of a model, and the place in them that is being read.</summary>
internal sealed class OnnxFile(string path)
{
    public string Path { get; } = path;

    public byte[] Bytes { get; } = InputBytes.Read(path);

    /// <summary>Where the field begins that is being read.</summary>
    public int Offset { get; set; }

    /// <summary>The error for bytes that are no ONNX.</summary>
    public InputFileException Broken(string problem, Exception? inner = null) => new(Path, problem, byteOffset: Offset, innerException: inner);

    /// <summary>The error for a model that breaks a rule of ONNX.</summary>
    public InputFileException Invalid(string problem) => new(Path, problem);
}
