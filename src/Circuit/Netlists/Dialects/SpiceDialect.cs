using System.Globalization;
using CircuitSim.Circuit.Errors;
using CircuitSim.Circuit.Expressions;

namespace CircuitSim.Circuit.Netlists.Dialects;

/// <summary>How one simulator wants a deck to be written; <see cref="SpiceWriter"/> walks the netlist and asks it for each statement.</summary>
/// <remarks>
/// Only what ngspice is given is run here. The others follow their manuals, which each dialect names. Immutable and thread-safe.
/// </remarks>
public abstract class SpiceDialect
{
    private const int WrappedWords = 8;

    private protected SpiceDialect()
    {
    }

    /// <summary>ngspice: the dialect that is run and compared.</summary>
    public static SpiceDialect Ngspice { get; } = new NgspiceDialect();

    /// <summary>All dialects, ngspice first.</summary>
    public static IReadOnlyList<SpiceDialect> All { get; } = [Ngspice, new XyceDialect(), new LtspiceDialect(), new HspiceDialect(), new SpectreDialect()];

    /// <summary>Name in experiments, on the command line, and of the folder of decks, for example <c>xyce</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The simulator as it writes itself, for example <c>Xyce</c>.</summary>
    public abstract string Simulator { get; }

    /// <summary>Ending of a deck's file name, with its dot.</summary>
    public abstract string Extension { get; }

    /// <summary>Manual from which the rules were taken; null when decks are run here.</summary>
    public abstract string? Manual { get; }

    /// <summary>Finds a dialect.</summary>
    /// <param name="name">One of the <see cref="Name"/>s of <see cref="All"/>.</param>
    /// <returns>The dialect, or null when there is none of that name.</returns>
    public static SpiceDialect? Find(string name) => All.FirstOrDefault(d => d.Name == name);

    /// <summary>Command line that runs a deck.</summary>
    /// <param name="file">The deck.</param>
    /// <returns>The command line.</returns>
    public abstract string Command(string file);

    /// <summary>How expressions are written.</summary>
    internal abstract ExpressionSyntax Expressions { get; }

    /// <summary>Significant digits of a number within an expression that the simulator keeps; numbers that need more become parameters.</summary>
    internal virtual int ExpressionDigits => 17;

    /// <summary>First lines.</summary>
    internal virtual IEnumerable<string> Begin(string title) => [title];

    /// <summary>Last lines.</summary>
    internal virtual IEnumerable<string> End => [".end"];

    /// <summary>A comment line.</summary>
    internal virtual string Comment(string text) => "* " + text;

    /// <summary>A parameter.</summary>
    internal virtual string Parameter(string name, double value) => $".param {name}={SpiceNumber.Format(value)}";

    /// <summary>A parameter where an expression uses it.</summary>
    internal virtual string ParameterUse(string name) => name;

    /// <summary>Tolerances and temperature, by ngspice's names.</summary>
    internal abstract IEnumerable<string> Options(Netlist netlist);

    /// <summary>Nodes that have one name everywhere.</summary>
    internal virtual IEnumerable<string> Global(IReadOnlyList<string> nodes) => Wrapped(".global", nodes);

    /// <summary>A model card.</summary>
    internal virtual IEnumerable<string> Model(string name, string text) => [$".model {name} {text}"];

    /// <summary>Statements of the user's own, which are for a simulator that reads SPICE.</summary>
    internal virtual IEnumerable<string> Verbatim(IReadOnlyList<string> lines) => lines;

    /// <summary>First line of a subcircuit.</summary>
    internal virtual string BeginSubcircuit(string name, IEnumerable<string> ports) => $".subckt {name} {string.Join(' ', ports)}";

    /// <summary>Last line of a subcircuit.</summary>
    internal virtual string EndSubcircuit(string name) => ".ends";

    /// <summary>An element with plain values, as every SPICE reads it.</summary>
    internal virtual IEnumerable<string> Element(Element element)
    {
        string head = $"{element.Name} {string.Join(' ', element.Nodes)}";
        yield return element switch
        {
            Resistor r => $"{head} {SpiceNumber.Format(r.Ohms)}",
            VoltageSource v => $"{head} {Text(v.Value)}",
            CurrentSource i => $"{head} {Text(i.Value)}",
            Capacitor c => $"{head} {SpiceNumber.Format(c.Farads)}{InitialCondition(c.InitialVolts)}",
            Inductor l => $"{head} {SpiceNumber.Format(l.Henries)}{InitialCondition(l.InitialAmps)}",
            VoltageControlledVoltageSource e => $"{head} {SpiceNumber.Format(e.Gain)}",
            VoltageControlledCurrentSource g => $"{head} {SpiceNumber.Format(g.Gain)}",
            CurrentControlledCurrentSource f => $"{head} {ElementNames.ToNgspice(f.Control)} {SpiceNumber.Format(f.Gain)}",
            CurrentControlledVoltageSource h => $"{head} {ElementNames.ToNgspice(h.Control)} {SpiceNumber.Format(h.Gain)}",
            // ngspice 39 drops a model that only diodes with a bare area use.
            Diode d => $"{head} {d.Model.Name}{(d.Area == 1 ? "" : " area=" + SpiceNumber.Format(d.Area))}",
            Mosfet m => $"{head} {m.Model.Name}{ModelText.Geometry(m.Geometry)}",
            SubcircuitCall x => $"{head} {x.Subcircuit}",
            _ => throw new ArgumentException($"Element {element.Name} of type {element.GetType().Name} has no form in a deck.", nameof(element)),
        };
    }

