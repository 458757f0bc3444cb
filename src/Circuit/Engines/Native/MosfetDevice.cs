using CircuitSim.Circuit.Devices;

namespace CircuitSim.Circuit.Engines.Native;

/// <summary>A level 1 MOS transistor between its inner drain and source: channel, bulk junctions, overlap capacitances.</summary>
internal sealed class MosfetDevice : NativeDevice
{
    private readonly MosfetModel _model;
    private readonly double _sign, _beta;
    private readonly int _drain, _gate, _source, _bulk;
    private readonly int[] _drainEntries, _sourceEntries;
    private readonly BulkJunction _drainJunction, _sourceJunction;
    private readonly (TwoNodeStamp Stamp, int Charge, double Farads)[] _overlaps;

    public MosfetDevice(NativeCircuitBuilder builder, int drain, int gate, int source, int bulk, MosfetModel model, MosfetGeometry geometry)
    {
        _model = model;
        _sign = model.IsPChannel ? -1 : 1;
        double length = geometry.LengthMetres - 2 * model.LateralDiffusionMetres;
        _beta = model.TransconductanceAmpsPerSquareVolt * geometry.WidthMetres / length;
        (_drain, _gate, _source, _bulk) = (drain, gate, source, bulk);
        int[] terminals = [drain, gate, source, bulk];
        _drainEntries = [.. terminals.Select(t => builder.Entry(drain, t))];
        _sourceEntries = [.. terminals.Select(t => builder.Entry(source, t))];
        bool usesDensity = model.BulkSaturationAmpsPerSquareMetre > 0 && geometry.DrainSquareMetres > 0 && geometry.SourceSquareMetres > 0;
        _drainJunction = Junction(drain, model.BulkDrainFarads, geometry.DrainSquareMetres, geometry.DrainPerimeterMetres);
        _sourceJunction = Junction(source, model.BulkSourceFarads, geometry.SourceSquareMetres, geometry.SourcePerimeterMetres);
        (int A, int B, double Farads)[] overlaps =
        [
            (gate, source, model.GateSourceFaradsPerMetre * geometry.WidthMetres),
            (gate, drain, model.GateDrainFaradsPerMetre * geometry.WidthMetres),
            (gate, bulk, model.GateBulkFaradsPerMetre * length),
        ];
        _overlaps = [.. overlaps.Where(o => o.Farads > 0).Select(o => (new TwoNodeStamp(builder, o.A, o.B), builder.Charge(), o.Farads))];

        BulkJunction Junction(int node, double? farads, double area, double perimeter) => new(
            builder, bulk, node, model,
            usesDensity ? model.BulkSaturationAmpsPerSquareMetre * area : model.BulkSaturationAmps,
            farads ?? model.JunctionFaradsPerSquareMetre * area,
            model.SidewallFaradsPerMetre * perimeter);
    }

    /// <inheritdoc/>
    public override bool IsLinear => false;

    /// <inheritdoc/>
    public override void Load(LoadState state)
    {
        double drain = state.Of(_drain), gate = state.Of(_gate), source = state.Of(_source), bulk = state.Of(_bulk);
        bool isReversed = _sign * (drain - source) < 0;
        // With drain below source the two change parts; the current turns round.
        double low = isReversed ? drain : source, high = isReversed ? source : drain;
        double amps = MosfetLevel1.Amps(
            _model, _beta, _sign * (gate - low), _sign * (high - low), _sign * (bulk - low), out double perGate, out double perHigh, out double perBulk);
        double turn = isReversed ? -1 : 1;
        double intoDrain = turn * _sign * amps;
        double perLow = -(perGate + perHigh + perBulk);
        state.AddResidual(_drain, intoDrain);
        state.AddResidual(_source, -intoDrain);
        // Two changes of sign, of current and of voltages, cancel for a p-channel device.
        Add(0, turn * (isReversed ? perLow : perHigh));
        Add(1, turn * perGate);
        Add(2, turn * (isReversed ? perHigh : perLow));
        Add(3, turn * perBulk);
        _drainJunction.Load(state, _sign);
        _sourceJunction.Load(state, _sign);
        foreach ((TwoNodeStamp stamp, int charge, double farads) in _overlaps) stamp.AddCharge(state, charge, farads * stamp.Volts(state), farads);

        void Add(int terminal, double siemens)
        {
            state.AddJacobian(_drainEntries[terminal], siemens);
            state.AddJacobian(_sourceEntries[terminal], -siemens);
        }
    }
}
