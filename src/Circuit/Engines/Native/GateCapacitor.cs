namespace CircuitSim.Circuit.Engines.Native;

/// <summary>Capacitance from a gate to another terminal: a constant overlap, and a part that the bias moves.</summary>
/// <remarks>
/// In a transient the moving part takes its mean over the step, as SPICE does: Meyer's capacitances are not derivatives of a charge,
/// so that the charge depends on the way.
/// </remarks>
internal sealed class GateCapacitor
{
    private readonly TwoNodeStamp _stamp;
    private readonly int _charge;
    private readonly double _overlapFarads;
    private readonly int[] _gateEntries, _otherEntries;
    private (double Volts, double Farads, double Coulombs) _now, _last;

    /// <summary>Creates the capacitance.</summary>
    /// <param name="builder">Gives charges and places in the matrix.</param>
    /// <param name="gate">The gate.</param>
    /// <param name="other">The other terminal.</param>
    /// <param name="terminals">The terminals that the moving part depends on.</param>
    /// <param name="overlapFarads">The constant part.</param>
    public GateCapacitor(NativeCircuitBuilder builder, int gate, int other, int[] terminals, double overlapFarads)
    {
        _stamp = new TwoNodeStamp(builder, gate, other, isReactive: true);
        _charge = builder.Charge();
        _overlapFarads = overlapFarads;
        _gateEntries = [.. terminals.Select(t => builder.ReactiveEntry(gate, t))];
        _otherEntries = [.. terminals.Select(t => builder.ReactiveEntry(other, t))];
    }

    /// <summary>Adds the charge at the present capacitance of the moving part.</summary>
    /// <param name="state">The equations.</param>
    /// <param name="farads">The moving part.</param>
    /// <param name="perVolt">Its derivatives to the terminals.</param>
    public void Load(LoadState state, double farads, ReadOnlySpan<double> perVolt)
    {
        double volts = _stamp.Volts(state);
        bool isStep = state.Mode == LoadMode.Transient;
        double mean = isStep ? (farads + _last.Farads) / 2 : farads;
        _now = (volts, farads, isStep ? _last.Coulombs + mean * (volts - _last.Volts) : mean * volts);
        _stamp.AddCharge(state, _charge, _overlapFarads * volts + _now.Coulombs, _overlapFarads + mean);
        if (!isStep) return;
        for (int t = 0; t < _gateEntries.Length; t++)
        {
            double moved = perVolt[t] * (volts - _last.Volts) / 2;
            state.AddReactive(_gateEntries[t], moved);
            state.AddReactive(_otherEntries[t], -moved);
        }
    }

    /// <summary>Makes what was loaded last the begin of the next step.</summary>
    public void Accept() => _last = _now;
}
