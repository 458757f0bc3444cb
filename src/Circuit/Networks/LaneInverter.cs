using System.Runtime.CompilerServices;
using CircuitSim.Circuit.Devices;
using CircuitSim.Circuit.Linear;

namespace CircuitSim.Circuit.Networks;

/// <summary>Eight inverters at a time: the equations of <see cref="EkvTransistor"/> with source and bulk on a rail, or a table's surface.</summary>
/// <typeparam name="TLanes">Vector unit.</typeparam>
internal readonly unsafe struct LaneInverter<TLanes>
    where TLanes : struct, IDoubleLanes<TLanes>
{
    private const int Lanes = 8;

    private readonly InverterModel? _model;
    private readonly double _supplyVolts;
    private readonly Transistor _n, _p;
    private readonly double _rail;

    internal LaneInverter(InverterModel inverter, double supplyVolts)
    {
        _supplyVolts = supplyVolts;
        if (inverter is EkvInverter ekv) (_n, _p) = (new Transistor(ekv.NChannel), new Transistor(ekv.PChannel));
        else _model = inverter;
        _rail = supplyVolts / 2;
    }

    /// <summary>Current that each inverter delivers, and its derivatives.</summary>
    /// <param name="input">Gate voltages, volts.</param>
    /// <param name="output">Output voltages, volts.</param>
    /// <param name="perInput">Receives derivatives to the input, siemens.</param>
    /// <param name="perOutput">Receives derivatives to the output, siemens.</param>
    /// <returns>Amperes.</returns>
    // Not inlined: a method that holds several copies has more variables than the JIT keeps in registers.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    internal TLanes Current(TLanes input, TLanes output, out TLanes perInput, out TLanes perOutput)
    {
        if (_model is not null) return CurrentOfModel(input, output, out perInput, out perOutput);

        TLanes rail = TLanes.Broadcast(_rail);
        TLanes sink = _n.Current(TLanes.Add(input, rail), TLanes.Add(output, rail), out TLanes nGate, out TLanes nDrain);
        TLanes source = _p.Current(TLanes.Subtract(rail, input), TLanes.Subtract(rail, output), out TLanes pGate, out TLanes pDrain);
        perInput = TLanes.Subtract(TLanes.Zero, TLanes.Add(nGate, pGate));
        perOutput = TLanes.Subtract(TLanes.Zero, TLanes.Add(nDrain, pDrain));
        return TLanes.Subtract(source, sink);
    }

    private TLanes CurrentOfModel(TLanes input, TLanes output, out TLanes perInput, out TLanes perOutput)
    {
        double* place = stackalloc double[5 * Lanes];
        TLanes.StoreAnywhere(place, input);
        TLanes.StoreAnywhere(place + Lanes, output);
        for (int lane = 0; lane < Lanes; lane++)
        {
            InverterCurrent current = _model!.OutputCurrent(place[lane], place[Lanes + lane], _supplyVolts);
            (place[2 * Lanes + lane], place[3 * Lanes + lane], place[4 * Lanes + lane]) = (current.Amps, current.PerInputVolt, current.PerOutputVolt);
        }

        perInput = TLanes.LoadAnywhere(place + 3 * Lanes);
        perOutput = TLanes.LoadAnywhere(place + 4 * Lanes);
        return TLanes.LoadAnywhere(place + 2 * Lanes);
    }

    private readonly struct Transistor
    {
        // Numbers, not vectors, so that an inverter a neuron fits the cache; they are broadcast where they are used.
        private readonly double _threshold, _lowering, _perSlope, _perTwoThermal, _specific, _specificPerThermal;

        internal Transistor(EkvParameters model)
        {
            _threshold = model.ThresholdVolts;
            _lowering = model.BarrierLowering;
            _perSlope = 1 / model.SlopeFactor;
            _perTwoThermal = 1 / (2 * model.ThermalVolts);
            _specific = model.SpecificCurrentAmps;
            _specificPerThermal = model.SpecificCurrentAmps / model.ThermalVolts;
        }

        // Gate and drain relative to the bulk, with the sign of an n-channel device.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal TLanes Current(TLanes gate, TLanes drain, out TLanes perGate, out TLanes perDrain)
        {
            TLanes lowering = TLanes.Broadcast(_lowering), perSlope = TLanes.Broadcast(_perSlope), perTwoThermal = TLanes.Broadcast(_perTwoThermal);
            TLanes pinchOff = TLanes.Multiply(TLanes.MultiplyAdd(lowering, drain, TLanes.Subtract(gate, TLanes.Broadcast(_threshold))), perSlope);
            TLanes forward = SoftPlus(TLanes.Multiply(pinchOff, perTwoThermal), out TLanes forwardSlope);
            TLanes reverse = SoftPlus(TLanes.Multiply(TLanes.Subtract(pinchOff, drain), perTwoThermal), out TLanes reverseSlope);
            TLanes specificPerThermal = TLanes.Broadcast(_specificPerThermal);
            TLanes forwardConductance = TLanes.Multiply(specificPerThermal, TLanes.Multiply(forward, forwardSlope));
            TLanes reverseConductance = TLanes.Multiply(specificPerThermal, TLanes.Multiply(reverse, reverseSlope));
            perGate = TLanes.Multiply(TLanes.Subtract(forwardConductance, reverseConductance), perSlope);
            perDrain = TLanes.MultiplyAdd(perGate, lowering, reverseConductance);
            return TLanes.Multiply(TLanes.Broadcast(_specific), TLanes.Multiply(TLanes.Subtract(forward, reverse), TLanes.Add(forward, reverse)));
        }

        // ln(1 + eˣ) and its slope 1/(1 + e⁻ˣ), with one division. With y = e^−|x| and s = y/(2 + y), ln(1 + y) = 2·atanh(s),
        // which keeps the digits of a small y.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static TLanes SoftPlus(TLanes x, out TLanes slope)
        {
            TLanes one = TLanes.Broadcast(1);
            TLanes y = TLanes.ExpOfNotPositive(TLanes.Subtract(TLanes.Zero, TLanes.Magnitude(x)));
            TLanes onePlus = TLanes.Add(one, y), twoPlus = TLanes.Add(one, onePlus);
            TLanes inverse = TLanes.Divide(one, TLanes.Multiply(onePlus, twoPlus));
            TLanes s = TLanes.Multiply(y, TLanes.Multiply(onePlus, inverse)), share = TLanes.Multiply(twoPlus, inverse);
            slope = TLanes.WhereNotNegative(x, share, TLanes.Multiply(y, share));
            TLanes twice = TLanes.Add(s, s);
            return TLanes.MultiplyAdd(twice, ArcTangentSeries(TLanes.Multiply(s, s)), TLanes.Max(x, TLanes.Zero));
        }

        // atanh(√z)/√z for z from 0 to 1/9: Chebyshev interpolation of degree 10, relative error below 2e-18.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static TLanes ArcTangentSeries(TLanes z)
        {
            TLanes sum = TLanes.Broadcast(0.08522081781390699);
            sum = TLanes.MultiplyAdd(sum, z, TLanes.Broadcast(0.0416225325593041));
            sum = TLanes.MultiplyAdd(sum, z, TLanes.Broadcast(0.06055084364034609));
            sum = TLanes.MultiplyAdd(sum, z, TLanes.Broadcast(0.06650187016337313));
            sum = TLanes.MultiplyAdd(sum, z, TLanes.Broadcast(0.07693307021152004));
            sum = TLanes.MultiplyAdd(sum, z, TLanes.Broadcast(0.09090870416252403));
            sum = TLanes.MultiplyAdd(sum, z, TLanes.Broadcast(0.11111112040373837));
            sum = TLanes.MultiplyAdd(sum, z, TLanes.Broadcast(0.14285714272727057));
            sum = TLanes.MultiplyAdd(sum, z, TLanes.Broadcast(0.20000000000092874));
            sum = TLanes.MultiplyAdd(sum, z, TLanes.Broadcast(0.33333333333333076));
            return TLanes.MultiplyAdd(sum, z, TLanes.Broadcast(1));
        }
    }
}
