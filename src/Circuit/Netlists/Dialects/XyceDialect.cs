using CircuitSim.Circuit.Expressions;

namespace CircuitSim.Circuit.Netlists.Dialects;

/// <summary>Xyce, by its Reference Guide (Sandia National Laboratories; sections are named where a rule is used).</summary>
internal sealed class XyceDialect : SpiceDialect
{
    // ".OPTIONS": Newton's tolerances stand in NONLIN, where one ABSTOL bounds voltages and currents alike, its number of steps is MAXSTEP,
    // and gmin is one of DEVICE.
    private static readonly Dictionary<string, string> Nonlinear = new() { ["reltol"] = "reltol", ["vntol"] = "abstol", ["itl1"] = "maxstep" };

    public override string Name => "xyce";

    public override string Simulator => "Xyce";

    public override string Extension => ".cir";

    public override string Manual => "Xyce Reference Guide";

    // "Expressions", table of operators: ** is the power, ^ is an exclusive or, & and | are and and or; table of arithmetic functions: LN is natural, LOG is not.
    internal override ExpressionSyntax Expressions { get; } = new() { Simulator = "Xyce", Power = "**", Logic = ("&", "|") };

    public override string Command(string file) => $"Xyce {file}";

    internal override IEnumerable<string> Options(Netlist netlist)
    {
        string gmin = netlist.Options.TryGetValue("gmin", out string? value) ? $" gmin={value}" : "";
        yield return $".options device temp=27{gmin}";
        Netlist rest = netlist with { Options = netlist.Options.Where(o => o.Key != "gmin").ToDictionary() };
        foreach (string line in Renamed(rest, Nonlinear, words => ".options nonlin " + string.Join(' ', words))) yield return line;
    }

    // "B (Nonlinear Dependent Source)": I={expression}, braces required.
    internal override string Source(string name, string plus, string minus, bool isVoltage, string expression) =>
        $"{(name[0] == 'b' ? "" : "b")}{name} {plus} {minus} {(isVoltage ? "v" : "i")}={{{expression}}}";

    // ".PRINT": what a run writes, as one comma-separated table beside the deck; V(*) is every node. ".OP": results go through .PRINT DC.
    internal override IEnumerable<string> Saved(Netlist netlist) => netlist.Analyses.Select(Kind).Distinct().SelectMany(kind => Wrapped(
        $".print {kind} format=csv width=26 precision=17", netlist.SavedVectors.Count > 0 ? netlist.SavedVectors : ["v(*)"]));

    // ".OP": beside another analysis it is none of its own; a deck holds one analysis, and .PRINT lines go with it.
    internal override IEnumerable<string> Analysis(Analysis analysis, int index) =>
        index == 0 ? base.Analysis(analysis, index) : throw Unsupported("more than one analysis in a deck");

    private static string Kind(Analysis analysis) => analysis switch
    {
        TransientAnalysis => "tran",
        AcAnalysis => "ac",
        _ => "dc",
    };
}
