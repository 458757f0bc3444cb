using System.Text.Json.Serialization;

namespace CircuitSim.Training.Layers;

/// <summary>One layer of a convolutional network, as plain data.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ConvolutionSpec), "convolution")]
[JsonDerivedType(typeof(FullyConnectedSpec), "fully_connected")]
[JsonDerivedType(typeof(PoolSpec), "pool")]
[JsonDerivedType(typeof(BatchNormalizationSpec), "batch_normalization")]
[JsonDerivedType(typeof(ReluSpec), "relu")]
[JsonDerivedType(typeof(ResidualSpec), "residual")]
public abstract record LayerSpec
{
    /// <summary>Shape of the output for a given input.</summary>
    /// <param name="input">Shape of the input.</param>
    /// <param name="problems">Receives one sentence for each rule that is broken.</param>
    /// <returns>Shape of the output; that of the input when the layer does not fit.</returns>
    internal abstract FeatureShape Output(FeatureShape input, List<string> problems);
}