    /// <summary>A source whose voltage or current is an expression.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="plus">Positive node.</param>
    /// <param name="minus">Negative node.</param>
    /// <param name="isVoltage">True for a voltage.</param>
    /// <param name="expression">The expression, in this dialect.</param>
    internal abstract string Source(string name, string plus, string minus, bool isVoltage, string expression);

    /// <summary>Voltages at time 0.</summary>
    internal virtual IEnumerable<string> InitialVolts(IReadOnlyDictionary<string, double> volts) => Volts(".ic", volts);

    /// <summary>Voltages from which an operating point is searched.</summary>
    internal virtual IEnumerable<string> GuessedVolts(IReadOnlyDictionary<string, double> volts) => Volts(".nodeset", volts);

    /// <summary>An analysis.</summary>
    internal virtual IEnumerable<string> Analysis(Analysis analysis, int index) => ["." + Command(analysis)];

    /// <summary>A number to take from a result.</summary>
    internal virtual IEnumerable<string> Measure(Measure measure) => [MeasureText.Write(measure)];

    /// <summary>What results hold.</summary>
    internal virtual IEnumerable<string> Saved(Netlist netlist) => netlist.SavedVectors.Count > 0 ? Wrapped(".save", netlist.SavedVectors.Select(v => v[0] == 'i' ? $"i({ElementNames.ToNgspice(v[2..^1])})" : v)) : [];

    /// <summary>A line in the pieces that the simulator takes.</summary>
    internal virtual IEnumerable<string> Fold(string line) => [line];

    /// <summary>An analysis as a command: its statement without the dot.</summary>
    internal static string Command(Analysis analysis) => analysis switch
    {
        OperatingPointAnalysis => "op",
        DcSweepAnalysis dc => $"dc {Text(dc.Inner)}{(dc.Outer is null ? "" : " " + Text(dc.Outer))}",
        TransientAnalysis t => $"tran {SpiceNumber.Format(t.StepSeconds)} {SpiceNumber.Format(t.StopSeconds)} {SpiceNumber.Format(t.StartSeconds)}"
            + (t.MaximumStepSeconds is { } maximum ? " " + SpiceNumber.Format(maximum) : "") + (t.UsesInitialConditions ? " uic" : ""),
        AcAnalysis a => $"ac {(a.Spacing == FrequencySpacing.Decade ? "dec" : a.Spacing == FrequencySpacing.Octave ? "oct" : "lin")} "
            + string.Create(CultureInfo.InvariantCulture, $"{a.PointCount} {SpiceNumber.Format(a.StartHertz)} {SpiceNumber.Format(a.StopHertz)}"),
        _ => throw new ArgumentException($"Analysis {analysis.GetType().Name} has no form in a deck.", nameof(analysis)),
    };

    /// <summary>Words behind a head, some to a line.</summary>
    private protected static IEnumerable<string> Wrapped(string head, IEnumerable<string> words, string continuation = "+") =>
        words.Chunk(WrappedWords).Select((chunk, i) => $"{(i == 0 ? head : continuation)} {string.Join(' ', chunk)}");

    /// <summary>Options by other names, and a remark for each that has none; nothing goes in silence.</summary>
    private protected IEnumerable<string> Renamed(Netlist netlist, IReadOnlyDictionary<string, string> names, Func<IReadOnlyList<string>, string> statement)
    {
        var known = new List<string>();
        foreach ((string name, string value) in netlist.Options.OrderBy(o => o.Key, StringComparer.Ordinal))
        {
            if (names.TryGetValue(name, out string? own)) known.Add($"{own}={value}");
            else yield return Comment($"ngspice's option {name}{(value.Length > 0 ? "=" + value : "")} is left out: {Simulator} has none that does the same");
        }

        if (known.Count > 0) yield return statement(known);
    }

    /// <summary>
    /// A crossing within an interval where only its begin can be told: the last one would be that of a later sample, so the first one counts.
    /// </summary>
    private protected static Measure FirstCrossing(Measure measure) => measure is { Kind: MeasureKind.When, Event: { } crossing, From: { } from }
        ? measure with { From = null, To = null, Event = crossing with { Delay = from, Occurrence = 1 } }
        : measure;

    /// <summary>What a source gives, in SPICE.</summary>
    private protected static string Text(SourceValue value)
    {
        var parts = new List<string>();
        if (value.Dc is { } dc) parts.Add((value.AcMagnitude != 0 || value.Waveform is not null ? "dc " : "") + SpiceNumber.Format(dc));
        if (value.AcMagnitude != 0) parts.Add($"ac {SpiceNumber.Format(value.AcMagnitude)} {SpiceNumber.Format(value.AcPhaseDegrees)}");
        if (value.Waveform is not null) parts.Add(value.Waveform.DeckText);
        return string.Join(' ', parts);
    }

    private protected InvalidDesignException Unsupported(string what) =>
        new($"{Simulator} deck", [$"{what} has no form in {Simulator} here; export for ngspice, or leave it out."]);

    private static string InitialCondition(double? value) => value is { } v ? $" ic={SpiceNumber.Format(v)}" : "";

    private static string Text(SourceSweep sweep)
        => $"{ElementNames.ToNgspice(sweep.Source)} {SpiceNumber.Format(sweep.Start)} {SpiceNumber.Format(sweep.Stop)} {SpiceNumber.Format(sweep.Step)}";

    private static IEnumerable<string> Volts(string head, IReadOnlyDictionary<string, double> volts) =>
        Wrapped(head, volts.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => $"v({v.Key})={SpiceNumber.Format(v.Value)}"));
}
