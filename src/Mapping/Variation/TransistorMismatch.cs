using System.Globalization;
using CircuitSim.Circuit.Devices;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Networks;
using CircuitSim.Circuit.Randomness;

namespace CircuitSim.Mapping.Variation;

/// <summary>How transistors that were drawn alike differ on a chip: threshold and current factor, each by a law of the gate's area.</summary>
/// <remarks>
/// σ(VT) = A_VT/√(W·L) and σ(Δβ/β) = A_β/√(W·L) for every transistor by itself (Pelgrom, Duinmaijer, Welbers, IEEE J. Solid-State
/// Circuits 24(5), 1989). Coefficients that are quoted for the difference of two transistors are to be divided by √2. The current
/// factor is drawn log-normally, so that it stays positive; for a few percent that is the same.
/// </remarks>
public sealed record TransistorMismatch
{
    /// <summary>A_VT, volts times metres (1 mV·µm is 1e-9), at least 0.</summary>
    public required double ThresholdVoltMetres { get; init; }

    /// <summary>A_β, relative times metres (1 %·µm is 1e-8), at least 0.</summary>
    public required double CurrentFactorMetres { get; init; }

    /// <summary>Gate length, metres, positive.</summary>
    public double LengthMetres { get; init; } = 0.1e-6;

    /// <summary>Gate width of the n-channel transistors, metres, positive; the default is that of the shipped inverters.</summary>
    public double NChannelWidthMetres { get; init; } = 0.6e-6;

    /// <summary>Gate width of the p-channel transistors, metres, positive; the default is that of the shipped inverters.</summary>
    public double PChannelWidthMetres { get; init; } = 1.0e-6;

    /// <summary>Standard deviation of a transistor's threshold.</summary>
    /// <param name="isPChannel">Which transistor.</param>
    /// <returns>Volts.</returns>
    public double ThresholdDeviationVolts(bool isPChannel) => ThresholdVoltMetres / Math.Sqrt(GateArea(isPChannel));

    /// <summary>Standard deviation of a transistor's relative current factor.</summary>
    /// <param name="isPChannel">Which transistor.</param>
    /// <returns>Dimensionless.</returns>
    public double CurrentFactorDeviation(bool isPChannel) => CurrentFactorMetres / Math.Sqrt(GateArea(isPChannel));

    /// <summary>Draws the inverters of one layer of one chip.</summary>
    /// <param name="nominal">The inverter as designed.</param>
    /// <param name="layer">Layer index from 0; layers are drawn independently.</param>
    /// <param name="neuronCount">Neurons, at least 1.</param>
    /// <param name="seed">Seed of the chip.</param>
    /// <returns>First and second inverter of every neuron in turn.</returns>
    /// <exception cref="InvalidDesignException">A coefficient or a size is out of range.</exception>
    public EkvInverter[] Draw(EkvInverter nominal, int layer, int neuronCount, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(nominal);
        Check();
        var threshold = new CounterRandom(seed, string.Create(CultureInfo.InvariantCulture, $"threshold of transistors, layer {layer + 1}"));
        var factor = new CounterRandom(seed, string.Create(CultureInfo.InvariantCulture, $"current factor of transistors, layer {layer + 1}"));
        var inverters = new EkvInverter[2 * neuronCount];
        for (int i = 0; i < inverters.Length; i++)
            inverters[i] = nominal with { NChannel = Drawn(nominal.NChannel, 2 * (ulong)i), PChannel = Drawn(nominal.PChannel, 2 * (ulong)i + 1) };
        return inverters;

        EkvParameters Drawn(EkvParameters of, ulong index) => of with
        {
            ThresholdVolts = of.ThresholdVolts + ThresholdDeviationVolts(of.IsPChannel) * threshold.Normal(index),
            SpecificCurrentAmps = of.SpecificCurrentAmps * Math.Exp(CurrentFactorDeviation(of.IsPChannel) * factor.Normal(index)),
        };
    }

    private double GateArea(bool isPChannel) => LengthMetres * (isPChannel ? PChannelWidthMetres : NChannelWidthMetres);

    private void Check()
    {
        var violations = new List<string>();
        Require(ThresholdVoltMetres >= 0, "Threshold coefficient", ThresholdVoltMetres, "V·m; it must be at least 0");
        Require(CurrentFactorMetres >= 0, "Current-factor coefficient", CurrentFactorMetres, "m; it must be at least 0");
        Require(LengthMetres > 0, "Gate length", LengthMetres, "m; it must be positive");
        Require(NChannelWidthMetres > 0, "Width of the n-channel gates", NChannelWidthMetres, "m; it must be positive");
        Require(PChannelWidthMetres > 0, "Width of the p-channel gates", PChannelWidthMetres, "m; it must be positive");
        if (violations.Count > 0) throw new InvalidDesignException("Transistor mismatch", violations);

        void Require(bool holds, string what, double value, string rule)
        {
            if (!holds || !double.IsFinite(value)) violations.Add(string.Create(CultureInfo.InvariantCulture, $"{what} is {value:R} {rule}."));
        }
    }
}
