namespace CircuitSim.Circuit.Engines.Native;

/// <summary>A linear conductance between two nodes.</summary>
internal sealed class ConductanceDevice(NativeCircuitBuilder builder, int plus, int minus, double siemens) : NativeDevice
{
    private readonly TwoNodeStamp _stamp = new(builder, plus, minus);

    /// <inheritdoc/>
    public override void Load(LoadState state) => _stamp.Add(state, siemens * _stamp.Volts(state), siemens);
}
