namespace CircuitSim.Circuit.Engines.Native;

/// <summary>A linear capacitor.</summary>
internal sealed class CapacitorDevice(NativeCircuitBuilder builder, int plus, int minus, double farads, double? initialVolts) : NativeDevice
{
    private readonly TwoNodeStamp _stamp = new(builder, plus, minus);
    private readonly int _charge = builder.Charge();

    /// <inheritdoc/>
    public override void Load(LoadState state) => _stamp.AddCharge(state, _charge, farads * _stamp.Volts(state), farads);

    /// <inheritdoc/>
    public override void SetInitialCharges(double[] charges)
    {
        if (initialVolts is { } volts) charges[_charge] = farads * volts;
    }
}
