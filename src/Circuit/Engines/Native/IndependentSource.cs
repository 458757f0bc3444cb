using System.Numerics;
using CircuitSim.Circuit.Netlists;

namespace CircuitSim.Circuit.Engines.Native;

/// <summary>The part that independent voltage and current sources share: their level.</summary>
internal abstract class IndependentSource(SourceValue value) : NativeDevice
{
    /// <summary>Level that a DC sweep sets in place of the source's own, or null.</summary>
    public double? SweptLevel { get; set; }

    /// <summary>What the source gives.</summary>
    public SourceValue Value => value;

    /// <summary>Amplitude and phase in small-signal analysis.</summary>
    protected Complex Stimulus => Complex.FromPolarCoordinates(value.AcMagnitude, value.AcPhaseDegrees * Math.PI / 180);

    /// <summary>Level now, volts or amperes.</summary>
    protected double Level(LoadState state)
    {
        double level = SweptLevel ?? (state.FollowsWaveforms && value.Waveform is { } w ? w.At(state.Seconds, state.StepSeconds, state.StopSeconds) : value.AtDc);
        return state.SourceScale * level;
    }
}
