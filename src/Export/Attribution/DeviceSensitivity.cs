namespace CircuitSim.Export.Attribution;

/// <summary>How strongly the class margin follows one device.</summary>
public sealed record DeviceSensitivity
{
    /// <summary>Name as in decks, for example <c>rl1_12_34</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Layer number from 1.</summary>
    public required int Layer { get; init; }

    /// <summary>Conductance, microsiemens.</summary>
    public required double Microsiemens { get; init; }

    /// <summary>Mean over samples of |dM/d ln G|, millivolts per percent of the device's conductance.</summary>
    public required double MillivoltsPerPercent { get; init; }

    /// <summary>Mean over samples of dM/d ln G with its sign, millivolts per percent: positive where more conductance widens the margin.</summary>
    public required double SignedMillivoltsPerPercent { get; init; }
}
