using CircuitSim.Circuit.Devices;

namespace CircuitSim.Circuit.Engines.Native;

/// <summary>A junction diode; its series resistance, if any, is a conductance of its own before an internal node.</summary>
internal sealed class DiodeDevice(NativeCircuitBuilder builder, int anode, int cathode, JunctionDiode junction) : NativeDevice
{
    private readonly TwoNodeStamp _stamp = new(builder, anode, cathode);
    private readonly int _charge = builder.Charge();
    private readonly JunctionLimit _limit = new(junction.SaturationAmps, junction.ThermalVolts);

    /// <inheritdoc/>
    public override bool IsLinear => false;

    /// <inheritdoc/>
    public override IReadOnlyList<int> Rows { get; } = [anode, cathode];

    /// <inheritdoc/>
    public override void Load(LoadState state)
    {
        double volts = _stamp.Volts(state);
        double at = state.IsLimited ? _limit.Apply(state, volts) : volts;
        double amps = junction.Amps(at, out double siemens);
        amps += siemens * (volts - at);
        _stamp.Add(state, amps + state.JunctionSiemens * volts, siemens + state.JunctionSiemens);
        if (!state.HasCharges || !junction.HasCharge) return;
        double charge = junction.Coulombs(volts, amps, siemens, out double farads);
        _stamp.AddCharge(state, _charge, charge, farads);
    }
}
