namespace CircuitSim.Export.Attribution;

/// <summary>A rung of the reverse ladder: the full circuit with one effect switched off and everything else on.</summary>
/// <remarks>Differences are those of the last layer's first inverters, as in the ladder.</remarks>
public sealed record RemovedEffect
{
    /// <summary>The effect that is off.</summary>
    public required CircuitEffect Effect { get; init; }

    /// <summary>Short name, for example <c>− wires</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What is solved, and what goes with the effect.</summary>
    public required string Description { get; init; }

    /// <summary>Accuracy without the effect, percent.</summary>
    public required double AccuracyPercent { get; init; }

    /// <summary>Rms difference of the outputs from the full circuit, millivolts: what the effect does where all others act.</summary>
    public required double RmsChangeMillivolts { get; init; }

    /// <summary>Largest difference of an output from the full circuit, millivolts.</summary>
    public required double WorstChangeMillivolts { get; init; }

    /// <summary>Samples whose class differs from the full circuit's.</summary>
    public required int ChangedClassCount { get; init; }

    /// <summary>Rms change of the same effect in the ladder, where only those before it act, millivolts.</summary>
    public required double LadderRmsMillivolts { get; init; }

    /// <summary>
    /// Rms difference between what the effect changes here and in the ladder, output by output, millivolts: 0 where it acts
    /// independently of the effects that the ladder switches on after it.
    /// </summary>
    public required double InteractionRmsMillivolts { get; init; }
}
