namespace CircuitSim.Training.InSitu;

/// <summary>What the last layer makes of its weighted sums.</summary>
public enum OutputKind
{
    /// <summary>Softmax over all outputs, with cross-entropy.</summary>
    Softmax,

    /// <summary>A sigmoid for each output, with cross-entropy or quadratic cost.</summary>
    Sigmoid,
}
