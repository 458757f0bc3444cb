using CircuitSim.Circuit.Netlists.Waveforms;

namespace CircuitSim.Circuit.Netlists;

/// <summary>What an independent source gives in each kind of analysis.</summary>
public sealed record SourceValue
{
    /// <summary>DC value, volts or amperes; null when the deck gives none, and the waveform's start counts.</summary>
    public double? Dc { get; init; }

    /// <summary>Amplitude in AC analysis, volts or amperes.</summary>
    public double AcMagnitude { get; init; }

    /// <summary>Phase in AC analysis, degrees.</summary>
    public double AcPhaseDegrees { get; init; }

    /// <summary>Course in time, or null for a constant.</summary>
    public Waveform? Waveform { get; init; }

    /// <summary>Value at DC: the DC value, else the waveform's value at time 0, else 0.</summary>
    public double AtDc => Dc ?? Waveform?.At(0, 0, 0) ?? 0;

    /// <summary>A constant.</summary>
    /// <param name="level">Volts or amperes.</param>
    public static implicit operator SourceValue(double level) => FromDouble(level);

    /// <summary>A constant.</summary>
    /// <param name="level">Volts or amperes.</param>
    /// <returns>The value.</returns>
    public static SourceValue FromDouble(double level) => new() { Dc = level };
}
