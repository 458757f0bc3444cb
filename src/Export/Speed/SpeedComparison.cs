namespace CircuitSim.Export.Speed;

/// <summary>Delays and energy of the same transients in another simulator.</summary>
public sealed record SpeedComparison
{
    /// <summary>Simulator and version, for example <c>ngspice-39</c>.</summary>
    public required string Engine { get; init; }

    /// <summary>Longest delay there, seconds.</summary>
    public required double WorstDelaySeconds { get; init; }

    /// <summary>Energy for one sample there, joules.</summary>
    public required double EnergyPerInferenceJoules { get; init; }

    /// <summary>Largest difference of the delay of any sample, percent of the other simulator's.</summary>
    public required double DelayDifferencePercent { get; init; }

    /// <summary>Difference of the energy, percent of the other simulator's.</summary>
    public required double EnergyDifferencePercent { get; init; }

    /// <summary>Largest difference that counts as agreement, percent.</summary>
    public required double LimitPercent { get; init; }

    /// <summary>Whether both differences are within the limit.</summary>
    public required bool Passed { get; init; }
}
