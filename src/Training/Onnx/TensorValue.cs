using CircuitSim.Training.Layers;

namespace CircuitSim.Training.Onnx;

/// <summary>What a name in a graph stands for.</summary>
internal abstract record TensorValue;

/// <summary>A constant: of the file, or folded from constants of the file.</summary>
/// <param name="Tensor">Its numbers.</param>
internal sealed record ConstantValue(OnnxTensor Tensor) : TensorValue;

/// <summary>A shape, or a piece of one, computed by nodes; null stands for the samples of a batch.</summary>
internal sealed record ShapeValue(IReadOnlyList<long?> Entries, bool IsScalar = false) : TensorValue;

/// <summary>What flows between layers: the features of a stage under a shape, which a Reshape changes without moving a number.</summary>
/// <param name="Stage">What makes it.</param>
/// <param name="Sizes">Shape in ONNX, behind the samples.</param>
/// <param name="IsTurned">Whether a Transpose exchanged the two orders since the stage.</param>
/// <param name="IsShared">Whether more than one node uses it.</param>
/// <param name="Softmax">The softmax that it went through, or null.</param>
internal sealed record FeatureValue(Stage Stage, IReadOnlyList<long> Sizes, bool IsTurned = false, bool IsShared = false, OnnxNode? Softmax = null) : TensorValue
{
    public FeatureShape Shape => Stage.Output;

    public FeatureOrder Order => Stage.Order == FeatureOrder.ChannelsFirst ^ IsTurned ? FeatureOrder.ChannelsFirst : FeatureOrder.ChannelsLast;

    public bool IsFlat => Sizes.Count == 1;

    /// <summary>Whether it is [channels, rows, columns] in that order.</summary>
    public bool IsImage => Sizes.SequenceEqual([Shape.Channels, Shape.Height, Shape.Width]) && IsIn(FeatureOrder.ChannelsFirst);

    /// <summary>Shape in ONNX, with null for the samples.</summary>
    public long?[] Dimensions => [null, .. Sizes];

    /// <summary>Whether the numbers come in an order.</summary>
    public bool IsIn(FeatureOrder order) => Order == order || HasOneOrder;

    /// <summary>Whether both orders are the same.</summary>
    public bool HasOneOrder => Shape.Channels == 1 || Shape.Height * Shape.Width == 1;
}
