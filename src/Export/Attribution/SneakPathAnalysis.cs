using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Networks;

namespace CircuitSim.Export.Attribution;

/// <summary>Says of every bit line of a network how much of its signal arrives by other routes than through its weights' devices.</summary>
public static class SneakPathAnalysis
{
    /// <summary>Splits the response of every layer, and the signals of solved samples.</summary>
    /// <param name="solver">The solver of the circuit.</param>
    /// <param name="point">A result of it: inverter outputs are taken as the sources of the next crossbar, so that what they yield under load counts as loading.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>One entry a layer.</returns>
    /// <exception cref="Circuit.Errors.ConvergenceException">A crossbar solve did not meet its tolerance.</exception>
    public static IReadOnlyList<LayerSneakPaths> Of(NetworkSolver solver, NetworkOperatingPoint point, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(solver);
        ArgumentNullException.ThrowIfNull(point);
        return [.. Enumerable.Range(0, solver.Circuit.Layers.Count).Select(layer => Layer(solver, point, layer, cancellationToken))];
    }

    private static LayerSneakPaths Layer(NetworkSolver solver, NetworkOperatingPoint point, int layer, CancellationToken cancellationToken)
    {
        CrossbarSpec crossbar = solver.Circuit.Layers[layer].Crossbar;
        SneakPaths paths = SneakPaths.Compute(crossbar, cancellationToken: cancellationToken);
        (int m, int n) = (crossbar.WordLineCount, crossbar.BitLineCount);
        double[] sneak = new double[n], signal = new double[n];
        for (int s = 0; s < point.SampleCount; s++)
        {
            double[] sources = solver.WordLineSourceVolts(point, layer, s);
            for (int j = 0; j < n; j++)
            {
                double part = paths.Sneak(j, sources), gate = point.Layers[layer].GateVolts.Span[s * n + j];
                sneak[j] += part * part / point.SampleCount;
                signal[j] += gate * gate / point.SampleCount;
            }
        }

        BitLineSneakPaths[] lines = [.. Enumerable.Range(0, n).Select(j => new BitLineSneakPaths
        {
            Name = NodeNames.Gate(layer, j),
            PathSharePercent = 100 * paths.PathShare(j),
            SignalSharePercent = signal[j] > 0 ? 100 * Math.Sqrt(sneak[j] / signal[j]) : 0,
            SneakRmsMicrovolts = 1e6 * Math.Sqrt(sneak[j]),
            SignalRmsMillivolts = 1e3 * Math.Sqrt(signal[j]),
        })];
        BitLineSneakPaths worst = lines.MaxBy(line => line.PathSharePercent)!;
        return new LayerSneakPaths
        {
            Layer = layer + 1,
            MeanPathSharePercent = lines.Average(line => line.PathSharePercent),
            WorstName = worst.Name,
            WorstPathSharePercent = worst.PathSharePercent,
            BitLines = lines,
            Reads = crossbar.Faults.Any(fault => fault.Kind is LineFaultKind.OpenBitLine or LineFaultKind.OpenWordLine)
                ? []
                : Reads(crossbar, layer, solver.Circuit.SupplyVolts / 2),
            Shares = ReducedMap.Of(
                "share of a source's signal that reaches the bit line by other devices", "%", m, n,
                (i, j) => Share(paths.Response.Span[j * m + i], paths.Direct.Span[j * m + i])),
        };
    }

    private static DeviceRead[] Reads(CrossbarSpec crossbar, int layer, double readVolts)
    {
        (int m, int n) = (crossbar.WordLineCount, crossbar.BitLineCount);
        double[] g = crossbar.ConductanceSiemens.ToArray();
        // The smallest current is the hardest to tell from what sneaks.
        int cell = Array.IndexOf(g, g.Where(x => x > 0).Min());
        double otherSiemens = (g.Sum() - g[cell]) / (g.Length - 1);
        var reader = ArrayReader.Create(new CrossbarSpec(
            m, n, g, crossbar.WordLineSegmentOhms, crossbar.BitLineSegmentOhms, crossbar.SourceOhms, convention: crossbar.Convention).WithFaults(crossbar.Faults));
        return [.. Enum.GetValues<ReadScheme>().Select(scheme =>
        {
            CellRead read = reader.Read(cell / n, cell % n, readVolts, scheme);
            return new DeviceRead
            {
                Scheme = scheme,
                Name = NodeNames.Device(layer, cell / n, cell % n),
                ReadVolts = readVolts,
                DeviceMicroamps = 1e6 * read.DeviceAmps,
                BitLineMicroamps = 1e6 * read.BitLineAmps,
                SneakSharePercent = 100 * read.SneakShare,
                Microwatts = 1e6 * read.SourceWatts,
                EstimatedMicroamps = 1e6 * ReadEstimate.BitLineAmps(m, n, 1 / g[cell], 1 / otherSiemens, readVolts, scheme),
            };
        })];
    }

    private static double Share(double response, double direct) => response != 0 ? 100 * (response - direct) / response : 0;
}
