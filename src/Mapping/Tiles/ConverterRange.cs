namespace CircuitSim.Mapping.Tiles;

/// <summary>Which partial sums the codes of an ADC span.</summary>
public enum ConverterRange
{
    /// <summary>Every sum that an array could give: all inputs and all weights of one sign at their maximum.</summary>
    FullScale,

    /// <summary>The largest sum that the array gave for calibration samples; larger ones are clipped and counted.</summary>
    Calibrated,

    /// <summary>The share of the calibrated range that training found best for the array; larger sums are clipped and counted.</summary>
    Learnt,
}
