namespace CircuitSim.Circuit.Engines.Native;

/// <summary>A linear conductance between two nodes.</summary>
internal sealed class ConductanceDevice(NativeCircuitBuilder builder, int plus, int minus, double siemens) : NativeDevice
{
    private readonly int _pp = builder.Entry(plus, plus), _pm = builder.Entry(plus, minus);
    private readonly int _mp = builder.Entry(minus, plus), _mm = builder.Entry(minus, minus);

    /// <inheritdoc/>
    public override void Load(LoadState state)
    {
        double current = siemens * (state.Of(plus) - state.Of(minus));
        state.AddResidual(plus, current);
        state.AddResidual(minus, -current);
        state.AddJacobian(_pp, siemens);
        state.AddJacobian(_pm, -siemens);
        state.AddJacobian(_mp, -siemens);
        state.AddJacobian(_mm, siemens);
    }
}
