using CircuitSim.Export.Reports;

namespace CircuitSim.Export.CrossCheck;

/// <summary>The earliest place at which two engines part: the first layer, in it the first signal, in it the node that differs most.</summary>
public sealed record Divergence
{
    /// <summary>Layer number from 1; 0 for inputs and rails.</summary>
    public required int Layer { get; init; }

    /// <summary>The signal.</summary>
    public required SignalKind Signal { get; init; }

    /// <summary>The node.</summary>
    public required string Name { get; init; }

    /// <summary>The sample, index from 0 within the held-out samples.</summary>
    public required int Sample { get; init; }

    /// <summary>Unit of the values: <c>V</c> or <c>A</c>.</summary>
    public required string Unit { get; init; }

    /// <summary>What the engine says.</summary>
    public required double EngineValue { get; init; }

    /// <summary>What our circuit solution says.</summary>
    public required double CircuitValue { get; init; }

    /// <summary>The budget that the difference exceeds.</summary>
    public required double Budget { get; init; }
}
