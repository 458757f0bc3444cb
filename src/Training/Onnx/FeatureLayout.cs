namespace CircuitSim.Training.Onnx;

/// <summary>How ONNX arranges what flows between layers, behind the samples of a batch.</summary>
internal enum FeatureLayout
{
    /// <summary>[channel, row, column], the order of ONNX's convolutions and pools.</summary>
    ChannelsFirst,

    /// <summary>[row, column, channel], after a Transpose, as models from TensorFlow have it.</summary>
    ChannelsLast,

    /// <summary>A list, flattened from [channel, row, column].</summary>
    FlatChannelsFirst,

    /// <summary>A list, flattened from [row, column, channel].</summary>
    FlatChannelsLast,
}
