using CircuitSim.Circuit.Errors;
using CircuitSim.Mapping.Devices;

namespace CircuitSim.Mapping.ExSitu;

/// <summary>What each level of a card costs to program and what is read of it: the distributions that a transfer knows.</summary>
public sealed record LevelStatistics
{
    private LevelStatistics(DeviceCard card, ProgrammingOptions programming, IReadOnlyList<ConductanceBin> bins, double[] mean, double[] deviation, double[] pulses)
    {
        Card = card;
        Programming = programming;
        TargetSiemens = [.. bins.Select(b => b.TargetSiemens)];
        (MeanSiemens, DeviationSiemens, ExpectedPulses) = (mean, deviation, pulses);
    }

    /// <summary>The device technology.</summary>
    public DeviceCard Card { get; }

    /// <summary>How devices are programmed and when they are read.</summary>
    public ProgrammingOptions Programming { get; }

    /// <summary>What pulses aim at, siemens, rising.</summary>
    public IReadOnlyList<double> TargetSiemens { get; }

    /// <summary>Mean conductance at the time of the read, siemens.</summary>
    public IReadOnlyList<double> MeanSiemens { get; }

    /// <summary>Standard deviation at the time of the read, siemens.</summary>
    public IReadOnlyList<double> DeviationSiemens { get; }

    /// <summary>Pulses that a device of the level needs on average.</summary>
    public IReadOnlyList<double> ExpectedPulses { get; }

    /// <summary>Takes the statistics from the laws of a card.</summary>
    /// <param name="card">The card.</param>
    /// <param name="programming">Programming and read; its levels, or the card's own, are used.</param>
    /// <returns>The statistics.</returns>
    /// <exception cref="MissingDevicePartException">The options ask for what the card lacks, levels included.</exception>
    /// <exception cref="InvalidDesignException">Options contradict each other, or a level lies outside the window.</exception>
    public static LevelStatistics Of(DeviceCard card, ProgrammingOptions programming)
    {
        ArgumentNullException.ThrowIfNull(card);
        ArgumentNullException.ThrowIfNull(programming);
        ProgrammingOptions rounded = programming with { Rounding = LevelRounding.Nearest };
        ProgrammingRules.Check(card, rounded, [], "levels");
        IReadOnlyList<ConductanceBin> bins = ProgrammingRules.Levels(card, rounded)!.Bins;
        var model = new ArrayProgramming(card, rounded, 0, "level statistics");
        int count = bins.Count;
        double[] mean = new double[count], deviation = new double[count], pulses = new double[count];
        for (int i = 0; i < count; i++) (pulses[i], mean[i], deviation[i]) = model.Expect(bins[i]);
        return new LevelStatistics(card, rounded, bins, mean, deviation, pulses);
    }
}
