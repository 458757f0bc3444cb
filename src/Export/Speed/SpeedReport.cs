namespace CircuitSim.Export.Speed;

/// <summary>How fast a network of inverters answers and what an answer costs, from a transient of its circuit with capacitances.</summary>
/// <remarks>
/// Measured as PHAX measured it (nn2spice_analog.m): samples follow each other on the input sources. In a first transient each is held
/// for <see cref="HoldSeconds"/>, and the delay of an output is the time from the begin of its sample to the last moment at which it is
/// farther than 10 % from its final value. In a second one each is held for 1.05 times the longest delay, and its energy is the integral
/// of the power of all sources over the samples, divided by their number. Samples go round: the circuit begins settled on the last one, so
/// that each sample has a transition and charge that is stored is given back.
/// </remarks>
public sealed record SpeedReport
{
    /// <summary>Engine of these numbers, for example <c>native</c>.</summary>
    public required string Engine { get; init; }

    /// <summary>Capacitances in the circuit.</summary>
    public required SpeedCapacitances Capacitances { get; init; }

    /// <summary>Time for which a sample is held when delays are measured, seconds.</summary>
    public required double HoldSeconds { get; init; }

    /// <summary>Time in which inputs go from one sample to the next, seconds.</summary>
    public required double EdgeSeconds { get; init; }

    /// <summary>One entry for each sample, in the order in which they are applied.</summary>
    public required IReadOnlyList<SpeedTransition> Transitions { get; init; }

    /// <summary>Longest delay of any output and sample, seconds.</summary>
    public required double WorstDelaySeconds { get; init; }

    /// <summary>Mean over the samples of the delay of their slowest output, seconds.</summary>
    public required double MeanDelaySeconds { get; init; }

    /// <summary>Time for which a sample is held when energy is measured: 1.05 times the longest delay, seconds.</summary>
    public required double PeriodSeconds { get; init; }

    /// <summary>Energy that all sources deliver for one sample, joules.</summary>
    public required double EnergyPerInferenceJoules { get; init; }

    /// <summary>Its part from the two rails, joules: inverters and bias pairs.</summary>
    public required double RailEnergyJoules { get; init; }

    /// <summary>Its part from the input sources, joules.</summary>
    public required double InputEnergyJoules { get; init; }

    /// <summary>Mean power while samples follow each other without pause, watts.</summary>
    public required double MeanPowerWatts { get; init; }

    /// <summary>Mean power of the same samples at rest, watts; what is above it goes into charging.</summary>
    public required double StaticPowerWatts { get; init; }

    /// <summary>Outputs around the slowest transition, for a figure.</summary>
    public required SpeedWaveform Waveform { get; init; }

    /// <summary>The same transients in ngspice, or null when it was not asked for or is not there.</summary>
    public required SpeedComparison? Comparison { get; init; }
}
