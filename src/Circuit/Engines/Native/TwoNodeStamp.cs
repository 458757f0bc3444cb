namespace CircuitSim.Circuit.Engines.Native;

/// <summary>The four entries of a current that depends on the voltage between the two nodes it flows between.</summary>
/// <param name="builder">Gives places in the matrix.</param>
/// <param name="plus">Node that the current leaves.</param>
/// <param name="minus">Node that it flows to.</param>
/// <param name="isReactive">True when only rates of charges flow.</param>
internal sealed class TwoNodeStamp(NativeCircuitBuilder builder, int plus, int minus, bool isReactive = false)
{
    private readonly int _pp = Entry(builder, plus, plus, isReactive), _pm = Entry(builder, plus, minus, isReactive);
    private readonly int _mp = Entry(builder, minus, plus, isReactive), _mm = Entry(builder, minus, minus, isReactive);

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
        state.AddChargeSize(plus, coulombs);
        state.AddChargeSize(minus, coulombs);
        state.AddReactive(_pp, farads);
        state.AddReactive(_pm, -farads);
        state.AddReactive(_mp, -farads);
        state.AddReactive(_mm, farads);
    }

    private static int Entry(NativeCircuitBuilder builder, int row, int column, bool isReactive) =>
        isReactive ? builder.ReactiveEntry(row, column) : builder.Entry(row, column);
}
