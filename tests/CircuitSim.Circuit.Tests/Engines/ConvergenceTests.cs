using System.Globalization;
using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Engines.Native;
using CircuitSim.Circuit.Engines.Ngspice;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;
using CircuitSim.TestSupport;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace CircuitSim.Circuit.Tests.Engines;

public sealed class ConvergenceTests(ITestOutputHelper output)
{
    // The slice that every run takes; CIRCUITSIM_RANDOM_CIRCUITS=200 is the whole comparison.
    private const int Slice = 40;

    // CIRCUITSIM_HARD_CIRCUITS=500 is the whole comparison.
    private const int HardSlice = 40;

    // Tight enough to compare; with less, ngspice's checks of single currents meet rounding and it takes what its transient aid ends with.
    private static readonly EngineOptions Comparison = EngineOptions.Default with
    {
        RelativeTolerance = 1e-6,
        VoltageToleranceVolts = 1e-9,
        CurrentToleranceAmps = 1e-15,
        MaximumIterations = 500,
        Timeout = TimeSpan.FromMinutes(1),
    };

    // A node between two transistors that are both off hangs on gmin alone: abstol over gmin is a millivolt.
    private const double Bound = 1e-3;

    [Fact]
    [Trait("Kind", "property")]
    public void Random_nonlinear_circuits_converge()
    {
        for (int seed = 0; seed < Count(); seed++)
        {
            RandomCircuit circuit = RandomCircuits.Draw(seed);
            try
            {
                new NativeEngine().Solve(circuit.Netlist, EngineOptions.Default);
                new NativeEngine().Solve(circuit.Netlist, EngineOptions.Tight);
            }
            catch (ConvergenceException e)
            {
                Assert.Fail($"Seed {seed}, {circuit.Kind}: {e.Message}");
            }
        }
    }

    [SkippableFact]
    [Trait("Kind", "peer")]
    public void At_least_as_many_random_circuits_converge_as_in_ngspice_and_unique_solutions_agree()
    {
        Ngspice.SkipUnlessInstalled();
        NgspiceEngine engine = NgspiceEngine.TryFind(Environment.GetEnvironmentVariable("PATH"))!;
        int ours = 0, theirs = 0, unique = 0, agree = 0, states = 0, sameState = 0;
        for (int seed = 0; seed < Count(); seed++)
        {
            RandomCircuit circuit = RandomCircuits.Draw(seed);
            if (Solve(new NativeEngine(), circuit, EngineOptions.Default, seed) is not null) ours++;
            if (Solve(engine, circuit, EngineOptions.Default, seed) is not null) theirs++;
            OperatingPoint? mine = Solve(new NativeEngine(), circuit, Comparison, seed), reference = Solve(engine, circuit, Comparison, seed);
            if (mine is null || reference is null) continue;
            bool isSame = Distance(reference, mine) <= Bound;
            if (circuit.IsUnique) (unique, agree) = (unique + 1, agree + (isSame ? 1 : 0));
            else (states, sameState) = (states + 1, sameState + (isSame ? 1 : 0));
            // Where the two differ, ngspice judges: ours is a solution if it stays there when it begins there.
            if (!isSame) Confirm(engine, circuit, mine, reference, seed);
        }

        output.WriteLine($"{Count()} circuits: native {ours}, ngspice {theirs}; {agree} of {unique} unique solutions agree; {sameState} of {states} others are the same state; the rest confirmed.");
        Assert.InRange(ours, theirs, Count());
    }

    [SkippableFact]
    [Trait("Kind", "peer")]
    public void Hard_circuits_converge_wherever_ngspice_does_and_unique_solutions_agree()
    {
        Ngspice.SkipUnlessInstalled();
        NgspiceEngine engine = NgspiceEngine.TryFind(Environment.GetEnvironmentVariable("PATH"))!;
        int ours = 0, theirs = 0, unique = 0, agree = 0, unbalanced = 0;
        for (int seed = 0; seed < Count("CIRCUITSIM_HARD_CIRCUITS", HardSlice); seed++)
        {
            RandomCircuit circuit = HardCircuits.Draw(seed);
            OperatingPoint? mine = Solve(new NativeEngine(), circuit, EngineOptions.Default, seed), reference = Solve(engine, circuit, EngineOptions.Default, seed);
            if (mine is not null) ours++;
            // A test of steps alone lets ngspice stop where currents do not balance.
            if (reference is not null && !Balances(circuit, reference))
            {
                unbalanced++;
                continue;
            }

            if (reference is not null) theirs++;
            if (reference is not null) Assert.True(mine is not null, $"Seed {seed}, {circuit.Kind}: ngspice converges.");
            if (!circuit.IsUnique || reference is null) continue;
            OperatingPoint? precise = Solve(new NativeEngine(), circuit, Comparison, seed), other = Solve(engine, circuit, Comparison, seed);
            if (precise is null || other is null) continue;
            unique++;
            if (Distance(other, precise) <= Bound) agree++;
            else if (Balances(circuit, other)) Confirm(engine, circuit, precise, other, seed);
        }

        output.WriteLine($"Native {ours}, ngspice {theirs}; of {unique} unique solutions {agree} agree, the others are confirmed or do not balance. {unbalanced} points of ngspice with SPICE's tolerances do not balance.");
        Assert.InRange(ours, theirs, int.MaxValue);
    }

