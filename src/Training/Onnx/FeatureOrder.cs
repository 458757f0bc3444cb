namespace CircuitSim.Training.Onnx;

/// <summary>In which order ONNX lists the features of a sample; the two are one where there is a single channel or a single pixel.</summary>
internal enum FeatureOrder
{
    /// <summary>[channel, row, column], the order of ONNX's convolutions and pools.</summary>
    ChannelsFirst,

    /// <summary>[row, column, channel], as models from TensorFlow have it.</summary>
    ChannelsLast,
}
