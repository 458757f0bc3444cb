using CircuitSim.Circuit.Networks;
using CircuitSim.Training.Kernels;

namespace CircuitSim.Training.ExSitu;

/// <summary>What a hidden neuron does with its sum. Immutable; thread-safe.</summary>
public abstract class HiddenActivation
{
    private protected HiddenActivation(string name) => Name = name;

    /// <summary>The ideal neuron, tanh(z).</summary>
    public static HiddenActivation Tanh { get; } = new TanhActivation();

    /// <summary>What it is, for records and reports.</summary>
    public string Name { get; }

    /// <summary>A neuron whose output is an inverter's: its transfer curve turned upright, scaled to ±1 and to a slope of 1 at its switching point.</summary>
    /// <remarks>
    /// y = −V_out(V_m + z/g)/(Vdd/2), where V_out(V_m) = 0 and g is the gain at V_m over Vdd/2. The sum reaches the gate through an amplifier
    /// that saturates at the rails, and the output is buffered, so that the next crossbar does not load the inverter.
    /// </remarks>
    /// <param name="curve">Transfer curve of a shipped inverter, or of a user's own that was characterised.</param>
    /// <returns>The neuron.</returns>
    /// <exception cref="Circuit.Errors.ConvergenceException">The curve does not cross 0 V between the rails.</exception>
    public static HiddenActivation Inverter(VoltageTransferCurve curve) => new InverterActivation(curve);

    /// <summary>Outputs for sums, and their derivatives.</summary>
    /// <param name="values">Sums; receives the outputs.</param>
    /// <param name="slopes">Receives d output / d sum.</param>
    internal abstract void Apply(Span<double> values, Span<double> slopes);

    private sealed class TanhActivation() : HiddenActivation("tanh")
    {
        internal override void Apply(Span<double> values, Span<double> slopes)
        {
            VectorMath.Tanh(values, values);
            for (int i = 0; i < values.Length; i++) slopes[i] = 1 - values[i] * values[i];
        }
    }
}
