using System.Runtime.CompilerServices;
using CircuitSim.Circuit.Linear;

namespace CircuitSim.Circuit.Networks;

/// <summary>
/// An inverter's output over its input for several loads to the middle of the rails, and what a current pushed into the output
/// adds to it, to the second order: where Newton begins.
/// </summary>
internal sealed unsafe class StartCurves
{
    private const int Width = DensePanel.Width, Lanes = 8, Intervals = 256, MostLoads = 9;

    // Difference of voltages over which the curvature of the current is taken.
    private const double CurvatureStepVolts = 1e-4;

    // [load, interval, eight numbers]: four coefficients of the output's cubic over the interval, then ohms at its lower end and how
    // they change, then volts per square ampere likewise. An interval is a cache line.
    private readonly DenseBuffer _table;
    private readonly int[] _row;
    private readonly double[] _excessSiemens;
    private readonly double _perVolt, _rail;

    /// <summary>Tabulates the inverter.</summary>
    /// <param name="circuit">Inverter and supply.</param>
    /// <param name="loadSiemens">Conductance that loads each output, siemens.</param>
    internal StartCurves(NetworkCircuit circuit, double[] loadSiemens)
    {
        double least = loadSiemens.Min(), most = loadSiemens.Max();
        int loads = most > least ? MostLoads : 1;
        double step = loads > 1 ? (most - least) / (loads - 1) : 0;
        (_perVolt, _rail) = (Intervals / circuit.SupplyVolts, circuit.SupplyVolts / 2);
        _table = new DenseBuffer((long)loads * Intervals * Lanes);
        for (int load = 0; load < loads; load++) Tabulate(circuit, least + load * step, _table.Start + (long)load * Intervals * Lanes);
        _row = [.. loadSiemens.Select(load => loads > 1 ? (int)Math.Round((load - least) / step) : 0)];
        _excessSiemens = [.. loadSiemens.Select((load, i) => load - (least + _row[i] * step))];
    }

    /// <summary>Voltages of one output for 32 samples; inputs beyond the rails count as those of the nearest rail.</summary>
    /// <param name="output">Index from 0.</param>
    /// <param name="input">The inverter's inputs, volts.</param>
    /// <param name="shiftVolts">How much further up than the network's inverter this one switches, volts.</param>
    /// <param name="pushedAmps">Currents pushed into the output, amperes, small.</param>
    /// <param name="volts">Receives the output's voltages, between the rails.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal void Follow<TLanes>(int output, double* input, double shiftVolts, double* pushedAmps, double* volts)
        where TLanes : struct, IDoubleLanes<TLanes>
    {
        double* table = _table.Start + (long)_row[output] * Intervals * Lanes;
        double* part = stackalloc double[Lanes];
        double* entry0, entry1, entry2, entry3, entry4, entry5, entry6, entry7;
        TLanes excess = TLanes.Broadcast(_excessSiemens[output]), low = TLanes.Broadcast(-_rail), high = TLanes.Broadcast(_rail);
        for (int s = 0; s < Width; s += Lanes)
        {
            double first = _rail - shiftVolts;
            entry0 = Find(table, (input[s] + first) * _perVolt, part);
            entry1 = Find(table, (input[s + 1] + first) * _perVolt, part + 1);
            entry2 = Find(table, (input[s + 2] + first) * _perVolt, part + 2);
            entry3 = Find(table, (input[s + 3] + first) * _perVolt, part + 3);
            entry4 = Find(table, (input[s + 4] + first) * _perVolt, part + 4);
            entry5 = Find(table, (input[s + 5] + first) * _perVolt, part + 5);
            entry6 = Find(table, (input[s + 6] + first) * _perVolt, part + 6);
            entry7 = Find(table, (input[s + 7] + first) * _perVolt, part + 7);
            TLanes a = TLanes.Load(entry0), b = TLanes.Load(entry1), c = TLanes.Load(entry2), d = TLanes.Load(entry3);
            TLanes e = TLanes.Load(entry4), f = TLanes.Load(entry5), g = TLanes.Load(entry6), h = TLanes.Load(entry7);
            TLanes.Transpose(ref a, ref b, ref c, ref d, ref e, ref f, ref g, ref h);
            TLanes t = TLanes.LoadAnywhere(part), amps = TLanes.Load(pushedAmps + s);
            TLanes curve = TLanes.MultiplyAdd(TLanes.MultiplyAdd(TLanes.MultiplyAdd(d, t, c), t, b), t, a);
            TLanes ohms = TLanes.MultiplyAdd(f, t, e), bend = TLanes.MultiplyAdd(h, t, g);
            TLanes found = TLanes.MultiplyAdd(amps, TLanes.MultiplyAdd(amps, bend, ohms), curve);
            // What the output's load takes beyond that of the table is a current too.
            amps = TLanes.NegatedMultiplyAdd(excess, found, amps);
            found = TLanes.MultiplyAdd(amps, TLanes.MultiplyAdd(amps, bend, ohms), curve);
            TLanes.Store(volts + s, TLanes.Min(TLanes.Max(found, low), high));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double* Find(double* table, double place, double* part)
    {
        double inside = Math.Min(Math.Max(place, 0), Intervals);
        int below = Math.Min((int)inside, Intervals - 1);
        *part = inside - below;
        return table + below * Lanes;
    }

    private static void Tabulate(NetworkCircuit circuit, double load, double* row)
    {
        double width = circuit.SupplyVolts / Intervals;
        Knot left = KnotAt(circuit, load, -circuit.SupplyVolts / 2);
        for (int k = 0; k < Intervals; k++, row += Lanes)
        {
            Knot right = KnotAt(circuit, load, circuit.SupplyVolts * ((k + 1.0) / Intervals - 0.5));
            double rise = right.Volts - left.Volts, leftSlope = width * left.Gain, rightSlope = width * right.Gain;
            row[0] = left.Volts;
            row[1] = leftSlope;
            row[2] = 3 * rise - 2 * leftSlope - rightSlope;
            row[3] = leftSlope + rightSlope - 2 * rise;
            row[4] = left.Ohms;
            row[5] = right.Ohms - left.Ohms;
            row[6] = left.Bend;
            row[7] = right.Bend - left.Bend;
            left = right;
        }
    }

    // I(x, v) − g·v + a = 0 differentiated: dv/dx = I_x·R and dv/da = R with R = 1/(g − I_v), and d²v/da² = I_vv·R³.
    private static Knot KnotAt(NetworkCircuit circuit, double load, double input)
    {
        double supply = circuit.SupplyVolts;
        double volts = UnloadedInverter.OutputVolts(circuit.Inverter, input, supply, load);
        InverterCurrent current = circuit.Inverter.OutputCurrent(input, volts, supply);
        double ohms = 1 / (load - current.PerOutputVolt);
        double curvature = (circuit.Inverter.OutputCurrent(input, volts + CurvatureStepVolts, supply).PerOutputVolt -
            circuit.Inverter.OutputCurrent(input, volts - CurvatureStepVolts, supply).PerOutputVolt) / (2 * CurvatureStepVolts);
        return new Knot(volts, current.PerInputVolt * ohms, ohms, 0.5 * curvature * ohms * ohms * ohms);
    }

    private readonly record struct Knot(double Volts, double Gain, double Ohms, double Bend);
}
