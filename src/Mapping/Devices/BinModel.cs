namespace CircuitSim.Mapping.Devices;

/// <summary>What a bin costs and how far its reads spread, for one card and one reading.</summary>
internal sealed class BinModel
{
    private readonly DeviceCard _card;
    private readonly ProgrammingError _error;
    private readonly ResetStateProgrammingError? _reset;
    private readonly LevelPlacementOptions _options;
    private readonly double _deviations;
    private readonly double _noiseSeconds;

    internal BinModel(DeviceCard card, LevelPlacementOptions options)
    {
        _card = card;
        _error = card.ProgrammingError!;
        _reset = _error as ResetStateProgrammingError;
        _options = options;
        _deviations = -NormalLaw.Quantile(options.MisreadBound);
        _noiseSeconds = options.ReadSeconds ?? card.Drift?.FirstSeconds ?? 0;
        Low = _reset?.LowestSetSiemens ?? card.MinimumSiemens;
        High = card.MaximumSiemens;
    }

    /// <summary>Lowest edge of a bin that is not the RESET state's, siemens.</summary>
    internal double Low { get; }

    /// <summary>Highest edge of a bin, siemens.</summary>
    internal double High { get; }

    /// <summary>A bin between two edges, aimed at its middle.</summary>
    internal PlacedBin Bin(double low, double high) => Bin(low, high, 0.5 * (low + high));

    /// <summary>The RESET state, accepted up to an edge.</summary>
    internal PlacedBin ResetBin(double high) => Bin(0, high, _reset!.ResetSiemens);

    private PlacedBin Bin(double low, double high, double target)
    {
        double p = _error.Inside(target, low, high).Probability;
        (double lowMean, double lowDeviation) = AtRead(target, low);
        (double highMean, double highDeviation) = AtRead(target, high);
        return new PlacedBin(
            low, high, target, p > 0 ? 1 / p : double.PositiveInfinity, lowMean - _deviations * lowDeviation, highMean + _deviations * highDeviation);
    }

    private (double Mean, double Deviation) AtRead(double target, double programmed)
    {
        double mean = programmed, variance = 0;
        if (_options.ReadSeconds is double seconds) (mean, variance) = _card.Drift!.After(target, programmed, 0, seconds);
        if (_options.IncludeReadNoise)
        {
            double noise = _card.ReadNoise!.StandardDeviationSiemens(programmed, mean, _noiseSeconds);
            variance += noise * noise;
        }

        return (mean, Math.Sqrt(variance));
    }
}
