namespace CircuitSim.Training.Onnx;

/// <summary>A part of a file, such as a message within a message.</summary>
/// <param name="Start">First byte.</param>
/// <param name="End">The byte after the last.</param>
internal readonly record struct ByteRange(int Start, int End)
{
    public int Length => End - Start;
}
