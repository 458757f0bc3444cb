using CircuitSim.Circuit.Networks;

namespace CircuitSim.Circuit.Characterization;

/// <summary>What an inverter does under one resistive load from its output to the middle of the rails.</summary>
public sealed record InverterLoadPoint
{
    /// <summary>Load, ohms; null is no load.</summary>
    public required double? LoadOhms { get; init; }

    /// <summary>Transfer curve under the load, from the table.</summary>
    public required VoltageTransferCurve Curve { get; init; }

    /// <summary>Input at which the output equals the input, volts from mid-rail.</summary>
    public required double SwitchingVolts { get; init; }

    /// <summary>Slope of the curve at the switching point, negative, dimensionless.</summary>
    public required double Gain { get; init; }

    /// <summary>Output with the input at the negative rail, volts from mid-rail.</summary>
    public required double HighVolts { get; init; }

    /// <summary>Output with the input at the positive rail, volts from mid-rail.</summary>
    public required double LowVolts { get; init; }

    /// <summary>Output resistance at the switching point, without the load, ohms.</summary>
    public required double SwitchingOutputOhms { get; init; }

    /// <summary>Output resistance with the input at the negative rail, without the load, ohms.</summary>
    public required double HighOutputOhms { get; init; }

    /// <summary>Output resistance with the input at the positive rail, without the load, ohms.</summary>
    public required double LowOutputOhms { get; init; }

    /// <summary>Fit c1 + c2·tanh((v − c3)·c4), or null when the curve has no such shape.</summary>
    public required VoltageTransferCurveFit? Fit { get; init; }

    /// <summary>Largest difference between the curve from the table and the circuit itself in the engine, volts.</summary>
    public required double ErrorVolts { get; init; }
}
