namespace CircuitSim.Export.Attribution;

/// <summary>Which devices, lines and neurons decide: exact derivatives of the class margin, by the adjoint of the circuit.</summary>
/// <remarks>
/// The margin M of a sample is the highest less the second highest output (first inverters of the last layer), volts. Sensitivities are means of
/// |dM/dx| over samples, unless they say otherwise.
/// </remarks>
public sealed record SensitivityReport
{
    /// <summary>Samples differentiated: the first of those checked.</summary>
    public required int SampleCount { get; init; }

    /// <summary>Mean margin, millivolts.</summary>
    public required double MeanMarginMillivolts { get; init; }

    /// <summary>Smallest margin, millivolts.</summary>
    public required double SmallestMarginMillivolts { get; init; }

    /// <summary>Sample of the smallest margin, index from 0 within the checked samples.</summary>
    public required int SmallestMarginSample { get; init; }

    /// <summary>Rms over samples of the margin's standard deviation when every device errs independently by 1 % of itself, first order, millivolts per percent.</summary>
    public required double SpreadMillivoltsPerPercent { get; init; }

    /// <summary>Devices that matter most, largest first.</summary>
    public required IReadOnlyList<DeviceSensitivity> Devices { get; init; }

    /// <summary>Lines whose wires matter most, largest first.</summary>
    public required IReadOnlyList<LineSensitivity> Lines { get; init; }

    /// <summary>Neurons whose gate matters most, largest first.</summary>
    public required IReadOnlyList<NeuronSensitivity> Neurons { get; init; }

    /// <summary>Sums and maps, one entry a layer.</summary>
    public required IReadOnlyList<LayerSensitivity> Layers { get; init; }
}
