using CircuitSim.Training.Layers;

namespace CircuitSim.Training.Onnx;

/// <summary>What a name in a graph stands for.</summary>
internal abstract record TensorValue;

/// <summary>A constant of the file.</summary>
/// <param name="Tensor">Its numbers.</param>
/// <param name="IsTransposed">Whether rows and columns are exchanged.</param>
internal sealed record ConstantValue(OnnxTensor Tensor, bool IsTransposed = false) : TensorValue;

/// <summary>A shape, or a piece of one, computed by nodes; null stands for the samples of a batch.</summary>
internal sealed record ShapeValue(IReadOnlyList<long?> Entries, bool IsScalar = false) : TensorValue;

/// <summary>What flows between layers.</summary>
/// <param name="Stage">What makes it.</param>
/// <param name="Layout">How ONNX arranges it.</param>
/// <param name="IsShared">Whether more than one node uses it.</param>
/// <param name="Softmax">The softmax that it went through, or null.</param>
internal sealed record FeatureValue(Stage Stage, FeatureLayout Layout, bool IsShared, OnnxNode? Softmax = null) : TensorValue
{
    public FeatureShape Shape => Stage.Output;

    public bool IsFlat => Layout is FeatureLayout.FlatChannelsFirst or FeatureLayout.FlatChannelsLast;

    /// <summary>Shape in ONNX, with null for the samples.</summary>
    public long?[] Dimensions => Layout switch
    {
        FeatureLayout.ChannelsFirst => [null, Shape.Channels, Shape.Height, Shape.Width],
        FeatureLayout.ChannelsLast => [null, Shape.Height, Shape.Width, Shape.Channels],
        _ => [null, Shape.Count],
    };

    /// <summary>The same features as a list; a list of single pixels has one order only.</summary>
    public FeatureValue Flatten() => this with
    {
        Layout = Layout is FeatureLayout.ChannelsFirst or FeatureLayout.FlatChannelsFirst || Shape.Height * Shape.Width == 1
            ? FeatureLayout.FlatChannelsFirst
            : FeatureLayout.FlatChannelsLast,
    };
}
