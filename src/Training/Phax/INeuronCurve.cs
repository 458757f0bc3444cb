namespace CircuitSim.Training.Phax;

/// <summary>Static behaviour of one neuron: from the gate voltage to the outputs of its two inverters, with exact derivatives.</summary>
/// <remarks>Implementations are immutable and thread-safe.</remarks>
public interface INeuronCurve
{
    /// <summary>What it is, for records and reports, for example <c>tanh</c>.</summary>
    string Name { get; }

    /// <summary>Supply Vdd, volts.</summary>
    double SupplyVolts { get; }

    /// <summary>Outputs of both inverters and their derivatives with respect to the gate voltage.</summary>
    /// <param name="gateVolts">Gate voltages, volts.</param>
    /// <param name="invertedVolts">Receives the first inverter's output <c>n</c>, volts.</param>
    /// <param name="invertedSlope">Receives dn/dgate, dimensionless, negative.</param>
    /// <param name="restoredVolts">Receives the second inverter's output <c>p</c>, volts.</param>
    /// <param name="restoredSlope">Receives dp/dgate, dimensionless, positive.</param>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    void Evaluate(
        ReadOnlySpan<double> gateVolts,
        Span<double> invertedVolts,
        Span<double> invertedSlope,
        Span<double> restoredVolts,
        Span<double> restoredSlope);

    /// <summary>Log-odds ln(h/(1 − h)) of h = (n + Vdd/2)/Vdd and their derivative, without loss of digits near the rails.</summary>
    /// <param name="gateVolts">Gate voltages, volts.</param>
    /// <param name="logits">Receives the log-odds, dimensionless.</param>
    /// <param name="slope">Receives their derivative with respect to the gate voltage, per volt.</param>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    void EvaluateLogits(ReadOnlySpan<double> gateVolts, Span<double> logits, Span<double> slope);
}
