using CircuitSim.Circuit.Networks;
using CircuitSim.Export.CrossCheck;
using CircuitSim.Export.Reports;
using CircuitSim.TestSupport;

namespace CircuitSim.Export.Tests.CrossCheck;

[Trait("Kind", "closed form")]
public class SignalComparisonTests
{
    private static readonly LayerOperatingPoint Behavioural = Layer([0.1, 0.2, 0.1, 0.2], [0, 0, 0, 0], [0.25, -0.25, 0.25, -0.25]);
    private static readonly LayerOperatingPoint Circuit = Layer([0.1, 0.2, 0.1, 0.203], [0.001, 0.001, 0.001, 0.001], [0.25, -0.25, 0.21, -0.25]);

    [Fact]
    public void Statistics_are_those_of_the_differences()
    {
        IReadOnlyList<LayerSignalError> errors = SignalComparison.Statistics([Behavioural], [Circuit]);

        Assert.Equal(3, errors.Count);
        // Voltages of 0.2 V carry 3e-17 V of rounding, times 1e3.
        Close.Numbers(1.5, errors[0].RmsMillivolts, 1e-12);
        Close.Numbers(3, errors[0].WorstMillivolts, 1e-12);
        Close.Numbers(1, errors[1].MeanMillivolts, 1e-12);
        Close.Numbers(40, errors[2].Percentile99Millivolts, 1e-12);
        Assert.All(errors, e => Assert.Equal(4, e.Histogram.Counts.Sum()));
        Assert.All(errors, e => Assert.Equal(e.Histogram.Counts.Count + 1, e.Histogram.EdgesMillivolts.Count));
    }

    [Fact]
    public void Worst_nodes_come_first_by_name_and_sample()
    {
        IReadOnlyList<NodeDifference> worst = SignalComparison.Worst([Behavioural], [Circuit], 2);

        Assert.Equal(["l1_p1", "l1_g2"], worst.Select(w => w.NodeName));
        Assert.Equal([1, 1], worst.Select(w => w.Sample));
        Close.Numbers(-40, worst[0].DifferenceMillivolts, 1e-12);
    }

    [Fact]
    public void A_scatter_of_many_points_reaches_every_neuron()
    {
        double[] volts = [.. Enumerable.Range(0, 20_000).Select(i => i % 10 * 0.01)];
        var layer = new LayerOperatingPoint { NeuronCount = 10, GateVolts = volts, InvertedVolts = volts, RestoredVolts = volts };

        VoltagePairs pairs = SignalComparison.Statistics([layer], [layer])[0].Scatter;

        Assert.True(pairs.BehaviouralVolts.Count <= VoltagePairs.MaximumCount);
        Assert.Equal(10, pairs.BehaviouralVolts.Distinct().Count());
    }

    [Fact]
    public void Shapes_that_differ_are_refused() =>
        Assert.Throws<ArgumentException>(() => SignalComparison.Statistics([Behavioural], [Layer([1], [1], [1])]));

    private static LayerOperatingPoint Layer(double[] gate, double[] inverted, double[] restored) => new()
    {
        NeuronCount = Math.Min(2, gate.Length),
        GateVolts = gate,
        InvertedVolts = inverted,
        RestoredVolts = restored,
    };
}
