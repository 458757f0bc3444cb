using CircuitSim.Circuit.Devices;

namespace CircuitSim.Circuit.Engines.Native;

/// <summary>A junction diode; its series resistance, if any, is a conductance of its own before an internal node.</summary>
internal sealed class DiodeDevice(NativeCircuitBuilder builder, int anode, int cathode, JunctionDiode junction) : NativeDevice
{
    private readonly TwoNodeStamp _stamp = new(builder, anode, cathode);
    private readonly int _charge = builder.Charge();

    /// <inheritdoc/>
    public override bool IsLinear => false;

    /// <inheritdoc/>
    public override void Load(LoadState state)
    {
        double volts = _stamp.Volts(state);
        double amps = junction.Amps(volts, out double siemens);
        double charge = junction.Coulombs(volts, amps, siemens, out double farads);
        _stamp.Add(state, amps + state.JunctionSiemens * volts, siemens + state.JunctionSiemens);
        _stamp.AddCharge(state, _charge, charge, farads);
    }
}
