using CircuitSim.Circuit.Networks;
using CircuitSim.Export.Reports;

namespace CircuitSim.Export.CrossCheck;

/// <summary>Static power of a circuit, mean over samples.</summary>
public sealed record LayerPowers
{
    /// <summary>One entry a layer.</summary>
    public required IReadOnlyList<LayerPower> Layers { get; init; }

    /// <summary>What sources deliver against what becomes heat.</summary>
    public required PowerBalance Balance { get; init; }

    /// <summary>Measures the first samples of a solution.</summary>
    /// <param name="solver">The solver.</param>
    /// <param name="point">A result of it.</param>
    /// <param name="sampleCount">Samples to measure, at least 1.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <returns>Means of every layer, and the balance.</returns>
    public static LayerPowers Of(NetworkSolver solver, NetworkOperatingPoint point, int sampleCount, CancellationToken cancellationToken = default)
    {
        var meter = PowerMeter.Create(solver, sampleCount);
        var samples = new NetworkPower[sampleCount];
        for (int s = 0; s < sampleCount; s++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            samples[s] = meter.Measure(point, s);
        }

        return new LayerPowers
        {
            Layers = [.. Enumerable.Range(0, samples[0].Layers.Count).Select(layer => Mean(samples, layer))],
            Balance = new PowerBalance
            {
                SampleCount = sampleCount,
                DeliveredMilliwatts = 1e3 * samples.Average(s => s.TotalWatts),
                DissipatedMilliwatts = 1e3 * samples.Average(s => s.HeatWatts),
                WorstRelativeImbalance = samples.Max(s => Math.Abs(s.TotalWatts - s.HeatWatts) / s.TotalWatts),
            },
        };
    }

    private static LayerPower Mean(NetworkPower[] samples, int layer)
    {
        bool isLast = layer == samples[0].Layers.Count - 1;
        return new LayerPower
        {
            Layer = layer + 1,
            DevicesMilliwatts = Of(l => 1e3 * l.DeviceWatts),
            InvertersMilliwatts = Of(l => 1e3 * l.InverterWatts),
            WordLineWiresMilliwatts = Of(l => 1e3 * l.WordLineWatts),
            BitLineWiresMilliwatts = Of(l => 1e3 * l.BitLineWatts),
            SourceResistancesMilliwatts = Of(l => 1e3 * (l.SourceResistanceWatts + l.ShortWatts)),
            DriverMilliwatts = Of(l => 1e3 * l.DriverWatts),
            BiasMilliwatts = Of(l => 1e3 * l.BiasWatts),
            RailsMilliwatts = Of(l => 1e3 * l.RailWatts),
            OutputMilliwatts = isLast ? 0 : samples.Average(s => 1e3 * s.Layers[layer + 1].DriverWatts),
            PositiveRailMicroamps = Of(l => 1e6 * l.PositiveRailAmps),
            NegativeRailMicroamps = Of(l => 1e6 * l.NegativeRailAmps),
        };

        double Of(Func<LayerWatts, double> part) => samples.Average(s => part(s.Layers[layer]));
    }
}
