using CircuitSim.Circuit.Devices;

namespace CircuitSim.Circuit.Engines.Native;

/// <summary>A level 1 MOS transistor between its inner drain and source: channel, bulk junctions, gate capacitances.</summary>
internal sealed class MosfetDevice : NativeDevice
{
    private readonly MosfetModel _model;
    private readonly double _sign;
    private readonly MosfetLevel1 _channel;
    private readonly int _drain, _gate, _source, _bulk;
    private readonly int[] _drainEntries, _sourceEntries;
    private readonly BulkJunction? _drainJunction, _sourceJunction;
    private readonly int[] _rows;
    private readonly GateCapacitor? _gateSource, _gateDrain, _gateBulk;
    private readonly double _oxideFarads;

    public MosfetDevice(NativeCircuitBuilder builder, int drain, int gate, int source, int bulk, MosfetModel model, MosfetGeometry geometry)
    {
        _model = model;
        _sign = model.IsPChannel ? -1 : 1;
        double length = geometry.LengthMetres - 2 * model.LateralDiffusionMetres;
        _channel = new MosfetLevel1(model, model.TransconductanceAmpsPerSquareVolt * geometry.WidthMetres / length);
        (_drain, _gate, _source, _bulk) = (drain, gate, source, bulk);
        int[] terminals = [drain, gate, source, bulk];
        _rows = terminals;
        _drainEntries = [.. terminals.Select(t => builder.Entry(drain, t))];
        _sourceEntries = [.. terminals.Select(t => builder.Entry(source, t))];
        bool usesDensity = model.BulkSaturationAmpsPerSquareMetre > 0 && geometry.DrainSquareMetres > 0 && geometry.SourceSquareMetres > 0;
        _drainJunction = Junction(drain, model.BulkDrainFarads, geometry.DrainSquareMetres, geometry.DrainPerimeterMetres);
        _sourceJunction = Junction(source, model.BulkSourceFarads, geometry.SourceSquareMetres, geometry.SourcePerimeterMetres);
        _oxideFarads = model.OxideFaradsPerSquareMetre * geometry.WidthMetres * length;
        _gateSource = Capacitor(source, model.GateSourceFaradsPerMetre * geometry.WidthMetres);
        _gateDrain = Capacitor(drain, model.GateDrainFaradsPerMetre * geometry.WidthMetres);
        _gateBulk = Capacitor(bulk, model.GateBulkFaradsPerMetre * length);

        GateCapacitor? Capacitor(int other, double overlap) => overlap > 0 || _oxideFarads > 0 ? new GateCapacitor(builder, gate, other, _oxideFarads > 0 ? terminals : [], overlap) : null;

        // A junction whose two sides are one node carries nothing.
        BulkJunction? Junction(int node, double? farads, double area, double perimeter) => node == bulk ? null : new BulkJunction(
            builder, bulk, node, model,
            usesDensity ? model.BulkSaturationAmpsPerSquareMetre * area : model.BulkSaturationAmps,
            farads ?? model.JunctionFaradsPerSquareMetre * area,
            model.SidewallFaradsPerMetre * perimeter);
    }

    /// <inheritdoc/>
    public override bool IsLinear => false;

    /// <inheritdoc/>
    public override IReadOnlyList<int> Rows => _rows;

    /// <inheritdoc/>
    public override void Load(LoadState state)
    {
        double drain = state.Of(_drain), gate = state.Of(_gate), source = state.Of(_source), bulk = state.Of(_bulk);
        bool isReversed = _sign * (drain - source) < 0;
        // With drain below source the two change parts; the current turns round.
        double low = isReversed ? drain : source, high = isReversed ? source : drain;
        double spread = _sign * (high - low);
        MosfetChannel channel = _channel.Evaluate(_sign * (gate - low), spread, _sign * (bulk - low));
        double turn = isReversed ? -1 : 1;
        double intoDrain = turn * _sign * channel.Amps;
        double perLow = -(channel.PerGate + channel.PerDrain + channel.PerBulk);
        state.AddResidual(_drain, intoDrain);
        state.AddResidual(_source, -intoDrain);
        // Two changes of sign, of current and of voltages, cancel for a p-channel device.
        Add(state, 0, turn * (isReversed ? perLow : channel.PerDrain));
        Add(state, 1, turn * channel.PerGate);
        Add(state, 2, turn * (isReversed ? channel.PerDrain : perLow));
        Add(state, 3, turn * channel.PerBulk);
        _drainJunction?.Load(state, _sign);
        _sourceJunction?.Load(state, _sign);
        if (!state.HasCharges || _gateSource is null && _gateDrain is null && _gateBulk is null) return;
        LoadGate(state, channel, spread, isReversed);
    }

    /// <inheritdoc/>
    public override void Accept()
    {
        _gateSource?.Accept();
        _gateDrain?.Accept();
        _gateBulk?.Accept();
    }

    private void LoadGate(LoadState state, in MosfetChannel channel, double spread, bool isReversed)
    {
        (MeyerCapacitance toLow, MeyerCapacitance toHigh, MeyerCapacitance toBulk) =
            MeyerCapacitance.Evaluate(_oxideFarads, channel.Over, spread, _model.SurfacePotentialVolts);
        double overPerBulk = channel.OverPerBulk;
        Load(_gateSource, isReversed ? toHigh : toLow);
        Load(_gateDrain, isReversed ? toLow : toHigh);
        Load(_gateBulk, toBulk);

        void Load(GateCapacitor? capacitor, MeyerCapacitance c)
        {
            double toGate = _sign * c.PerOver, toSpread = _sign * c.PerDrain, toWell = toGate * overPerBulk, rest = -(toGate + toSpread + toWell);
            capacitor?.Load(state, c.Farads, isReversed ? [rest, toGate, toSpread, toWell] : [toSpread, toGate, rest, toWell]);
        }
    }

    private void Add(LoadState state, int terminal, double siemens)
    {
        state.AddJacobian(_drainEntries[terminal], siemens);
        state.AddJacobian(_sourceEntries[terminal], -siemens);
    }
}
