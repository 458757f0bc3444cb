namespace CircuitSim.Export.Attribution;

/// <summary>How strongly the class margin follows the devices and wires of one layer.</summary>
public sealed record LayerSensitivity
{
    /// <summary>Layer number from 1.</summary>
    public required int Layer { get; init; }

    /// <summary>Rms over samples of the margin's standard deviation when every device of the layer errs independently by 1 %, millivolts per percent.</summary>
    public required double SpreadMillivoltsPerPercent { get; init; }

    /// <summary>Mean |dM/dR| of all word-line segments changing together, microvolts per ohm.</summary>
    public required double WordLineMicrovoltsPerOhm { get; init; }

    /// <summary>Mean |dM/dR| of all bit-line segments changing together, microvolts per ohm.</summary>
    public required double BitLineMicrovoltsPerOhm { get; init; }

    /// <summary>Mean |dM/dR| of all source resistances changing together, microvolts per ohm.</summary>
    public required double SourceMicrovoltsPerOhm { get; init; }

    /// <summary>Mean |dM/d ln G| of the devices, millivolts per percent.</summary>
    public required ReducedMap Devices { get; init; }
}
