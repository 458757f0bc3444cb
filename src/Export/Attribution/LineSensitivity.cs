namespace CircuitSim.Export.Attribution;

/// <summary>How strongly the class margin follows the wire of one line.</summary>
public sealed record LineSensitivity
{
    /// <summary>Name, for example <c>l1_w12</c> for a word line and <c>l1_b34</c> for a bit line.</summary>
    public required string Name { get; init; }

    /// <summary>Layer number from 1.</summary>
    public required int Layer { get; init; }

    /// <summary>True for a word line, false for a bit line.</summary>
    public required bool IsWordLine { get; init; }

    /// <summary>Mean over samples of |dM/dR|, R the resistance of each of the line's segments, all changing together, microvolts per ohm.</summary>
    public required double MicrovoltsPerOhm { get; init; }

    /// <summary>The same times the segment resistance of the circuit: first-order effect of the line's wire, microvolts; 0 for ideal wires.</summary>
    public required double WireMicrovolts { get; init; }
}
