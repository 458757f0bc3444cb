namespace CircuitSim.Circuit.Engines.Native;

/// <summary>A voltage proportional to a difference of two unknowns: a voltage (E), or a branch current (H).</summary>
internal sealed class ControlledVoltageDevice(
    NativeCircuitBuilder builder, int plus, int minus, int branch, int controlPlus, int controlMinus, double gain) : NativeDevice
{
    private readonly BranchStamp _branch = new(builder, plus, minus, branch);
    private readonly int _plusEntry = builder.Entry(branch, controlPlus), _minusEntry = builder.Entry(branch, controlMinus);

    /// <inheritdoc/>
    public override void Load(LoadState state)
    {
        _branch.Load(state, gain * (state.Of(controlPlus) - state.Of(controlMinus)));
        state.AddJacobian(_plusEntry, -gain);
        state.AddJacobian(_minusEntry, gain);
    }
}
