namespace CircuitSim.Circuit.Networks;

/// <summary>An inverter's output over its input for several loads to the middle of the rails, from which any output's curve is interpolated.</summary>
internal sealed class StartCurves
{
    private const int Points = 512, MostLoads = 9;

    private readonly double[] _volts;
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
        _volts = new double[(loads + 1) * (Points + 1)];
        for (int row = 0; row < loads; row++)
            for (int k = 0; k <= Points; k++)
                _volts[row * (Points + 1) + k] = UnloadedInverter.OutputVolts(
                    circuit.Inverter, circuit.SupplyVolts * ((double)k / Points - 0.5), circuit.SupplyVolts, least + row * step);
        // One more row, so that the last one has a neighbour.
        _volts.AsSpan((loads - 1) * (Points + 1), Points + 1).CopyTo(_volts.AsSpan(loads * (Points + 1)));
        _row = [.. loadSiemens.Select(load => Math.Min((int)((load - least) / step), loads - 1) * (Points + 1))];
        _part = [.. loadSiemens.Select((load, i) => (load - least) / step - _row[i] / (Points + 1))];
    }

    /// <summary>Voltage of one output for an input; beyond the rails that of the nearest rail.</summary>
    internal double Volts(int output, double inputVolts)
    {
        double place = Math.Min(Math.Max(0.5 * Points + _perVolt * inputVolts, 0), Points);
        int below = Math.Min((int)place, Points - 1), at = _row[output] + below;
        double part = place - below;
        double light = _volts[at] + part * (_volts[at + 1] - _volts[at]);
        double heavy = _volts[at + Points + 1] + part * (_volts[at + Points + 2] - _volts[at + Points + 1]);
        return light + _part[output] * (heavy - light);
    }
}
