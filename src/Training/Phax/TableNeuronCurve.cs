using CircuitSim.Circuit.Networks;

namespace CircuitSim.Training.Phax;

/// <summary>Neuron with the tabulated curve of the real inverter: n = f(z) of the gate voltage, and p = f(n) through the second inverter.</summary>
/// <param name="Name">What it is, for records.</param>
/// <param name="Curve">Transfer curve of both inverters, at the load that each output carries.</param>
public sealed record TableNeuronCurve(string Name, VoltageTransferCurve Curve) : INeuronCurve
{
    /// <inheritdoc/>
    public double SupplyVolts => Curve.SupplyVolts;

    /// <inheritdoc/>
    public void Evaluate(
        ReadOnlySpan<double> gateVolts,
        Span<double> invertedVolts,
        Span<double> invertedSlope,
        Span<double> restoredVolts,
        Span<double> restoredSlope)
    {
        int count = gateVolts.Length;
        if (invertedVolts.Length != count || invertedSlope.Length != count || restoredVolts.Length != count || restoredSlope.Length != count)
            throw new ArgumentException("The spans differ in length.", nameof(invertedVolts));
        for (int i = 0; i < count; i++)
        {
            double n = Curve.OutputVolts(gateVolts[i], out double first);
            restoredVolts[i] = Curve.OutputVolts(n, out double second);
            invertedVolts[i] = n;
            invertedSlope[i] = first;
            restoredSlope[i] = second * first;
        }
    }

    /// <inheritdoc/>
    public void EvaluateLogits(ReadOnlySpan<double> gateVolts, Span<double> logits, Span<double> slope)
    {
        if (logits.Length != gateVolts.Length || slope.Length != gateVolts.Length)
            throw new ArgumentException("The spans differ in length.", nameof(logits));
        double rail = SupplyVolts / 2;
        for (int i = 0; i < gateVolts.Length; i++)
        {
            // Within the rails the output stays strictly between them; beyond, the log-odds go on as a line.
            double inside = Math.Clamp(gateVolts[i], -rail, rail);
            double n = Curve.OutputVolts(inside, out double perVolt);
            slope[i] = perVolt * (1 / (rail + n) + 1 / (rail - n));
            logits[i] = Math.Log((rail + n) / (rail - n)) + slope[i] * (gateVolts[i] - inside);
        }
    }
}
