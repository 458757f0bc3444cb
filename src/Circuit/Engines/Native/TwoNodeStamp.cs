namespace CircuitSim.Circuit.Engines.Native;

/// <summary>The four entries of a current that depends on the voltage between the two nodes it flows between.</summary>
internal sealed class TwoNodeStamp(NativeCircuitBuilder builder, int plus, int minus)
{
    private readonly int _pp = builder.Entry(plus, plus), _pm = builder.Entry(plus, minus);
    private readonly int _mp = builder.Entry(minus, plus), _mm = builder.Entry(minus, minus);

    /// <summary>Voltage between the nodes.</summary>
    public double Volts(LoadState state) => state.Of(plus) - state.Of(minus);

    /// <summary>Adds a current from plus to minus and its conductance.</summary>
    public void Add(LoadState state, double amps, double siemens)
    {
        state.AddResidual(plus, amps);
        state.AddResidual(minus, -amps);
        state.AddJacobian(_pp, siemens);
        state.AddJacobian(_pm, -siemens);
        state.AddJacobian(_mp, -siemens);
        state.AddJacobian(_mm, siemens);
    }

    /// <summary>Adds the rate of a charge between the nodes and its capacitance.</summary>
    public void AddCharge(LoadState state, int charge, double coulombs, double farads)
    {
        double amps = state.Rate(charge, coulombs);
        state.AddResidual(plus, amps);
        state.AddResidual(minus, -amps);
        state.AddReactive(_pp, farads);
        state.AddReactive(_pm, -farads);
        state.AddReactive(_mp, -farads);
        state.AddReactive(_mm, farads);
    }
}
