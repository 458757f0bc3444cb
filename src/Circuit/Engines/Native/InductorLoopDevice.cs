namespace CircuitSim.Circuit.Engines.Native;

/// <summary>At DC, keeps flux from circling in a loop of inductors, which is how currents share out when the sources are switched on from nothing.</summary>
/// <remarks>The voltages of the other inductors already make the closing inductor's voltage zero, so that its row is free to say Σ ±L·i = 0.</remarks>
/// <param name="builder">Gives places in the matrix.</param>
/// <param name="closing">Branch of the inductor that closes the loop.</param>
/// <param name="loop">Branches of the loop with their inductances in henries, negative where the loop runs against them.</param>
internal sealed class InductorLoopDevice(NativeCircuitBuilder builder, int closing, (int Branch, double Henries)[] loop) : NativeDevice
{
    private readonly (int Branch, double Ohms, int Entry)[] _terms = Terms(builder, closing, loop);

    /// <inheritdoc/>
    public override bool IsLinear => true;

    /// <inheritdoc/>
    public override IReadOnlyList<int> Rows { get; } = [closing];

    /// <inheritdoc/>
    public override void Load(LoadState state)
    {
        if (state.Mode is LoadMode.Transient or LoadMode.SmallSignal) return;
        foreach ((int branch, double ohms, int entry) in _terms)
        {
            state.AddResidual(closing, ohms * state.Of(branch));
            state.AddJacobian(entry, ohms);
        }
    }

    private static (int Branch, double Ohms, int Entry)[] Terms(NativeCircuitBuilder builder, int closing, (int Branch, double Henries)[] loop)
    {
        // Any factor will do; this one makes the terms of the size of an ohm.
        double sum = loop.Sum(l => Math.Abs(l.Henries));
        return [.. loop.Select(l => (l.Branch, sum > 0 ? l.Henries / sum : 1, builder.Entry(closing, l.Branch)))];
    }
}
