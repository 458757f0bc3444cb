namespace CircuitSim.Circuit.Engines.Native;

/// <summary>A current proportional to a difference of two unknowns: a voltage (G), or a branch current (F).</summary>
internal sealed class ControlledCurrentDevice(
    NativeCircuitBuilder builder, int plus, int minus, int controlPlus, int controlMinus, double gain) : NativeDevice
{
    private readonly int _pp = builder.Entry(plus, controlPlus), _pm = builder.Entry(plus, controlMinus);
    private readonly int _mp = builder.Entry(minus, controlPlus), _mm = builder.Entry(minus, controlMinus);

    /// <inheritdoc/>
    public override void Load(LoadState state)
    {
        double amps = gain * (state.Of(controlPlus) - state.Of(controlMinus));
        state.AddResidual(plus, amps);
        state.AddResidual(minus, -amps);
        state.AddJacobian(_pp, gain);
        state.AddJacobian(_pm, -gain);
        state.AddJacobian(_mp, -gain);
        state.AddJacobian(_mm, gain);
    }
}
