using System.Globalization;
using System.Text;
using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Engines.Native;
using CircuitSim.Circuit.Engines.Ngspice;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;
using CircuitSim.Circuit.Networks;
using CircuitSim.TestSupport;

namespace CircuitSim.Circuit.Tests.Engines;

public sealed class NgspiceEngineTests
{
    // ngspice stops at reltol 1e-12; 1e-9 V is the agreement that the project promises, and a nanovolt across 1 ohm is a nanoampere.
    private const double Nanovolt = 1e-9;

    private static readonly EngineOptions Tight = EngineOptions.Tight with { Timeout = TimeSpan.FromMinutes(1) };

    [SkippableTheory]
    [Trait("Kind", "peer")]
    [InlineData("ekv-sym", 4, 0.004, 0)]
    [InlineData("ekv-sym", 3, -0.01, 0.9e6)]
    [InlineData("ekv-phax90", 4, -0.0268, 0.5e6)]
    public void Both_engines_agree_on_inverter_chains(string inverter, int stages, double inputVolts, double loadOhms)
        => Agree(TestCircuits.InverterChain(InverterModel.Find(inverter)!, stages, inputVolts, loadOhms));

    [SkippableFact]
    [Trait("Kind", "peer")]
    public void Both_engines_agree_on_a_crossbar_with_wires() => Agree(TestCircuits.Crossbar(16, 16, 2.5, seed: 3));

    [SkippableFact]
    [Trait("Kind", "peer")]
    public void Both_engines_agree_on_a_ladder()
    {
        var elements = new List<Element> { new VoltageSource("v1", "n0", "0", 1) };
        for (int i = 0; i < 1000; i++)
        {
            elements.Add(new Resistor($"rs{i}", $"n{i}", $"n{i + 1}", 1 + i % 7));
            elements.Add(new Resistor($"rp{i}", $"n{i + 1}", "0", 1e5 * (1 + i % 3)));
        }

        Agree(new Netlist { Title = "Ladder", Elements = elements });
    }

    [SkippableFact]
    [Trait("Kind", "peer")]
    public void Both_engines_agree_on_behavioural_sources()
        => Agree(SpiceParser.Parse("""
            Behavioural
            v1 a 0 0.7
            vs a b 0
            r1 b c 1k
            b1 c 0 i=1.23456789012345e-4*tanh(v(c)/0.3)+1e-5*v(c)^3
            b2 d 0 v=2*v(c)+1k*i(vs)
            r2 d 0 1k
            r3 d e 1k
            b3 e 0 i=v(e)>0.1 ? 1e-3*(v(e)-0.1)+1e-4*v(e) : 1e-4*v(e)
            x1 d f sub
            .subckt sub p q
            b1 q 0 v=sqrt(1+v(p)^2)+min(v(p),0.2)*log10(3+abs(v(p)))
            r1 q p 1k
            .ends
            .op
            .end
            """, "behavioural.cir").Netlist);

