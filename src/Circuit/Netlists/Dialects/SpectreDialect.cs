using System.Globalization;
using CircuitSim.Circuit.Expressions;
using CircuitSim.Circuit.Netlists.Waveforms;

namespace CircuitSim.Circuit.Netlists.Dialects;

/// <summary>Spectre's own language, by its reference (Cadence, Spectre Circuit Simulator Reference and Components and Device Models Reference 23.1).</summary>
internal sealed class SpectreDialect : SpiceDialect
{
    private static readonly Dictionary<string, string> Known = new()
    {
        ["abstol"] = "iabstol",
        ["gmin"] = "gmin",
        ["reltol"] = "reltol",
        ["vntol"] = "vabstol",
    };

    public override string Name => "spectre";

    public override string Simulator => "Spectre";

    public override string Extension => ".scs";

    public override string Manual => "Spectre Circuit Simulator Reference 23.1";

    // "Expressions": log is natural, pow(x,y) the power. "bsource": i("instance:port") is a branch current, ports from 1.
    internal override ExpressionSyntax Expressions { get; } =
        new() { Simulator = "Spectre", Power = null, NaturalLogarithm = "log", SourceName = name => $"\"{name}:1\"" };

    internal override IEnumerable<string> End => [];

    public override string Command(string file) => $"spectre {file}";

    // "Netlist": // begins a comment.
    internal override IEnumerable<string> Begin(string title) => ["// " + title, "simulator lang=spectre", "global 0"];

    internal override string Comment(string text) => "// " + text;

    internal override string Parameter(string name, double value) => $"parameters {name}={SpiceNumber.Format(value)}";

    // "options": reltol, vabstol, iabstol, gmin, temp, tnom.
    internal override IEnumerable<string> Options(Netlist netlist) =>
    [
        .. Renamed(netlist, Known, words => $"tolerances options {string.Join(' ', words)}"),
        "temperature options temp=27 tnom=27",
    ];

    internal override IEnumerable<string> Global(IReadOnlyList<string> nodes) => [$"global 0 {string.Join(' ', nodes)}"];

    // "Netlist": SPICE statements stand between changes of the language.
    internal override IEnumerable<string> Model(string name, string text) => InSpice([$".model {name} {text}"]);

    internal override IEnumerable<string> Verbatim(IReadOnlyList<string> lines) => lines.Count == 0 ? [] : InSpice(lines);

    internal override string BeginSubcircuit(string name, IEnumerable<string> ports) => $"subckt {name} ({string.Join(' ', ports)})";

    internal override string EndSubcircuit(string name) => $"ends {name}";

    // "Components": name (nodes) type parameters.
    internal override IEnumerable<string> Element(Element element)
    {
        string head = $"{element.Name} ({string.Join(' ', element.Nodes)})";
        return element switch
        {
            Resistor r => [$"{head} resistor r={SpiceNumber.Format(r.Ohms)}"],
            VoltageSource v => [$"{head} vsource {Value(v.Name, v.Value)}"],
            CurrentSource i => [$"{head} isource {Value(i.Name, i.Value)}"],
            Capacitor c => [$"{head} capacitor c={SpiceNumber.Format(c.Farads)}{Initial(c.InitialVolts)}"],
            Inductor l => [$"{head} inductor l={SpiceNumber.Format(l.Henries)}{Initial(l.InitialAmps)}"],
            VoltageControlledVoltageSource e => [$"{head} vcvs gain={SpiceNumber.Format(e.Gain)}"],
            VoltageControlledCurrentSource g => [$"{head} vccs gm={SpiceNumber.Format(g.Gain)}"],
            CurrentControlledCurrentSource f => [$"{head} cccs probe={f.Control} gain={SpiceNumber.Format(f.Gain)}"],
            CurrentControlledVoltageSource h => [$"{head} ccvs probe={h.Control} rm={SpiceNumber.Format(h.Gain)}"],
            SubcircuitCall x => [$"{head} {x.Subcircuit}"],
            _ => InSpice(base.Element(element)),
        };
    }

