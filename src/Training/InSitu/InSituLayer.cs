namespace CircuitSim.Training.InSitu;

/// <summary>The trained devices of one layer and how they stand for its weights.</summary>
/// <remarks>Arrays are row-major [output, input], the bias last. A layer with periodic carry has one entry a digit.</remarks>
public sealed record InSituLayer
{
    /// <summary>Neurons.</summary>
    public required int OutputCount { get; init; }

    /// <summary>Inputs, the bias included.</summary>
    public required int InputCount { get; init; }

    /// <summary>The weights that the devices stand for.</summary>
    public required ReadOnlyMemory<double> Weights { get; init; }

    /// <summary>Weight at the end of the window.</summary>
    public required double WeightLimit { get; init; }

    /// <summary>The digits of the weights, highest first; one without periodic carry.</summary>
    public required IReadOnlyList<InSituDigit> Digits { get; init; }
}
