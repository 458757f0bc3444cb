using CircuitSim.Circuit.Devices;

namespace CircuitSim.Circuit.Engines.Native;

/// <summary>An EKV-DIBL transistor.</summary>
internal sealed class EkvDevice : NativeDevice
{
    private readonly int[] _terminals;
    private readonly int[] _drainEntries, _sourceEntries;
    private readonly EkvParameters _model;

    public EkvDevice(NativeCircuitBuilder builder, int drain, int gate, int source, int bulk, EkvParameters model)
    {
        _terminals = [drain, gate, source, bulk];
        _model = model;
        _drainEntries = [.. _terminals.Select(t => builder.Entry(drain, t))];
        _sourceEntries = [.. _terminals.Select(t => builder.Entry(source, t))];
    }

    /// <inheritdoc/>
    public override bool IsLinear => false;

    /// <inheritdoc/>
    public override IReadOnlyList<int> Rows => [_terminals[0], _terminals[2]];

    /// <inheritdoc/>
    public override void Load(LoadState state)
    {
        EkvCurrent i = EkvTransistor.Evaluate(_model, state.Of(_terminals[0]), state.Of(_terminals[1]), state.Of(_terminals[2]), state.Of(_terminals[3]));
        state.AddResidual(_terminals[0], i.DrainAmps);
        state.AddResidual(_terminals[2], -i.DrainAmps);
        Add(0, i.PerDrainVolt);
        Add(1, i.PerGateVolt);
        Add(2, i.PerSourceVolt);
        Add(3, i.PerBulkVolt);

        void Add(int terminal, double siemens)
        {
            state.AddJacobian(_drainEntries[terminal], siemens);
            state.AddJacobian(_sourceEntries[terminal], -siemens);
        }
    }
}
