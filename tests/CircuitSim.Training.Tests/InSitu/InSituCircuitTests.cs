using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Engines.Native;
using CircuitSim.Circuit.Engines.Ngspice;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;
using CircuitSim.Circuit.Networks;
using CircuitSim.TestSupport;
using CircuitSim.Training.Data;
using CircuitSim.Training.InSitu;
using CircuitSim.Training.InSitu.Cores;
using CircuitSim.Training.InSitu.Tables;

namespace CircuitSim.Training.Tests.InSitu;

/// <summary>Trained arrays as circuits: crossbars with current read-out.</summary>
public class InSituCircuitTests
{
    private static readonly DataSet Wdbc = DataSets.Open("wdbc");

    public static TheoryData<CoreKind, bool> Cores => new()
    {
        { CoreKind.Balanced, false }, { CoreKind.BalancedOneSided, false }, { CoreKind.Offset, false }, { CoreKind.Balanced, true }, { CoreKind.Offset, true },
    };

    [Theory]
    [Trait("Kind", "closed form")]
    [MemberData(nameof(Cores))]
    public void With_ideal_wires_the_circuit_computes_the_trained_sums(CoreKind kind, bool hasCarry)
    {
        (InSituNetwork network, double[] inputs) = Train(kind, hasCarry);
        ReadoutSolver solver = ReadoutSolver.Create(InSituMapper.Map(network, new InSituWiring()));
        for (int sample = 0; sample < 5; sample++)
        {
            ReadOnlySpan<double> x = inputs.AsSpan(sample * 30, 30);

            IReadOnlyList<ReadoutOperatingPoint> points = solver.Solve(x);

            // Sums of a few hundred products of order one, each with a rounding of 1e-16, differences of arrays larger tenfold.
            IReadOnlyList<(double[] Sums, double[] Outputs)> expected = network.Evaluate(x);
            for (int l = 0; l < 2; l++) Close.Lists(expected[l].Sums, points[l].Sums.Span, 1e-11, 1e-11, $"layer {l + 1}");
        }
    }

    [Theory]
    [Trait("Kind", "property")]
    [InlineData(0, 0, 0)]
    [InlineData(1, 0, 0)]
    [InlineData(1, 100, 25)]
    [InlineData(0, 100, 25)]
    public void The_solver_agrees_with_the_elaborated_netlist_at_every_node(double segment, double source, double terminal)
    {
        (InSituNetwork network, double[] inputs) = Train(CoreKind.Balanced, hasCarry: false);
        ReadoutNetwork circuit = InSituMapper.Map(network, new InSituWiring { SegmentOhms = segment, SourceOhms = source, TerminalOhms = terminal });
        ReadOnlySpan<double> x = inputs.AsSpan(0, 30);

        Agrees(circuit, x, new NativeEngine());
    }

    [SkippableFact]
    [Trait("Kind", "peer")]
    public void Ngspice_agrees_at_every_node_of_ten_samples_with_one_ohm_segments()
    {
        Ngspice.SkipUnlessInstalled();
        (InSituNetwork network, double[] inputs) = Train(CoreKind.Balanced, hasCarry: false);
        ReadoutNetwork circuit = InSituMapper.Map(network, new InSituWiring { SegmentOhms = 1, TerminalOhms = 10 });
        for (int sample = 0; sample < 10; sample++)
            Agrees(circuit, inputs.AsSpan(sample * 30, 30), NgspiceEngine.TryFind(Environment.GetEnvironmentVariable("PATH"))!);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Layers_that_do_not_fit_are_refused_together()
    {
        (InSituNetwork network, _) = Train(CoreKind.Balanced, hasCarry: false);
        ReadoutNetwork circuit = InSituMapper.Map(network, new InSituWiring());

        InvalidDesignException error = Assert.Throws<InvalidDesignException>(() => new ReadoutNetwork(0, true, [circuit.Layers[1], circuit.Layers[0]]));
        Assert.Equal(2, error.Violations.Count);
        Assert.Throws<InvalidDesignException>(() => new ReadoutLayer(circuit.Layers[0].Crossbar, [[new ReadoutTerm(99, 1)], []]));
    }

    private static void Agrees(ReadoutNetwork circuit, ReadOnlySpan<double> x, ICircuitEngine engine)
    {
        IReadOnlyDictionary<string, double> ours = ReadoutElaborator.NodeVolts(circuit, ReadoutSolver.Create(circuit).Solve(x, hasNodeVolts: true));
        Netlist netlist = ReadoutElaborator.Elaborate(circuit, x);
        OperatingPoint point = engine.Solve(netlist, EngineOptions.Tight).Analyses.OfType<OperatingPoint>().Single();

        Assert.Equal(point.NodeVolts.Keys.Order(StringComparer.Ordinal), ours.Keys.Order(StringComparer.Ordinal));
        // The bar for agreement between simulators, volts; sums are one volt a unit.
        foreach ((string node, double volts) in ours) Close.Numbers(volts, point.NodeVolts[node], 1e-9, what: node);
    }

    private static (InSituNetwork Network, double[] Inputs) Train(CoreKind kind, bool hasCarry)
    {
        ThreeWaySplit split = ThreeWaySplit.Create(Wdbc, 0.4, 0.3, 1);
        var options = new InSituTrainingOptions
        {
            LayerSizes = [30, 16, 2],
            WeightScales = [0.528, 1.694],
            Epochs = 2,
            Core = new CoreOptions { Kind = kind, Carry = hasCarry ? new CarryOptions() : null },
        };
        InSituResult result = InSituTrainer.Train(options, InSituDevices.Open("dwmtj-sot-300k"), split);
        return (result.Network, FeatureStandardization.Fit(split.Training).Apply(split.Test, hasBias: false));
    }
}
