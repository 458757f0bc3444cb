namespace CircuitSim.Training.Onnx;

/// <summary>Kinds of attributes that supported operators have, by their numbers in onnx.proto.</summary>
internal enum OnnxAttributeKind
{
    Single = 1,
    Integer = 2,
    Text = 3,
    Tensor = 4,
    Integers = 7,
}
