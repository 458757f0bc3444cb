using CircuitSim.Circuit.Networks;
using CircuitSim.Training.Kernels;

namespace CircuitSim.Training.Phax;

/// <summary>Neuron as PHAX trains it: n = −(Vdd/2)·tanh(k1·(z − c1)) and p = (Vdd/2)·tanh(k2·(z − c2)) of the gate voltage z.</summary>
/// <remarks>
/// Ansari et al., PHAX, IEEE TCAD 37(8), 2018, in the simplified form of the authors' published code: the fit's offset is dropped and its
/// amplitude is replaced by half the supply, which makes cross-entropy's derivative −(2·k1/Vdd)·(n − y).
/// </remarks>
/// <param name="Name">What it is, for records.</param>
/// <param name="SupplyVolts">Supply Vdd, volts.</param>
/// <param name="InvertedGainPerVolt">k1, per volt, positive.</param>
/// <param name="InvertedCentreVolts">c1, volts.</param>
/// <param name="RestoredGainPerVolt">k2, per volt, positive.</param>
/// <param name="RestoredCentreVolts">c2, volts.</param>
public sealed record TanhNeuronCurve(
    string Name,
    double SupplyVolts,
    double InvertedGainPerVolt,
    double InvertedCentreVolts,
    double RestoredGainPerVolt,
    double RestoredCentreVolts) : INeuronCurve
{
    /// <summary>The curve with the coefficients that PHAX's authors fitted to HSPICE: 90 nm, size 5, 0.5 V, 0.9 MΩ load.</summary>
    public static TanhNeuronCurve PublishedPhax { get; } = new("tanh-published", 0.5, 31.7581, -0.0235, 193.0602, -0.0203);

    /// <summary>Takes gains and centres from fits of an inverter and of two in series.</summary>
    /// <param name="name">What it is, for records.</param>
    /// <param name="curve">Transfer curve of both inverters.</param>
    /// <returns>The neuron.</returns>
    /// <exception cref="Circuit.Errors.ConvergenceException">The curve has no such shape.</exception>
    public static TanhNeuronCurve Fit(string name, VoltageTransferCurve curve)
    {
        ArgumentNullException.ThrowIfNull(curve);
        VoltageTransferCurveFit first = curve.FitTanh(), cascade = curve.FitCascadeTanh(curve);
        return new TanhNeuronCurve(
            name, curve.SupplyVolts, first.GainPerVolt, first.CentreVolts, cascade.GainPerVolt, cascade.CentreVolts);
    }

    /// <inheritdoc/>
    public void Evaluate(
        ReadOnlySpan<double> gateVolts,
        Span<double> invertedVolts,
        Span<double> invertedSlope,
        Span<double> restoredVolts,
        Span<double> restoredSlope)
    {
        VectorMath.ScaledTanh(gateVolts, -SupplyVolts / 2, InvertedGainPerVolt, InvertedCentreVolts, invertedVolts, invertedSlope);
        VectorMath.ScaledTanh(gateVolts, SupplyVolts / 2, RestoredGainPerVolt, RestoredCentreVolts, restoredVolts, restoredSlope);
    }

    /// <inheritdoc/>
    public void EvaluateLogits(ReadOnlySpan<double> gateVolts, Span<double> logits, Span<double> slope)
    {
        if (logits.Length != gateVolts.Length || slope.Length != gateVolts.Length)
            throw new ArgumentException("The spans differ in length.", nameof(logits));

        // h = (1 − tanh u)/2 = sigmoid(−2u).
        for (int i = 0; i < gateVolts.Length; i++) logits[i] = -2 * InvertedGainPerVolt * (gateVolts[i] - InvertedCentreVolts);
        slope.Fill(-2 * InvertedGainPerVolt);
    }
}
