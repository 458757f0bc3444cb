namespace CircuitSim.Mapping.Devices.Fitting;

/// <summary>Statistics of the reads of one level at one time.</summary>
/// <param name="Name">Level or target, as the table names it.</param>
/// <param name="TargetSiemens">What the card calls its target, siemens: the target, or the median of the level's first reads.</param>
/// <param name="Seconds">Time after programming, seconds, or 0 without times.</param>
/// <param name="Count">Reads.</param>
/// <param name="MeanSiemens">Mean, siemens.</param>
/// <param name="StandardDeviationSiemens">Standard deviation of the sample, siemens.</param>
/// <param name="MedianSiemens">Median, siemens.</param>
/// <param name="LowSiemens">5 % quantile, siemens.</param>
/// <param name="HighSiemens">95 % quantile, siemens.</param>
/// <param name="BeyondNextLevel">Share of the reads beyond the middle between this median and the next level's; 0 for the highest level.</param>
public sealed record FittedLevel(
    string Name, double TargetSiemens, double Seconds, int Count, double MeanSiemens, double StandardDeviationSiemens,
    double MedianSiemens, double LowSiemens, double HighSiemens, double BeyondNextLevel);
