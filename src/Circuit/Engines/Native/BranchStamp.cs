namespace CircuitSim.Circuit.Engines.Native;

/// <summary>The part that all voltage-defined elements share: V(plus) − V(minus) = voltage, with the branch current as an unknown.</summary>
internal sealed class BranchStamp(NativeCircuitBuilder builder, int plus, int minus, int branch)
{
    private readonly int _plusCurrent = builder.Entry(plus, branch), _minusCurrent = builder.Entry(minus, branch);
    private readonly int _plusVoltage = builder.Entry(branch, plus), _minusVoltage = builder.Entry(branch, minus);

    /// <summary>Adds the branch current to its nodes and the branch equation for a given voltage.</summary>
    public void Load(LoadState state, double volts)
    {
        double current = state.Of(branch);
        state.AddResidual(plus, current);
        state.AddResidual(minus, -current);
        state.AddResidual(branch, state.Of(plus) - state.Of(minus) - volts);
        state.AddJacobian(_plusCurrent, 1);
        state.AddJacobian(_minusCurrent, -1);
        state.AddJacobian(_plusVoltage, 1);
        state.AddJacobian(_minusVoltage, -1);
    }
}
