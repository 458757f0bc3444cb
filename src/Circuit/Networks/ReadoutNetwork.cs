using System.Globalization;
using CircuitSim.Circuit.Errors;

namespace CircuitSim.Circuit.Networks;

/// <summary>A network of crossbars that are read by current, with digital neurons between them.</summary>
/// <remarks>
/// Inputs x drive the word lines of the first crossbar with x·<see cref="UnitVolts"/>, hidden neurons those of the next one with
/// f(z)·<see cref="UnitVolts"/>, f the sigmoid or tanh; where there is a bias, the last word line of every crossbar is driven with <see cref="UnitVolts"/>. The sums z of the last layer are
/// the outputs; an activation or softmax would not change their order.
/// </remarks>
public sealed record ReadoutNetwork
{
    /// <summary>Creates a network and checks that its layers fit each other.</summary>
    /// <param name="unitVolts">Voltage that an input of 1 is applied with, volts, positive.</param>
    /// <param name="hasBias">Whether the last word line of each crossbar is a bias of 1.</param>
    /// <param name="layers">Layers from input to output, at least one.</param>
    /// <exception cref="InvalidDesignException">The voltage is not positive, or layers do not fit; all violations are listed.</exception>
    public ReadoutNetwork(double unitVolts, bool hasBias, IReadOnlyList<ReadoutLayer> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        (UnitVolts, HasBias, Layers) = (unitVolts, hasBias, [.. layers]);
        var violations = new List<string>();
        if (!(unitVolts > 0) || !double.IsFinite(unitVolts))
            violations.Add(string.Create(CultureInfo.InvariantCulture, $"The voltage of one is {unitVolts:R} V; it must be positive."));
        if (Layers.Count == 0) violations.Add("No layers; at least one is needed.");
        for (int l = 1; l < Layers.Count; l++)
        {
            int needed = Layers[l - 1].Neurons.Count + (hasBias ? 1 : 0);
            if (Layers[l].Crossbar.WordLineCount != needed)
                violations.Add($"Layer {l + 1} has {Layers[l].Crossbar.WordLineCount} word lines; the {Layers[l - 1].Neurons.Count} neurons before it{(hasBias ? " and the bias" : "")} need {needed}.");
        }

        if (violations.Count > 0) throw new InvalidDesignException("Network with current read-out", violations);
    }

    /// <summary>Voltage that an input of 1 is applied with, volts.</summary>
    public double UnitVolts { get; }

    /// <summary>Whether the last word line of each crossbar is a bias of 1.</summary>
    public bool HasBias { get; }

    /// <summary>What hidden neurons do with their sums.</summary>
    public ReadoutActivation Activation { get; init; }

    /// <summary>Layers from input to output.</summary>
    public IReadOnlyList<ReadoutLayer> Layers { get; }

    /// <summary>Inputs, the bias not counted.</summary>
    public int InputCount => Layers[0].Crossbar.WordLineCount - (HasBias ? 1 : 0);

    /// <summary>Neurons of the last layer.</summary>
    public int OutputCount => Layers[^1].Neurons.Count;

    /// <summary>The same network with ideal wires: segments and source resistance are zero, the terminal resistance stays.</summary>
    /// <returns>A network with the same devices.</returns>
    public ReadoutNetwork WithIdealWires() => new(UnitVolts, HasBias, [.. Layers.Select(l => new ReadoutLayer(l.Crossbar.WithIdealWires(), l.Neurons))]) { Activation = Activation };
}
