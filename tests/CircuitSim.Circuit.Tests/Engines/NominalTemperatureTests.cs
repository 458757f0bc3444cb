using System.Numerics;
using CircuitSim.Circuit.Engines;
using CircuitSim.Circuit.Engines.Native;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Netlists;
using CircuitSim.TestSupport;

namespace CircuitSim.Circuit.Tests.Engines;

/// <summary>Models that were measured at another temperature than 27 °C; expected numbers are ngspice 39.3's (ngspice -b, numdgt=9).</summary>
public sealed class NominalTemperatureTests
{
    // The native engine stops at rounding; ngspice at its default reltol of 1e-3 in voltages, whose currents it prints to nine digits at sources that fix them.
    private const double Printed = 1e-5;

    [Theory]
    [Trait("Kind", "peer")]
    [InlineData("i1 0 a 1m\nd1 a 0 dm\n.model dm d is=1e-14 n=1 tnom=50\n.op", "a", 0.739851)]
    [InlineData("i1 0 a 1m\nd1 a 0 dm\n.model dm d(is=1e-14 n=1 eg=1.11 xti=3)\n.op", "a", 0.655118)]
    [InlineData("i1 0 a 1m\nd1 a 0 dm\n.model dm d(is=1e-14 n=1 eg=0.69 xti=2 trs1=1m tm1=1m)\n.op", "a", 0.655118)]
    [InlineData(".model nm nmos (level=1 vto=0.45 kp=120u gamma=0.4 phi=0.8 lambda=0.05 tnom=85)\n.model pm pmos (level=1 vto=-0.45 kp=40u gamma=0.4 phi=0.8 lambda=0.05 tnom=85)\n"
        + "vdd vdd 0 1.2\nvin in 0 0.55\nmp a in vdd vdd pm w=2u l=0.5u\nmn a in 0 0 nm w=1u l=0.5u\nrl a 0 1meg\n.op", "a", 1.12255)]
    public void Operating_points_agree(string body, string node, double expected)
        => Close.Numbers(expected, ((OperatingPoint)Solve(body)).NodeVolts[node], 0, Printed);

    [Theory]
    [Trait("Kind", "peer")]
    [InlineData("vd d 0 1.5\nvg g 0 1.2\nvb b 0 -0.5\nm1 d g 0 b nm w=10u l=2u\n.model nm nmos(tox=20n nsub=1e16 uo=500 lambda=0.02 tnom=85)\n.op", "vd", -2.40160542e-04)]
    [InlineData("vd d 0 0.2\nvg g 0 0.3\nvs s 0 1.8\nmp d g s s pm w=10u l=2u\n.model pm pmos(tox=20n nsub=2e16 uo=200 nss=1e10 tpg=1 lambda=0.02 tnom=-10)\n.op", "vd", 1.495255793e-04)]
    [InlineData("vf f 0 -0.45\nmf f 0 0 0 nf w=10u l=2u\n.model nf nmos(vto=1 is=1e-14 cbd=1p pb=0.8 tnom=85)\n.op", "vf", 1.961224141e-10)]
    [InlineData("v2 b 0 0.3\nd2 b 0 dm\n.model dm d(is=1e-14 n=1.2 eg=0.9 xti=2 tnom=60)\n.op", "v2", -7.79513546e-12)]
    public void Currents_agree_to_all_printed_digits(string body, string source, double expected)
        // Nine digits are printed.
        => Close.Numbers(expected, ((OperatingPoint)Solve(body)).BranchAmps[source], 0, 1e-8);

    [Theory]
    [Trait("Kind", "peer")]
    [InlineData("v1 a 0 dc -1 ac 1\nd1 a 0 dm\n.model dm d(is=1e-14 n=1.2 eg=0.9 xti=2 cjo=2p vj=0.75 m=0.4 fc=0.5 tnom=60)", "v1", -8.81434681e-06)]
    [InlineData("v1 a 0 dc 0.3 ac 1\nd1 a 0 dm\n.model dm d(is=1e-14 n=1.2 eg=0.9 xti=2 cjo=2p vj=0.75 m=0.4 fc=0.5 tnom=60)", "v1", -1.46921431e-05)]
    [InlineData("v1 d 0 dc 1 ac 1\nm1 d 0 0 0 nm w=10u l=2u ad=40p as=40p pd=20u ps=20u\n.model nm nmos(vto=1 cj=2e-4 cjsw=1e-9 mj=0.5 mjsw=0.33 pb=0.8 tnom=85)", "v1", -1.26827877e-07)]
    public void Junction_capacitances_agree(string body, string source, double expected)
    {
        var ac = (AcResult)Solve(body + "\n.ac lin 1 1meg 1meg");

        Complex amps = Assert.Single(ac.BranchAmps[source]);
        // Nine digits are printed.
        Close.Numbers(expected, amps.Imaginary, 0, 1e-8);
    }

    [Theory]
    [Trait("Kind", "closed form")]
    [InlineData("d1 a 0 dm\n.model dm d(tnom=-300)", "above -273.15")]
    [InlineData("d1 a 0 dm\n.model dm d(tnom=50 trs1=1m)", "'trs1'")]
    [InlineData("d1 a 0 dm\n.model dm d(vj=0.01 tnom=-150)", "above 0 at 27")]
    public void What_has_no_meaning_at_27_degrees_is_refused(string body, string expected)
        => Assert.Contains(expected, Assert.Throws<DeckSyntaxException>(() => Solve(body + "\nv1 a 0 1")).Message, StringComparison.Ordinal);

    [Fact]
    [Trait("Kind", "closed form")]
    public void The_deck_s_gmin_holds_with_tight_tolerances_too()
    {
        var point = (OperatingPoint)Solve("v1 a 0 -1\nd1 a 0 dm\n.model dm d(is=1e-30)\n.options gmin=1e-9\n.op");

        // A reverse junction carries its saturation current, nothing here, and gmin.
        Close.Numbers(1e-9, point.BranchAmps["v1"], 0, 1e-12);
    }

    private static AnalysisResult Solve(string body) => new NativeEngine().Solve(SpiceParser.Parse($"t\n.options gmin=1e-12\n{body}\n", "t.cir").Netlist, EngineOptions.Tight).Analyses[0];
}