    [SkippableTheory]
    [Trait("Kind", "peer")]
    [InlineData("diode", "v1 a 0 5\nr1 a b 1k\nd1 b 0 dm\nd2 0 b dm 2\nd3 c b dz\nr2 c 0 10k\n.model dm d(is=1e-14 n=1.5 rs=10)\n.model dz d(is=1e-15 bv=5.1 ibv=1m)\n.op\n.dc v1 -10 10 0.5")]
    [InlineData("mosfet", "vdd vdd 0 3\nvin in 0 1.2 ac 1\nm1 out in 0 0 mn w=10u l=1u ad=20p as=20p pd=14u ps=14u\nm2 out in vdd vdd mp w=20u l=1u\nm3 s in out 0 mn w=5u l=1u\nr1 s 0 100k\nr2 vdd out 1meg\n.model mn nmos(vto=0.7 kp=110u gamma=0.4 phi=0.65 lambda=0.04 cj=0.4m mj=0.45 cjsw=0.2n mjsw=0.3 pb=0.9 cgso=0.2n cgdo=0.2n cgbo=0.1n rd=10 rs=5 js=1e-6)\n.model mp pmos(vto=-0.8 kp=40u gamma=0.5 lambda=0.05)\n.op\n.dc vin 0 3 0.1\n.ac dec 5 1k 10g")]
    [InlineData("controlled", "v1 a 0 1 ac 2 30\nr1 a b 1k\nc1 b 0 1n\nl1 b c 1m\nr2 c 0 50\ne1 d 0 b 0 3\nr3 d 0 1k\nf1 0 e v1 2\nr4 e 0 100\nh1 f 0 v1 500\nr5 f 0 1k\ng1 0 g c 0 1m\nr6 g 0 2k\ni1 0 g 1m ac 1m\n.op\n.ac dec 10 100 10meg\n.dc v1 0 1 0.25 i1 0 1m 0.5m")]
    [InlineData("expressions", "v1 a 0 0.4\ne1 b 0 vol='1.2345678901234567*v(a)+tanh(v(a))'\nr1 b c 1k\ng1 c 0 value={1m*pwr(v(c),3)+v(c)/2k}\ng2 0 d cur='1e-4*i(e1)/1e-3'\nr2 d 0 1k\n.op\n.dc v1 -1 1 0.25")]
    [InlineData("pulse", "v1 a 0 pulse(0 1 1u 0.2u 0.3u 2u 6u)\nr1 a b 1k\nc1 b 0 0.5n\nl1 b c 100u\nr2 c 0 300\n.tran 20n 12u 0 20n")]
    [InlineData("sine", "v1 a 0 sin(0 2 100k 1u 1e4 30)\nd1 a b dm\nr1 b 0 1k\nc1 b 0 10n\n.model dm d(is=1e-14 cjo=1p tt=1n)\n.tran 50n 40u 0 50n")]
    [InlineData("exponential", "i1 0 a exp(0 1m 1u 0.5u 5u 1u)\nr1 a 0 1k\nc1 a 0 0.2n ic=0.3\nv2 d 0 pwl(0 0 2u 1 3u -1 8u 0.5)\nr2 d e 10k\nc2 e 0 0.1n\n.tran 20n 10u 0 20n uic")]
    [InlineData("inverter", "vdd vdd 0 2\nvin in 0 pulse(0 2 1n 0.1n 0.1n 4n 10n)\nm1 out in 0 0 mn w=2u l=0.5u\nm2 out in vdd vdd mp w=4u l=0.5u\nc1 out 0 20f\n.model mn nmos(vto=0.5 kp=200u lambda=0.1 cgso=0.3n cgdo=0.3n cbd=2f cbs=2f)\n.model mp pmos(vto=-0.5 kp=80u lambda=0.1 cgso=0.3n cgdo=0.3n)\n.tran 10p 20n 0 10p")]
    [InlineData("oxide", "vdd vdd 0 2\nvin in 0 pulse(0 2 1n 0.1n 0.1n 4n 10n)\nm1 out in 0 0 mn w=20u l=1u\nm2 out in vdd vdd mp w=40u l=1u\nm3 o2 out 0 0 mn w=40u l=1u\nm4 o2 out vdd vdd mp w=80u l=1u\nc1 o2 0 50f\n.model mn nmos(vto=0.5 tox=10n uo=500 lambda=0.1 gamma=0.3 cgso=0.3n cbd=2f cbs=2f)\n.model mp pmos(vto=-0.5 tox=10n kp=80u lambda=0.1 cgdo=0.3n)\n.tran 10p 20n 0 10p")]
    [InlineData("pass gate", "vg g 0 pulse(0 3 1n 1n 1n 5n 12n)\nvin in 0 sin(0.6 0.5 100meg)\nr1 in a 1k\nm1 a g b 0 mn w=10u l=1u\nm2 b g c 0 mn w=20u l=2u\nr2 c 0 20k\nc1 a 0 10f\nc2 b 0 20f\nc3 c 0 10f\n.model mn nmos(vto=0.6 tox=15n gamma=0.5 phi=0.7)\n.tran 10p 24n 0 10p")]
    [InlineData("gear", "v1 a 0 pulse(0 1 1u 0.2u 0.3u 2u 6u)\nr1 a b 1k\nc1 b 0 0.5n\n.options method=gear\n.tran 10n 12u 0 10n")]
    [InlineData("ic", "v1 a 0 1\nr1 a b 1k\nc1 b 0 1n\n.ic v(b)=0.25\n.tran 10n 5u 0 10n")]
    public void Both_engines_agree_on(string title, string body) => Agree(SpiceParser.Parse($"{title}\n{body}\n", title).Netlist, Tight, 2 * Nanovolt);

    [SkippableFact]
    [Trait("Kind", "peer")]
    public void Both_engines_agree_on_gate_capacitances_at_any_bias()
    {
        var deck = new StringBuilder("bias\n.model m0 nmos(vto=0.6 tox=10n gamma=0.4 phi=0.7 lambda=0.03 cgso=0.2n)\n.model m1 pmos(vto=-0.7 tox=20n phi=0.65 ld=0.1u)\n");
        var random = new Random(7);
        for (int i = 0; i < 60; i++)
        {
            double sign = i % 2 == 0 ? 1 : -1;
            // Gates through the whole range from accumulation to the triode region, drains on both sides of the source.
            deck.Append(CultureInfo.InvariantCulture, $"vd{i} d{i} 0 {sign * (4 * random.NextDouble() - 1):R}\nvs{i} s{i} 0 {sign * random.NextDouble():R}\n");
            deck.Append(CultureInfo.InvariantCulture, $"vg{i} h{i} 0 {sign * (5 * random.NextDouble() - 1):R} ac 1\nvb{i} b{i} 0 {-sign * 1.1 * random.NextDouble():R}\n");
            deck.Append(CultureInfo.InvariantCulture, $"rg{i} h{i} g{i} 1meg\nm{i} d{i} g{i} s{i} b{i} m{i % 2} w=10u l=2u\n");
        }

        deck.Append(".ac dec 2 100k 10meg\n");
        Agree(SpiceParser.Parse(deck.ToString(), "bias.cir").Netlist, Tight, 2 * Nanovolt);
    }

