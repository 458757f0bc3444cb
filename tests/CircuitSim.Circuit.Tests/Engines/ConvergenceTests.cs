using System.Globalization;
using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Engines.Native;
using CircuitSim.Circuit.Engines.Ngspice;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;
using CircuitSim.TestSupport;
using Xunit.Abstractions;

namespace CircuitSim.Circuit.Tests.Engines;

public sealed class ConvergenceTests(ITestOutputHelper output)
{
    // The slice that every run takes; CIRCUITSIM_RANDOM_CIRCUITS=200 is the whole comparison.
    private const int Slice = 40;

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

    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData("v1 a 0 4\nr1 a b 1k\nb1 b 0 i=1e-3*v(b)", ConvergenceAid.None)]
    [InlineData("v1 a 0 4\nr1 a b 1k\nb1 b 0 i=1e-3*sqrt(v(b))", ConvergenceAid.UndampedNewton)]
    [InlineData("v1 a 0 0.7142456763955978\nr1 a b 34445.187307241016\nb1 b 0 i=1e-3*tanh(v(b)*10)-1e-2*tanh(v(a)*161)\nr2 b c 625.7409298245134\nr3 c d 14997.633225940075\n"
        + "b2 c 0 i=0.008840126682684362*(v(c)/0.06685304092562434)*exp(1-v(c)/0.06685304092562434)+1e-14*(exp(min(v(c),5)/0.02585)-1)\n"
        + "b3 d 0 i=1e-3*tanh(v(d)*10)-1e-2*tanh(v(d)*6)", ConvergenceAid.PseudoTransient)]
    public void What_helped_is_told(string elements, ConvergenceAid aid)
    {
        Netlist netlist = SpiceParser.Parse($"t\n{elements}\n.op\n", "t.cir").Netlist;

        Assert.Equal(aid, new NativeEngine().Solve(netlist, EngineOptions.Default).Analyses[0].Aids & aid);
    }

    [Fact]
    [Trait("Kind", "closed form")]
    public void Source_stepping_solves_what_gmin_stepping_does_not()
        => Assert.Equal(ConvergenceAid.SourceStepping, new NativeEngine().Solve(RandomCircuits.Draw(2430).Netlist, EngineOptions.Default).Analyses[0].Aids);

    [Fact]
    [Trait("Kind", "closed form")]
    public void Gmin_stepping_is_told()
        => Assert.Equal(ConvergenceAid.GminStepping, new NativeEngine().Solve(RandomCircuits.Draw(4).Netlist, EngineOptions.Default).Analyses[0].Aids);

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
        catch (Exception e) when (e is ConvergenceException or EngineException)
        {
            output.WriteLine($"seed {seed}, {circuit.Kind}: {e.Message}");
            return null;
        }
    }

    private static double Distance(OperatingPoint a, OperatingPoint b) => a.NodeVolts.Max(n => Math.Abs(n.Value - b.NodeVolts[n.Key]));

    private static int Count()
        => int.TryParse(Environment.GetEnvironmentVariable("CIRCUITSIM_RANDOM_CIRCUITS"), NumberStyles.Integer, CultureInfo.InvariantCulture, out int value) ? value : Slice;
}
