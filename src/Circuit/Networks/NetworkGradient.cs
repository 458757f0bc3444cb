using CircuitSim.Circuit.Crossbars;

namespace CircuitSim.Circuit.Networks;

/// <summary>Derivatives of a loss, summed over the samples of a batch, to everything that a network circuit is made of.</summary>
public sealed record NetworkGradient
{
    /// <summary>Derivatives to the devices and wires of each layer's crossbar, summed over samples.</summary>
    public required IReadOnlyList<CrossbarGradient> Layers { get; init; }

    /// <summary>dL/dx of every input, loss per volt, row-major [sample, input]; the two lines of a pair move against each other.</summary>
    public required ReadOnlyMemory<double> PerInputVolt { get; init; }

    /// <summary>dL/dV of every source of the first layer without the bias pair, loss per volt, row-major [sample, word line].</summary>
    public required ReadOnlyMemory<double> PerInputSourceVolt { get; init; }
}
