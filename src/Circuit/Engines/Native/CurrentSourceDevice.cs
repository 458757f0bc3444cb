namespace CircuitSim.Circuit.Engines.Native;

/// <summary>An independent current source.</summary>
internal sealed class CurrentSourceDevice(int plus, int minus, double amps) : NativeDevice
{
    /// <inheritdoc/>
    public override void Load(LoadState state)
    {
        double current = state.SourceScale * amps;
        state.AddResidual(plus, current);
        state.AddResidual(minus, -current);
    }
}
