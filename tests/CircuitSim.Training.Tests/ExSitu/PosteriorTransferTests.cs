using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Engines.Native;
using CircuitSim.Circuit.Networks;
using CircuitSim.Mapping.Devices;
using CircuitSim.Mapping.ExSitu;
using CircuitSim.TestSupport;
using CircuitSim.Training.Bayesian;
using CircuitSim.Training.ExSitu;

namespace CircuitSim.Training.Tests.ExSitu;

public class PosteriorTransferTests
{
    private static readonly double[] Inputs = [-1, -0.5, 0.2, 0.6, 1, -0.3];
    private static readonly int[] Labels = [0, 0, 1, 0, 1, 1];

    [Fact]
    [Trait("Kind", "property")]
    public void Matched_moments_give_the_programmed_weights_the_variance_of_the_posterior()
    {
        BayesianNetwork network = Sampled([1, 2]);
        // One pulse spreads by nine times the lowest conductance, at which devices stop at zero: targets that move change their spread.
        var card = new DeviceCard("wide", 1e-6, 100e-6, "test")
        {
            ProgrammingError = new GaussianProgrammingError(new SpreadPolynomial(1e-6, 14e-6)) { Source = "test" },
        };
        PairTransfer pairs = PairTransfer.Create(LevelStatistics.Of(card, new ProgrammingOptions { Mode = ProgrammingMode.OneShot, Levels = LevelPlan.EquallySpaced(card, 33) }), PairAssignment.Nearest);

        double software = Variance(Enumerable.Range(0, 400).Select(d => network.Draw(network.DrawOf(d, 400))[0]));
        double plain = Programmed(PosteriorMatching.None), matched = Programmed(PosteriorMatching.Moments);

        // 400 draws tell a variance within 7 %, one standard error.
        Assert.True(plain > 1.12 * software, $"plain {plain}, software {software}, matched {matched}");
        Close.Numbers(software, matched, 0, 0.12);

        double Programmed(PosteriorMatching matching)
        {
            PosteriorTransfer transfer = PosteriorTransfer.Create(network, 400, pairs, matching);
            (double[][][] siemens, long pulses) = transfer.Program(7);
            Assert.Equal(transfer.DeviceCount, pulses);
            return Variance(siemens.Select((g, k) => (g[0][0] - g[0][1]) / transfer.Pairs(k, 0).SiemensPerWeight));
        }
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Parameters_read_through_the_wires_give_the_sums_of_the_solved_circuit()
    {
        (PosteriorTransfer transfer, double[][][] siemens) = Small();
        var wiring = new ReadoutWiring { SourceOhms = 50, TerminalOhms = 100 };
        ReadoutNetwork circuit = PosteriorCircuit.Network(transfer, 1, siemens[1], wiring);
        double[] parameters = PosteriorCircuit.Parameters(circuit);

        IReadOnlyList<ReadoutOperatingPoint> points = ReadoutSolver.Create(circuit).Solve([0.4]);

        double[] hidden = [.. Enumerable.Range(0, 3).Select(j => Math.Tanh(0.4 * parameters[j] + parameters[3 + j]))];
        double[] sums = [.. Enumerable.Range(0, 2).Select(j => Enumerable.Range(0, 3).Sum(i => hidden[i] * parameters[6 + 2 * i + j]) + parameters[12 + j])];
        // Both reduce the same crossbars; sums are differences of currents, which cancel by two digits here.
        Close.Lists(sums, points[^1].Sums.Span, 1e-11);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void The_layer_of_all_crossbars_has_their_sums_and_the_mean_of_them_and_its_netlist_agrees()
    {
        (PosteriorTransfer transfer, double[][][] siemens) = Small();
        var wiring = new ReadoutWiring { TerminalOhms = 100 };
        ReadoutNetwork layer = PosteriorCircuit.Layer(transfer, siemens, wiring);
        IReadOnlyList<ReadoutOperatingPoint> points = ReadoutSolver.Create(layer).Solve([0.4], hasNodeVolts: true);

        ReadOnlySpan<double> sums = points[0].Sums.Span;
        IReadOnlyDictionary<string, double> ours = ReadoutElaborator.NodeVolts(layer, points);
        var theirs = (OperatingPoint)new NativeEngine().Solve(ReadoutElaborator.Elaborate(layer, [0.4]), EngineOptions.Tight).Analyses[0];

        Assert.Equal(4 * 3 + 3, sums.Length);
        for (int j = 0; j < 3; j++) Close.Numbers((sums[j] + sums[3 + j] + sums[6 + j] + sums[9 + j]) / 4, sums[12 + j], 1e-12);
        // One volt a unit of a sum: the tolerance of Newton on the sources that form it.
        foreach ((string node, double volts) in ours) Close.Numbers(volts, theirs.NodeVolts[node], 1e-10, 0, node);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void The_netlist_of_a_network_with_tanh_neurons_solves_to_the_same_voltages()
    {
        (PosteriorTransfer transfer, double[][][] siemens) = Small();
        ReadoutNetwork circuit = PosteriorCircuit.Network(transfer, 0, siemens[0], new ReadoutWiring());
        IReadOnlyDictionary<string, double> ours = ReadoutElaborator.NodeVolts(circuit, ReadoutSolver.Create(circuit).Solve([-0.7], hasNodeVolts: true));

        var theirs = (OperatingPoint)new NativeEngine().Solve(ReadoutElaborator.Elaborate(circuit, [-0.7]), EngineOptions.Tight).Analyses[0];

        // As above.
        foreach ((string node, double volts) in ours) Close.Numbers(volts, theirs.NodeVolts[node], 1e-10, 0, node);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void A_posterior_reads_back_as_it_was_written_and_broken_files_are_refused()
    {
        using var files = new TemporaryFolder();
        BayesianNetwork network = Sampled([1, 2]);
        PosteriorFile.Write(files.File("model.json"), network);

        BayesianNetwork again = PosteriorFile.Read(files.File("model.json"));

        Assert.Equal(network.LayerSizes, again.LayerSizes);
        Assert.Equal(network.Posterior.Chains.SelectMany(c => c.Positions.ToArray()), again.Posterior.Chains.SelectMany(c => c.Positions.ToArray()));
        Assert.Equal(network.Posterior.Chains.SelectMany(c => c.Draws.ToArray()), again.Posterior.Chains.SelectMany(c => c.Draws.ToArray()));
        Assert.Equal(network.Posterior.LowestEnergyFraction, again.Posterior.LowestEnergyFraction);

        string text = File.ReadAllText(files.File("model.json"));
        File.WriteAllText(files.File("model.json"), text.Replace("\"bayesian\"", "\"phax\"", StringComparison.Ordinal));
        Assert.Contains("method 'phax'", Assert.Throws<Circuit.Errors.InputFileException>(() => PosteriorFile.Read(files.File("model.json"))).Message, StringComparison.Ordinal);
        File.WriteAllText(files.File("model.json"), text[..20]);
        Assert.Contains("not a Bayesian network", Assert.Throws<Circuit.Errors.InputFileException>(() => PosteriorFile.Read(files.File("model.json"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void More_crossbars_than_draws_are_refused()
    {
        BayesianNetwork network = Sampled([1, 2]);

        Assert.Throws<ArgumentOutOfRangeException>(() => PosteriorTransfer.Create(network, network.Posterior.DrawCount + 1, NineLevels(), PosteriorMatching.None));
    }

    private static (PosteriorTransfer Transfer, double[][][] Siemens) Small()
    {
        PosteriorTransfer transfer = PosteriorTransfer.Create(Sampled([1, 3, 2]), 4, NineLevels(), PosteriorMatching.Moments);
        return (transfer, transfer.Program(2).Siemens);
    }

    private static PairTransfer NineLevels() => PairTransfer.Create(
        LevelStatistics.Of(PublishedCards.HfO2NineLevels, new ProgrammingOptions { Mode = ProgrammingMode.OneShot }), PairAssignment.PairAware);

    private static BayesianNetwork Sampled(int[] sizes) => BayesianNetwork.Sample(
        sizes, Inputs, Labels, new BayesianNetworkOptions { Sampler = new NutsOptions { ChainCount = 2, WarmUpCount = 200, DrawCount = 400 } });

    // Within each of the two chains, whose draws follow one another.
    private static double Variance(IEnumerable<double> values)
    {
        double[] all = [.. values];
        return all.Chunk(all.Length / 2).Average(chain =>
        {
            double mean = chain.Average();
            return chain.Average(v => (v - mean) * (v - mean));
        });
    }
}
