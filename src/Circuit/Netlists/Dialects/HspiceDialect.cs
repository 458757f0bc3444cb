using System.Text;
using CircuitSim.Circuit.Expressions;

namespace CircuitSim.Circuit.Netlists.Dialects;

/// <summary>HSPICE, by its manuals (Star-Hspice Manual 2001.2, HSPICE Quick Reference Guide U-2003.09; sections are named where a rule is used).</summary>
internal sealed class HspiceDialect : SpiceDialect
{
    private const int LongestLine = 240;

    // "Control options": ABSV and RELV are voltages' tolerances, ABSI those of currents.
    private static readonly Dictionary<string, string> Known = new()
    {
        ["abstol"] = "absi",
        ["gmin"] = "gmindc",
        ["itl1"] = "itl1",
        ["reltol"] = "relv",
        ["vntol"] = "absv",
    };

    public override string Name => "hspice";

    public override string Simulator => "HSPICE";

    public override string Extension => ".sp";

    public override string Manual => "Star-Hspice Manual 2001.2";

    // "Using Algebraic Expressions", built-in functions: log is natural, and inverse hyperbolic functions are not listed.
    internal override ExpressionSyntax Expressions { get; } =
        new() { Simulator = "HSPICE", Power = "**", NaturalLogarithm = "log", Missing = ["acosh", "asinh", "atanh"] };

    // "Using Algebraic Expressions": constants within expressions are of single precision, parameters of double.
    internal override int ExpressionDigits => 7;

    public override string Command(string file) => $"hspice {file} -o {Path.GetFileNameWithoutExtension(file)}";

    // ".TEMP": the default is 25 degrees and not 27. INGOLD=2 and NUMDGT: exponents and digits of printed numbers.
    internal override IEnumerable<string> Options(Netlist netlist) =>
    [
        ".temp 27",
        .. Renamed(netlist, Known, words => ".option " + string.Join(' ', words)),
        ".option ingold=2 numdgt=10 measdgt=10 post=2",
    ];

    // "E Elements": VOL='equation'; "G Elements": CUR='equation'.
    internal override string Source(string name, string plus, string minus, bool isVoltage, string expression)
    {
        char letter = isVoltage ? 'e' : 'g';
        return $"{(name[0] == letter ? "" : letter.ToString())}{name} {plus} {minus} {(isVoltage ? "vol" : "cur")}='{expression}'";
    }

    // ".TRAN": a third number begins a second interval, so the start and the longest step have names.
    internal override IEnumerable<string> Analysis(Analysis analysis, int index)
    {
        if (analysis is not TransientAnalysis t) return base.Analysis(analysis, index);
        string statement = $".tran {SpiceNumber.Format(t.StepSeconds)} {SpiceNumber.Format(t.StopSeconds)} start={SpiceNumber.Format(t.StartSeconds)}{(t.UsesInitialConditions ? " uic" : "")}";
        return t.MaximumStepSeconds is { } maximum ? [statement, $".option delmax={SpiceNumber.Format(maximum)}"] : [statement];
    }

    // ".PRINT": by kind of analysis; an operating point is in the listing anyway.
    internal override IEnumerable<string> Saved(Netlist netlist) => netlist.SavedVectors.Count == 0
        ? []
        : netlist.Analyses.Where(a => a is not OperatingPointAnalysis)
            .SelectMany(a => Wrapped($".print {(a is TransientAnalysis ? "tran" : a is AcAnalysis ? "ac" : "dc")}", netlist.SavedVectors));

    // ".MEASURE", FIND and WHEN functions: a WHEN has a TD; FROM and TO belong to averages and the like.
    internal override IEnumerable<string> Measure(Measure measure) => base.Measure(FirstCrossing(measure));

    // "Input File": a line holds 1024 characters at most. A plus continues a statement; within quotes "Using Algebraic Expressions" wants two
    // backslashes at the end of the line.
    internal override IEnumerable<string> Fold(string line)
    {
        if (line.Length <= LongestLine || line.StartsWith('*')) return [line];

        var lines = new List<string>();
        var current = new StringBuilder();
        bool isQuoted = false;
        foreach (char c in line)
        {
            if (c == '\'') isQuoted = !isQuoted;
            bool mayBreak = current.Length >= LongestLine && (isQuoted ? c is '+' or '-' or '*' && current[^1] is ')' : c == ' ');
            if (mayBreak)
            {
                lines.Add(current + (isQuoted ? "\\\\" : ""));
                current.Clear().Append(isQuoted ? "" : "+");
            }

            current.Append(c);
        }

        lines.Add(current.ToString());
        return lines;
    }
}