    [SkippableFact]
    [Trait("Kind", "peer")]
    public void A_deck_of_two_thousand_nodes_runs() => Agree(TestCircuits.Crossbar(32, 31, 1, seed: 9));

    [SkippableFact]
    [Trait("Kind", "peer")]
    public void A_written_deck_runs_unchanged_from_disk()
    {
        NgspiceEngine engine = Find();
        Netlist netlist = TestCircuits.InverterChain(InverterModel.EkvSym, 2, 0.01, 0.9e6);
        netlist = netlist with { Options = new Dictionary<string, string> { ["reltol"] = "1e-12", ["vntol"] = "1e-15", ["abstol"] = "1e-21", ["gmin"] = "1e-21", ["itl1"] = "2000" } };
        DirectoryInfo folder = Directory.CreateTempSubdirectory("circuitsim-test-");
        try
        {
            string path = Path.Combine(folder.FullName, "deck.cir");
            File.WriteAllText(path, SpiceWriter.ToText(netlist));

            EngineResult theirs = engine.SolveDeckFile(path, EngineOptions.Default);

            Agreement.Check(Assert.Single(theirs.Analyses), new NativeEngine().Solve(netlist, EngineOptions.Tight).Analyses[0], Nanovolt);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [SkippableFact]
    [Trait("Kind", "closed form")]
    public void A_run_leaves_nothing_in_the_work_folder()
    {
        Ngspice.SkipUnlessInstalled();
        DirectoryInfo folder = Directory.CreateTempSubdirectory("circuitsim-test-");
        try
        {
            NgspiceEngine engine = NgspiceEngine.TryFind(Environment.GetEnvironmentVariable("PATH"), folder.FullName)!;

            engine.Solve(TestCircuits.Crossbar(2, 2, 1, seed: 1), EngineOptions.Default);

            Assert.Empty(folder.EnumerateFileSystemInfos());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [SkippableFact]
    [Trait("Kind", "closed form")]
    public void A_failed_run_is_an_error_that_quotes_the_program()
    {
        NgspiceEngine engine = Find();
        Netlist netlist = SpiceParser.Parse("t\nv1 a 0 1\nb1 b 0 v=sqrt(-v(a))\nr1 b 0 1\n.op\n", "t.cir").Netlist;

        var error = Assert.Throws<EngineException>(() => engine.Solve(netlist, EngineOptions.Default));

        Assert.StartsWith("ngspice", error.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    [Trait("Kind", "closed form")]
    public void A_time_limit_and_a_cancellation_end_the_program()
    {
        NgspiceEngine engine = Find();
        Netlist netlist = TestCircuits.Crossbar(48, 48, 1, seed: 2);
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(150));

        Assert.Throws<EngineException>(() => engine.Solve(netlist, EngineOptions.Tight with { Timeout = TimeSpan.FromMilliseconds(100) }));
        Assert.Throws<OperationCanceledException>(() => engine.Solve(netlist, EngineOptions.Tight, source.Token));
    }

    [SkippableFact]
    [Trait("Kind", "closed form")]
    public void The_version_is_told() => Assert.StartsWith("ngspice-", Find().Version, StringComparison.Ordinal);

    [Fact]
    [Trait("Kind", "closed form")]
    public void A_missing_program_is_no_engine()
    {
        Assert.Null(NgspiceEngine.TryFind(null));
        Assert.Null(NgspiceEngine.TryFind("no-such-folder"));
        Assert.Throws<EngineException>(() => new NgspiceEngine("no-such-program").Version);
    }

    private static NgspiceEngine Find()
    {
        Ngspice.SkipUnlessInstalled();
        return NgspiceEngine.TryFind(Environment.GetEnvironmentVariable("PATH"))!;
    }

    private static void Agree(Netlist netlist) => Agree(netlist, Tight, Nanovolt);

    private static void Agree(Netlist netlist, EngineOptions options, double absolute)
    {
        NgspiceEngine engine = Find();

        EngineResult ours = new NativeEngine().Solve(netlist, options);
        EngineResult theirs = engine.Solve(netlist, options);

        Assert.Equal(theirs.Analyses.Count, ours.Analyses.Count);
        for (int i = 0; i < ours.Analyses.Count; i++) Agreement.Check(theirs.Analyses[i], ours.Analyses[i], absolute);
    }
}
