using System.Globalization;
using CircuitSim.Circuit.Crossbars;
using CircuitSim.Circuit.Networks;
using CircuitSim.Export.Attribution;
using CircuitSim.TestSupport;

namespace CircuitSim.Export.Tests.Attribution;

public sealed class SensitivityAnalysisTests
{
    private static readonly double[] Inputs = [0.2, -0.1, 0.05, -0.2, 0.1, 0.03, 0.05, 0.15, -0.1];

    [Fact]
    [Trait("Kind", "property")]
    public void A_listed_device_changes_the_margin_as_foretold()
    {
        NetworkCircuit circuit = SmallNetworks.WithWires(500);
        SensitivityReport report = Report(circuit, 1);

        Assert.Equal(SensitivityAnalysis.MostListed, report.Devices.Count);
        foreach (DeviceSensitivity device in report.Devices.Take(5))
        {
            // rl<layer>_<word line>_<bit line>, counted from 1.
            int[] place = [.. device.Name[2..].Split('_').Select(n => int.Parse(n, CultureInfo.InvariantCulture) - 1)];
            double up = Margin(SmallNetworks.WithDevice(circuit, place[0], place[1], place[2], 1.001));
            double down = Margin(SmallNetworks.WithDevice(circuit, place[0], place[1], place[2], 0.999));
            double perPercent = (up - down) / 0.2;
            // The difference's error of second order, at steps of 0.1 %.
            Close.Numbers(perPercent, device.SignedMillivoltsPerPercent, 0, 1e-4, device.Name);
            Close.Numbers(Math.Abs(perPercent), device.MillivoltsPerPercent, 0, 1e-4, device.Name);
        }

        Assert.Equal(Margin(circuit), report.MeanMarginMillivolts);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Lists_are_ordered_maps_cover_the_layer_and_spreads_add_in_squares()
    {
        SensitivityReport report = Report(SmallNetworks.WithWires(500), 3);

        Assert.Equal(report.Devices.Select(d => d.MillivoltsPerPercent).OrderDescending(), report.Devices.Select(d => d.MillivoltsPerPercent));
        Assert.Equal(8 + 4 + 10 + 2 > SensitivityAnalysis.MostListed ? SensitivityAnalysis.MostListed : 24, report.Lines.Count);
        Assert.Equal(6, report.Neurons.Count);
        Assert.All(report.Lines, line => Assert.Equal(500 * line.MicrovoltsPerOhm, line.WireMicrovolts, 1e-9 * line.WireMicrovolts));
        ReducedMap map = report.Layers[1].Devices;
        Assert.Equal((10, 2, 20), (map.Rows, map.Columns, map.Values.Count));
        // Four digits of the largest value.
        Close.Numbers(report.Devices.Where(d => d.Layer == 2).Max(d => d.MillivoltsPerPercent), map.Values.Max(), 0, 5e-4);
        // A sum of two squares.
        Close.Numbers(
            Math.Sqrt(report.Layers.Sum(l => l.SpreadMillivoltsPerPercent * l.SpreadMillivoltsPerPercent)), report.SpreadMillivoltsPerPercent, 0, 1e-14);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Large_maps_are_block_means()
    {
        var map = ReducedMap.Of("a ramp", "V", 130, 3, (i, j) => i + 1000 * j);

        Assert.Equal((3, 1, 44, 3), (map.BlockWordLines, map.BlockBitLines, map.Rows, map.Columns));
        Assert.Equal([1, 1001, 2001, 4], map.Values.Take(4));
        // The last block has one word line only.
        Assert.Equal([129, 1129, 2129], map.Values.TakeLast(3));
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Sneak_paths_grow_with_the_wires_and_add_up_to_the_gate()
    {
        NetworkCircuit[] circuits = [SmallNetworks.WithWires(0), SmallNetworks.WithWires(100), SmallNetworks.WithWires(1000)];

        LayerSneakPaths[] first = [.. circuits.Select(c =>
        {
            NetworkSolver solver = NetworkSolver.Create(c);
            return SneakPathAnalysis.Of(solver, solver.SolveBatch(Inputs, 3))[0];
        })];

        Assert.All(first[0].BitLines, line => Assert.Equal(0, line.SneakRmsMicrovolts));
        // Sneak paths are of first order in the wires.
        Assert.InRange(first[2].MeanPathSharePercent / first[1].MeanPathSharePercent, 8, 10.1);
        Assert.Equal(first[1].BitLines.Max(l => l.PathSharePercent), first[1].WorstPathSharePercent);
        Assert.Contains(first[1].BitLines, l => l.Name == first[1].WorstName);
        Assert.All(first[2].Shares.Values, share => Assert.InRange(share, 0, 100));
        DeviceRead grounded = first[0].Reads.Single(r => r.Scheme == ReadScheme.Grounded), floating = first[0].Reads.Single(r => r.Scheme == ReadScheme.Floating);
        // With ideal wires a grounded read is the device's own current, and the closed form exact.
        Close.Numbers(grounded.EstimatedMicroamps, grounded.BitLineMicroamps, 0, 1e-11);
        Assert.True(floating.SneakSharePercent > 50 && floating.BitLineMicroamps / floating.EstimatedMicroamps is > 0.5 and < 2);
    }

    private static SensitivityReport Report(NetworkCircuit circuit, int samples)
    {
        NetworkSolver solver = NetworkSolver.Create(circuit);
        return SensitivityAnalysis.Of(solver, solver.SolveBatch(Inputs, 3), samples)!;
    }

    private static double Margin(NetworkCircuit circuit)
    {
        NetworkOperatingPoint point = NetworkSolver.Create(circuit).SolveBatch(Inputs, 3);
        return 1e3 * Math.Abs(point.OutputInvertedVolts.Span[0] - point.OutputInvertedVolts.Span[1]);
    }
}
