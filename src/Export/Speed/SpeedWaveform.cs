namespace CircuitSim.Export.Speed;

/// <summary>Outputs of the last layer around one transition.</summary>
public sealed record SpeedWaveform
{
    /// <summary>Sample that the circuit goes to, index from 0 within the held-out samples.</summary>
    public required int Sample { get; init; }

    /// <summary>Times from the begin of the sample, seconds, rising.</summary>
    public required IReadOnlyList<double> TimesSeconds { get; init; }

    /// <summary>Names of the outputs.</summary>
    public required IReadOnlyList<string> NodeNames { get; init; }

    /// <summary>Volts, one list for each name and in it one value for each time.</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Volts { get; init; }
}