    [Fact]
    [Trait("Kind", "property")]
    public void Ten_hard_circuits_hold_every_kind_of_element()
    {
        for (int seed = 0; seed < 500; seed += 10)
        {
            var kinds = new HashSet<Type>();
            for (int i = seed; i < seed + 10; i++)
            {
                Netlist netlist = HardCircuits.Draw(i).Netlist;
                kinds.UnionWith(netlist.Elements.Select(e => e.GetType()));
            }

            Type[] all =
            [
                typeof(Resistor), typeof(Capacitor), typeof(Inductor), typeof(VoltageSource), typeof(CurrentSource), typeof(VoltageControlledVoltageSource),
                typeof(VoltageControlledCurrentSource), typeof(CurrentControlledCurrentSource), typeof(CurrentControlledVoltageSource), typeof(BehaviouralSource),
                typeof(Diode), typeof(Mosfet), typeof(EkvMosfet), typeof(Memristor), typeof(SubcircuitCall),
            ];
            Assert.Equal([], all.Where(k => !kinds.Contains(k)));
        }
    }

    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData(9, "")]
    [InlineData(14, "")]
    [InlineData(9, "rf n9 n8 1meg\nrg n5 n3 10meg\n")]
    public void A_chain_of_symmetrical_inverters_at_half_supply_converges(int stages, string feedback)
    {
        string chain = string.Concat(Enumerable.Range(1, stages).Select(i => $"mp{i} n{i} n{i - 1} vdd vdd pm w=5u l=0.5u\nmn{i} n{i} n{i - 1} 0 0 nm w=2u l=0.5u\n"));
        string deck = $"t\nvdd vdd 0 1.8\nvin n0 0 0.9\n{chain}{feedback}.model nm nmos(vto=0.4 kp=200u lambda=0.05)\n.model pm pmos(vto=-0.4 kp=80u lambda=0.05)\n.op\n.dc vin 0 1.8 0.3\n";
        Netlist netlist = SpiceParser.Parse(deck, "t.cir").Netlist;

        foreach (EngineOptions options in new[] { EngineOptions.Default, EngineOptions.Tight })
        {
            IReadOnlyList<AnalysisResult> results = new NativeEngine().Solve(netlist, options).Analyses;
            var point = (OperatingPoint)results[0];
            var sweep = (DcSweepResult)results[1];

            // A gain of 70 a stage makes 2e-7 V of a rounding after five.
            for (int i = 1; feedback.Length == 0 && i <= 5; i++) Close.Numbers(0.9, point.NodeVolts[$"n{i}"], 1e-6, 0, $"n{i}");
            foreach (double volts in point.NodeVolts.Values) Assert.InRange(volts, 0, 1.8);
            Assert.Empty(sweep.LostPoints);
            Assert.Equal(7, sweep.Levels.Count);
            BalanceCheck.Check(netlist, options, point);
        }
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_sweep_that_loses_a_point_keeps_the_others_and_names_it()
    {
        // Between 1.2 and 1.7 V the source steps over the only balance.
        Netlist netlist = SpiceParser.Parse("t\nv1 a 0 0\nv2 c 0 0\nr1 a b 1k\nb1 b 0 i=v(a)>1.2 ? (v(a)<1.7 ? (v(b)>0.5+v(c) ? 1 : -1) : 1m) : 1m*v(b)\n.dc v1 0 3 0.5 v2 0 1 1\n", "t.cir").Netlist;

        var sweep = (DcSweepResult)new NativeEngine().Solve(netlist, EngineOptions.Default).Analyses[0];

        Assert.Equal([0, 0.5, 1, 2, 2.5, 3, 0, 0.5, 1, 2, 2.5, 3], sweep.Levels);
        Assert.Equal([0, 0.25, 0.5, 1, 1.5, 2, 0, 0.25, 0.5, 1, 1.5, 2], sweep.NodeVolts["b"].Select(v => Math.Round(v, 9)));
        Assert.Equal([(1.5, 0.0), (1.5, 1.0)], sweep.LostPoints.Select(l => (l.Level, l.OuterLevel!.Value)));
        Assert.All(sweep.LostPoints, l => Assert.Contains("worst node 'b'", l.Problem, StringComparison.Ordinal));
        Assert.Throws<ConvergenceException>(() => new NativeEngine().Solve(netlist with { Analyses = [new DcSweepAnalysis(new SourceSweep("v1", 1.3, 1.6, 0.1))] }, EngineOptions.Default));
    }

    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData("v1 a 0 4\nr1 a b 1k\nb1 b 0 i=1e-3*v(b)", ConvergenceAid.None)]
    [InlineData("v1 a 0 4\nr1 a b 1k\nb1 b 0 i=1e-3*sqrt(v(b))", ConvergenceAid.None)]
    [InlineData("v1 a 0 0.7142456763955978\nr1 a b 34445.187307241016\nb1 b 0 i=1e-3*tanh(v(b)*10)-1e-2*tanh(v(a)*161)\nr2 b c 625.7409298245134\nr3 c d 14997.633225940075\n"
        + "b2 c 0 i=0.008840126682684362*(v(c)/0.06685304092562434)*exp(1-v(c)/0.06685304092562434)+1e-14*(exp(min(v(c),5)/0.02585)-1)\n"
        + "b3 d 0 i=1e-3*tanh(v(d)*10)-1e-2*tanh(v(d)*6)", ConvergenceAid.PseudoTransient)]
    public void What_helped_is_told(string elements, ConvergenceAid aid)
    {
        Netlist netlist = SpiceParser.Parse($"t\n{elements}\n.op\n", "t.cir").Netlist;

        Assert.Equal(aid, new NativeEngine().Solve(netlist, EngineOptions.Default).Analyses[0].Aids & aid);
    }

    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData(3, ConvergenceAid.UndampedNewton)]
    [InlineData(4, ConvergenceAid.LimitedNewton)]
    [InlineData(70, ConvergenceAid.GminStepping)]
    [InlineData(2430, ConvergenceAid.SourceStepping)]
    public void Each_aid_solves_what_those_before_it_do_not(int seed, ConvergenceAid aid)
        => Assert.Equal(aid, new NativeEngine().Solve(RandomCircuits.Draw(seed).Netlist, EngineOptions.Default).Analyses[0].Aids);

    [Fact]
    [Trait("Kind", "property")]
    public void A_chain_of_gates_is_followed_from_its_input_on()
    {
        const int Stages = 300;
        string chain = string.Concat(Enumerable.Range(1, Stages).Select(i => $"mp{i} n{i} n{i - 1} vdd vdd mp w=5u l=0.18u\nmn{i} n{i} n{i - 1} 0 0 mn w=2u l=0.18u\n"));
        string deck = $"t\nvdd vdd 0 1.8\nvin n0 0 0\n{chain}.model mp pmos(vto=-0.45 kp=100u lambda=0.1)\n.model mn nmos(vto=0.45 kp=250u lambda=0.1)\n.op\n";

        var point = (OperatingPoint)new NativeEngine().Solve(SpiceParser.Parse(deck, "t.cir").Netlist, EngineOptions.Default).Analyses[0];

        // All of it at once moves one more gate in each iteration.
        Assert.InRange(point.Iterations, 1, 10);
        Assert.Equal(ConvergenceAid.None, point.Aids);
        for (int i = 1; i <= Stages; i++) Close.Numbers(i % 2 == 1 ? 1.8 : 0, point.NodeVolts[$"n{i}"], 1e-6);
    }

    private void Confirm(NgspiceEngine engine, RandomCircuit circuit, OperatingPoint mine, OperatingPoint reference, int seed)
    {
        output.WriteLine(FormattableString.Invariant($"seed {seed}, {circuit.Kind}: ngspice found a point {Distance(reference, mine):G4} V away"));
        RandomCircuit begun = circuit with { Netlist = circuit.Netlist with { GuessedVolts = mine.NodeVolts } };
        OperatingPoint? confirmed = Solve(engine, begun, Comparison, seed);
        Assert.True(confirmed is not null && Distance(confirmed, mine) <= Bound, $"Seed {seed}, {circuit.Kind}: ngspice leaves the solution when it begins there.");
    }

    private OperatingPoint? Solve(ICircuitEngine engine, RandomCircuit circuit, EngineOptions options, int seed)
    {
        try
        {
            return (OperatingPoint)engine.Solve(circuit.Netlist, options).Analyses[0];
        }
        catch (Exception e) when (e is ConvergenceException or SingularSystemException or EngineException)
        {
            output.WriteLine($"seed {seed}, {circuit.Kind}: {e.Message}");
            return null;
        }
    }

    private static double Distance(OperatingPoint a, OperatingPoint b) => a.NodeVolts.Max(n => Math.Abs(n.Value - b.NodeVolts[n.Key]));

    private static bool Balances(RandomCircuit circuit, OperatingPoint point)
    {
        try
        {
            // A thousandth of the currents, which is SPICE's own reltol; the check takes a thousandth of what it is given.
            BalanceCheck.Check(circuit.Netlist, Comparison with { RelativeTolerance = 1, CurrentToleranceAmps = 1e-9, MinimumConductanceSiemens = 1e-12 }, point);
            return true;
        }
        catch (XunitException)
        {
            return false;
        }
    }

    private static int Count() => Count("CIRCUITSIM_RANDOM_CIRCUITS", Slice);

    private static int Count(string variable, int otherwise)
        => int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.Integer, CultureInfo.InvariantCulture, out int value) ? value : otherwise;
}
