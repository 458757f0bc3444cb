using CircuitSim.Circuit.Devices;

namespace CircuitSim.Circuit.Engines.Native;

/// <summary>A memristor in a fixed state.</summary>
internal sealed class MemristorDevice(NativeCircuitBuilder builder, int plus, int minus, MemristorLaw law) : NativeDevice
{
    private readonly TwoNodeStamp _stamp = new(builder, plus, minus);

    /// <inheritdoc/>
    public override bool IsLinear => false;

    /// <inheritdoc/>
    public override IReadOnlyList<int> Rows { get; } = [plus, minus];

    /// <inheritdoc/>
    public override void Load(LoadState state)
    {
        double amps = law.Amps(_stamp.Volts(state), out double siemens);
        _stamp.Add(state, amps, siemens);
    }
}
