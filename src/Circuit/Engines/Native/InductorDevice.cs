namespace CircuitSim.Circuit.Engines.Native;

/// <summary>A linear inductor; its current is an unknown, its flux takes the part of a charge.</summary>
internal sealed class InductorDevice(NativeCircuitBuilder builder, int plus, int minus, int branch, double henries, double? initialAmps) : NativeDevice
{
    private readonly BranchStamp _branch = new(builder, plus, minus, branch);
    private readonly int _entry = builder.Entry(branch, branch);
    private readonly int _flux = builder.Charge();

    /// <inheritdoc/>
    public override void Load(LoadState state)
    {
        _branch.Load(state, state.Rate(_flux, henries * state.Of(branch)));
        state.AddReactive(_entry, -henries);
    }

    /// <inheritdoc/>
    public override void SetInitialCharges(double[] charges)
    {
        if (initialAmps is { } amps) charges[_flux] = henries * amps;
    }
}
