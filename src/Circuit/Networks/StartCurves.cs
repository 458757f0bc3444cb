using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using CircuitSim.Circuit.Linear;

namespace CircuitSim.Circuit.Networks;

/// <summary>
/// An inverter's output over its input for several loads to the middle of the rails, from which any output's curve is interpolated,
/// and what a current pushed into the output adds to it.
/// </summary>
internal sealed unsafe class StartCurves
{
    private const int Points = 512, MostLoads = 9;

    // [load, input, volts or ohms], so that one vector holds what two neighbouring inputs need.
    private readonly DenseBuffer _table;
    private readonly int[] _row;
    private readonly double[] _part;
    private readonly double _perVolt;

    /// <summary>Tabulates the inverter.</summary>
    /// <param name="circuit">Inverter and supply.</param>
    /// <param name="loadSiemens">Conductance that loads each output, siemens.</param>
    internal StartCurves(NetworkCircuit circuit, double[] loadSiemens)
    {
        double least = loadSiemens.Min(), most = loadSiemens.Max();
        int loads = most > least ? MostLoads : 1;
        double step = loads > 1 ? (most - least) / (loads - 1) : 1;
        _perVolt = Points / circuit.SupplyVolts;
        // One more row, so that the last one has a neighbour.
        _table = new DenseBuffer(2L * (loads + 1) * (Points + 1));
        for (int row = 0; row <= loads; row++)
            for (int k = 0; k <= Points; k++)
            {
                double input = circuit.SupplyVolts * ((double)k / Points - 0.5), load = least + Math.Min(row, loads - 1) * step;
                double output = UnloadedInverter.OutputVolts(circuit.Inverter, input, circuit.SupplyVolts, load);
                double* at = _table.Start + 2 * (row * (Points + 1) + k);
                at[0] = output;
                at[1] = 1 / (load - circuit.Inverter.OutputCurrent(input, output, circuit.SupplyVolts).PerOutputVolt);
            }

        _row = [.. loadSiemens.Select(load => Math.Min((int)((load - least) / step), loads - 1) * (Points + 1))];
        _part = [.. loadSiemens.Select((load, i) => (load - least) / step - _row[i] / (Points + 1))];
    }

    /// <summary>Voltage of one output; beyond the rails that of the nearest rail.</summary>
    /// <param name="output">Index from 0.</param>
    /// <param name="inputVolts">The inverter's input, volts.</param>
    /// <param name="pushedAmps">Current pushed into the output, amperes, small.</param>
    /// <returns>Volts.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal double Volts(int output, double inputVolts, double pushedAmps)
    {
        double place = Math.Min(Math.Max(0.5 * Points + _perVolt * inputVolts, 0), Points);
        int below = Math.Min((int)place, Points - 1);
        double* at = _table.Start + 2 * (_row[output] + below);
        Vector256<double> light = Vector256.Load(at), heavy = Vector256.Load(at + 2 * (Points + 1));
        Vector256<double> between = light + Vector256.Create(_part[output]) * (heavy - light);
        Vector128<double> found = between.GetLower() + Vector128.Create(place - below) * (between.GetUpper() - between.GetLower());
        return found.GetElement(0) + pushedAmps * found.GetElement(1);
    }
}
