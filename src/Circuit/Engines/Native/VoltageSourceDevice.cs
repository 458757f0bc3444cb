namespace CircuitSim.Circuit.Engines.Native;

/// <summary>An independent voltage source; its current is an unknown of its own.</summary>
internal sealed class VoltageSourceDevice(NativeCircuitBuilder builder, int plus, int minus, int branch, double volts) : NativeDevice
{
    private readonly BranchStamp _branch = new(builder, plus, minus, branch);

    /// <inheritdoc/>
    public override void Load(LoadState state) => _branch.Load(state, state.SourceScale * volts);
}
