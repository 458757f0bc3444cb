using CircuitSim.Circuit.Devices;

namespace CircuitSim.Circuit.Engines.Native;

/// <summary>The diode between a transistor's bulk and its drain or source.</summary>
internal sealed class BulkJunction(
    NativeCircuitBuilder builder, int bulk, int node, MosfetModel model, double saturationAmps, double bottomFarads, double sidewallFarads)
{
    private readonly TwoNodeStamp _stamp = new(builder, bulk, node);
    private readonly int _charge = builder.Charge();
    private readonly JunctionLimit _limit = new(saturationAmps, PhysicalConstants.ThermalVolts);

    /// <summary>Adds current and charge.</summary>
    /// <param name="state">The equations.</param>
    /// <param name="sign">−1 for a p-channel transistor, whose junctions point the other way.</param>
    public void Load(LoadState state, double sign)
    {
        const double Thermal = PhysicalConstants.ThermalVolts;
        double volts = sign * _stamp.Volts(state), gmin = state.JunctionSiemens;
        double amps, siemens;
        if (volts <= -3 * Thermal)
        {
            siemens = gmin;
            amps = gmin * volts - saturationAmps;
        }
        else
        {
            double at = state.IsLimited ? _limit.Apply(state, volts) : volts, e = Math.Exp(at / Thermal);
            siemens = saturationAmps * e / Thermal;
            amps = saturationAmps * (e - 1) + siemens * (volts - at) + gmin * volts;
            siemens += gmin;
        }

        _stamp.Add(state, sign * amps, siemens);
        if (!state.HasCharges || bottomFarads + sidewallFarads == 0) return;
        double charge = JunctionCharge.Coulombs(volts, bottomFarads, model.JunctionVolts, model.BottomGradingCoefficient, model.ForwardFraction, out double bottom)
            + JunctionCharge.Coulombs(volts, sidewallFarads, model.JunctionVolts, model.SidewallGradingCoefficient, model.ForwardFraction, out double sidewall);
        _stamp.AddCharge(state, _charge, sign * charge, bottom + sidewall);
    }
}
