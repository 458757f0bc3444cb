namespace CircuitSim.Export.Runs;

/// <summary>Supply, inverter and wires of the circuit.</summary>
public sealed record CircuitSettings
{
    /// <summary>Supply Vdd, volts, positive; the rails are at plus and minus half of it.</summary>
    public double SupplyVolts { get; init; } = 0.5;

    /// <summary>Name of a shipped inverter, or path of an inverter file (.json) that <c>circuitsim characterize</c> wrote.</summary>
    public string Inverter { get; init; } = "ekv-phax90";

    /// <summary>Wire between neighbouring cross-points, of word lines and bit lines, ohms, at least 0.</summary>
    public double SegmentOhms { get; init; } = 1.0;

    /// <summary>Resistance between each source or inverter output and its word line, ohms, at least 0.</summary>
    public double SourceOhms { get; init; }
}
