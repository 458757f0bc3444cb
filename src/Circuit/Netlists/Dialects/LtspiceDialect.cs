using CircuitSim.Circuit.Expressions;

namespace CircuitSim.Circuit.Netlists.Dialects;

/// <summary>LTspice, by its help (Analog Devices; pages are named where a rule is used).</summary>
internal sealed class LtspiceDialect : SpiceDialect
{
    private static readonly Dictionary<string, string> Known = new[] { "abstol", "gmin", "itl1", "reltol", "vntol" }.ToDictionary(n => n);

    public override string Name => "ltspice";

    public override string Simulator => "LTspice";

    public override string Extension => ".cir";

    public override string Manual => "LTspice help";

    // "B. Arbitrary Behavioral Voltage or Current Sources": ** is the power, ^ is an exclusive or, & and | are and and or, if(x,y,z) chooses.
    internal override ExpressionSyntax Expressions { get; } = new() { Simulator = "LTspice", Power = "**", Logic = ("&", "|"), HasIfFunction = true };

    public override string Command(string file) => $"LTspice -b {file}";

    // ".OPTIONS": more than 6 digits of numdgt mean double precision; plotwinsize=0 keeps every point.
    internal override IEnumerable<string> Options(Netlist netlist) =>
        Renamed(netlist, Known, words => $".options {string.Join(' ', words)} numdgt=15 measdgt=15 plotwinsize=0").Prepend(".temp 27");

    // "B. Arbitrary Behavioral Voltage or Current Sources": I=<expression>.
    internal override string Source(string name, string plus, string minus, bool isVoltage, string expression) =>
        $"{(name[0] == 'b' ? "" : "b")}{name} {plus} {minus} {(isVoltage ? "v" : "i")}={expression}";

    // ".MEASURE": a WHEN has a TD, but no FROM and TO.
    internal override IEnumerable<string> Measure(Measure measure) => base.Measure(FirstCrossing(measure));
}