    // "bsource": i=expression, v=expression.
    internal override string Source(string name, string plus, string minus, bool isVoltage, string expression) =>
        $"{name} ({plus} {minus}) bsource {(isVoltage ? "v" : "i")}={expression}";

    // "ic", "nodeset": node=value.
    internal override IEnumerable<string> InitialVolts(IReadOnlyDictionary<string, double> volts) => Volts("ic", volts);

    internal override IEnumerable<string> GuessedVolts(IReadOnlyDictionary<string, double> volts) => Volts("nodeset", volts);

    // "dc", "tran", "ac": each analysis has a name of its own.
    internal override IEnumerable<string> Analysis(Analysis analysis, int index)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"analysis{index + 1}");
        yield return analysis switch
        {
            OperatingPointAnalysis => $"{name} dc",
            DcSweepAnalysis { Outer: null, Inner: { } s } =>
                $"{name} dc dev={s.Source} param=dc start={SpiceNumber.Format(s.Start)} stop={SpiceNumber.Format(s.Stop)} step={SpiceNumber.Format(s.Step)}",
            TransientAnalysis t => $"{name} tran start=0 stop={SpiceNumber.Format(t.StopSeconds)} maxstep={SpiceNumber.Format(t.MaximumStepSeconds ?? t.StepSeconds)}"
                + (t.StartSeconds > 0 ? $" outputstart={SpiceNumber.Format(t.StartSeconds)}" : "") + (t.UsesInitialConditions ? " skipdc=yes" : "") + " errpreset=conservative",
            AcAnalysis a => string.Create(CultureInfo.InvariantCulture,
                $"{name} ac start={SpiceNumber.Format(a.StartHertz)} stop={SpiceNumber.Format(a.StopHertz)} {(a.Spacing == FrequencySpacing.Decade ? "dec" : a.Spacing == FrequencySpacing.Linear ? "lin" : throw Unsupported("a sweep by octaves"))}={a.PointCount}"),
            _ => throw Unsupported("a nested sweep"),
        };
    }

    // .MEASURE is a statement of SPICE, as HSPICE has it.
    internal override IEnumerable<string> Measure(Measure measure) => InSpice(base.Measure(FirstCrossing(measure)));

    // "save": nodes by name, currents as name:1.
    internal override IEnumerable<string> Saved(Netlist netlist) => netlist.SavedVectors.Count == 0
        ? ["saved options save=allpub"]
        : [$"save {string.Join(' ', netlist.SavedVectors.SelectMany(Signals).Distinct())}"];

    private static IEnumerable<string> Signals(string vector) =>
        vector[0] == 'i' ? [$"{vector[2..^1]}:1"] : vector[2..^1].Split(',').Where(n => n != Netlist.Ground);

    // "vsource": dc, mag, phase; type=pwl with a wave of times and values.
    private string Value(string name, SourceValue value)
    {
        var parts = new List<string> { $"dc={SpiceNumber.Format(value.AtDc)}" };
        if (value.AcMagnitude != 0) parts.Add($"mag={SpiceNumber.Format(value.AcMagnitude)} phase={SpiceNumber.Format(value.AcPhaseDegrees)}");
        if (value.Waveform is PiecewiseLinearWaveform wave)
            parts.Add($"type=pwl wave=[{string.Join(' ', wave.Points.Select(p => $"{SpiceNumber.Format(p.Seconds)} {SpiceNumber.Format(p.Value)}"))}]");
        else if (value.Waveform is not null) throw Unsupported($"the waveform {value.Waveform.DeckText} of {name}");
        return string.Join(' ', parts);
    }

    private static IEnumerable<string> InSpice(IEnumerable<string> lines) => ["simulator lang=spice", .. lines, "simulator lang=spectre"];

    private static string Initial(double? value) => value is { } v ? $" ic={SpiceNumber.Format(v)}" : "";

    private static string[] Volts(string head, IReadOnlyDictionary<string, double> volts) =>
        [$"{head} {string.Join(' ', volts.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => $"{v.Key}={SpiceNumber.Format(v.Value)}"))}"];
}
