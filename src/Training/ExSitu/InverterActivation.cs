using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Networks;

namespace CircuitSim.Training.ExSitu;

/// <summary>An inverter's transfer curve as an activation.</summary>
internal sealed class InverterActivation : HiddenActivation
{
    private const int Halvings = 60;

    private readonly VoltageTransferCurve _curve;
    private readonly double _middle, _voltsPerUnit;

    internal InverterActivation(VoltageTransferCurve curve)
        : base(Checked(curve).Inverter.Name)
    {
        _curve = curve;
        double rail = curve.SupplyVolts / 2, low = -rail, high = rail;
        if (!(curve.OutputVolts(low) > 0 && curve.OutputVolts(high) < 0))
            throw new ConvergenceException($"Switching point of inverter '{curve.Inverter.Name}'", 0, curve.OutputVolts(0), "V", "output", curve.OutputVolts(low), curve.OutputVolts(high), "The curve has to fall through 0 V between the rails to serve as a neuron.");
        for (int i = 0; i < Halvings; i++)
        {
            double at = 0.5 * (low + high);
            if (curve.OutputVolts(at) > 0) low = at;
            else high = at;
        }

        _middle = 0.5 * (low + high);
        curve.OutputVolts(_middle, out double slope);
        _voltsPerUnit = rail / -slope;
    }

    internal override void Apply(Span<double> values, Span<double> slopes)
    {
        double rail = _curve.SupplyVolts / 2;
        for (int i = 0; i < values.Length; i++)
        {
            double gate = _middle + values[i] * _voltsPerUnit, inside = Math.Clamp(gate, -rail, rail);
            values[i] = -_curve.OutputVolts(inside, out double slope) / rail;
            // The amplifier before the gate saturates at the rails.
            slopes[i] = gate == inside ? -slope * _voltsPerUnit / rail : 0;
        }
    }

    private static VoltageTransferCurve Checked(VoltageTransferCurve curve)
    {
        ArgumentNullException.ThrowIfNull(curve);
        return curve;
    }
}
